/**
 * Numbers the events of a run and passes them to their readers: the Automation API's event server
 * and the command's own output.
 */
import grpc from '@grpc/grpc-js'
import services from '@pulumi/pulumi/proto/events_grpc_pb.js'
import messages from '@pulumi/pulumi/proto/events_pb.js'
import { grpcOptions } from '../providers/grpc.ts'
import { type EngineEvent, type EventBody } from './engine-event.ts'

export interface EventReader {
  /** `internal`: the event is about a step that operations do not show. */
  event(event: EngineEvent, internal: boolean): void
  close(): Promise<void>
}

export class EventSink {
  readonly #readers: EventReader[]
  #sequence = 0
  constructor (readers: EventReader[]) {
    this.#readers = readers
  }

  emit (body: EventBody, options: { internal?: boolean } = {}): void {
    const event = { sequence: this.#sequence++, timestamp: Math.floor(Date.now() / 1000), ...body }
    for (const reader of this.#readers) reader.event(event, options.internal === true)
  }

  /** Resolves when every reader has all events. */
  async close (): Promise<void> {
    await Promise.all(this.#readers.map((reader) => reader.close()))
  }
}

/** Sends events to the gRPC server behind `--event-log tcp://HOST:PORT`. */
export function eventStream (address: string): EventReader {
  const client = new services.EventsClient(address, grpc.credentials.createInsecure(), grpcOptions)
  let end: (error: grpc.ServiceError | null) => void
  const ended = new Promise<void>((resolve, reject) => {
    end = (error) => error ? reject(error) : resolve()
  })
  const stream = client.streamEvents((error: grpc.ServiceError | null) => end(error))
  // The call's outcome comes with the callback; without a listener the stream's own error event
  // would end the process.
  stream.on('error', () => undefined)
  ended.catch(() => undefined)
  return {
    event (event) {
      const message = new messages.EventRequest()
      message.setEvent(JSON.stringify(event))
      stream.write(message)
    },
    async close () {
      stream.end()
      try {
        await ended
      } finally {
        client.close()
      }
    }
  }
}
