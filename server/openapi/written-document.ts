import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { type FastifyReply, type FastifyRequest } from 'fastify'
import { matches } from '../plugins/etag.ts'

interface Written {
  bytes: Buffer
  /** Weak, since the compressed bytes have it too. */
  tag: string
}

/** Tells whether a client takes an answer that is compressed with gzip. */
function takesGzip (header: string | undefined): boolean {
  return (header ?? '').split(',').some((one) => {
    const [coding = '', ...parameters] = one.split(';').map((part) => part.trim().toLowerCase())
    const quality = parameters.find((parameter) => parameter.startsWith('q='))
    return coding === 'gzip' && (quality === undefined || Number(quality.slice(2)) > 0)
  })
}

/**
 * A large document that is the same for all: written and compressed once, at the first request.
 */
export class WrittenDocument {
  readonly #read: () => object
  #written: Written | undefined
  #compressed: Promise<Buffer> | undefined
  /** Number of times that it was written. */
  writings = 0

  constructor (read: () => object) {
    this.#read = read
  }

  async answer ({ headers }: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { bytes, tag } = (this.#written ??= this.#write())
    reply.headers({ etag: tag, 'cache-control': 'no-cache', vary: 'accept-encoding' })
    if (matches(headers['if-none-match'], tag.slice('W/'.length))) {
      await reply.code(304).send()
      return
    }
    reply.type('application/json; charset=utf-8')
    if (takesGzip(headers['accept-encoding'])) {
      this.#compressed ??= promisify(gzip)(bytes)
      await reply.header('content-encoding', 'gzip').send(await this.#compressed)
    } else await reply.send(bytes)
  }

  #write (): Written {
    this.writings++
    const bytes = Buffer.from(JSON.stringify(this.#read()))
    return { bytes, tag: `W/"${createHash('sha256').update(bytes).digest('base64url')}"` }
  }
}
