/** The readers of a run's events, and the events about the run as a whole. */
import { type EventBody } from '../../events/engine-event.ts'
import { EventSink, eventStream } from '../../events/event-sink.ts'
import { ProgressText } from '../../events/progress-text.ts'
import { type LoadedPack } from '../../policies/policy-checks.ts'
import { type StepObserver } from '../../run/step-observer.ts'
import { ExitCode, Failure } from '../../stack/failure.ts'
import { rootStackType, createUrn } from '../../urn.ts'
import { type UpdateKind, type UpdateRun } from './update-run.ts'

const titles: Record<UpdateKind, [preview: string, run: string]> = {
  update: ['Previewing update', 'Updating'],
  refresh: ['Previewing refresh', 'Refreshing'],
  destroy: ['Previewing destroy', 'Destroying'],
  import: ['Previewing import', 'Importing']
}

const cancelNotice =
  '^C received; cancelling. If you would like to terminate immediately, press ^C again.\nNote that ' +
  'terminating immediately may lead to orphaned resources and other inconsistencies.\n'

/** Opens the readers: the command's own output, and the event log where there is one. */
export function openSink ({ operation, ref, kind, preview }: UpdateRun): EventSink {
  const { args, print } = operation
  const { stack, project } = ref
  const root = createUrn({ stack, project, parent: '', type: rootStackType, name: `${project}-${stack}` })
  const text = new ProgressText({
    title: titles[kind][preview ? 0 : 1],
    stack,
    root,
    preview,
    suppressOutputs: args.has('suppress-outputs'),
    print
  })
  const log = args.value('event-log')
  if (log === undefined) return new EventSink([text])
  if (!log.startsWith('tcp://')) {
    throw new Failure(ExitCode.Failed, `error: --event-log ${log}: expected tcp://HOST:PORT`)
  }
  return new EventSink([eventStream(log.slice('tcp://'.length)), text])
}

/** The first event: the configuration, without its secrets. */
export function prelude ({ config }: UpdateRun): EventBody {
  return {
    preludeEvent: {
      config: Object.fromEntries(
        Object.entries(config).map(([key, { value, secret }]) => [key, secret ? '[secret]' : value])
      )
    }
  }
}

/** Announces that the run was asked to stop. */
export function cancelling (): EventBody {
  return { stdoutEvent: { message: cancelNotice, color: 'never' } }
}

/** The last event but one. */
export function summary (
  { preview }: UpdateRun,
  observer: StepObserver,
  ended: { packs: readonly LoadedPack[], milliseconds: number, succeeded: boolean }
): EventBody {
  return {
    summaryEvent: {
      maybeCorrupt: observer.maybeCorrupt,
      durationSeconds: Math.ceil(ended.milliseconds / 1000),
      resourceChanges: observer.changes,
      PolicyPacks: Object.fromEntries(
        ended.packs.map(({ path, info }) => [`${info.name}|local|${path}`, info.version])
      ),
      isPreview: preview,
      result: ended.succeeded ? 'succeeded' : 'failed'
    }
  }
}
