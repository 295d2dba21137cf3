/** Reading of files that people name: whatever stands there, the read ends. */
import { constants } from 'node:fs'
import { open } from 'node:fs/promises'

/** A file that is read must not be larger; `size` is its size, or at least that. */
export class FileTooLargeError extends Error {
  override readonly name = 'FileTooLargeError'
  readonly size: number
  constructor (size: number) {
    super(`the file has ${size} bytes or more`)
    this.size = size
  }
}

/** Bytes of one read from the disk. */
const chunkBytes = 64 * 1024

/**
 * Reads a regular file of `most` bytes at most. A pipe, socket or device is refused before it is
 * read: a named pipe would hold its reader until somebody writes. Rejects with a FileTooLargeError,
 * or with an error of the system.
 */
export async function readRegularFile (
  path: string,
  most: number,
  { signal }: { readonly signal?: AbortSignal } = {}
): Promise<Buffer> {
  // Without O_NONBLOCK, opening a named pipe waits for its writer.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK)
  try {
    const stats = await file.stat()
    if (!stats.isFile()) throw new Error(`${path} is not a regular file`)
    if (stats.size > most) throw new FileTooLargeError(stats.size)
    const chunks: Buffer[] = []
    // It may grow while it is read, and files of the kernel have no size.
    for (let total = 0;;) {
      signal?.throwIfAborted()
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(chunkBytes), 0, chunkBytes, null)
      if (bytesRead === 0) return Buffer.concat(chunks)
      total += bytesRead
      if (total > most) throw new FileTooLargeError(total)
      chunks.push(buffer.subarray(0, bytesRead))
    }
  } finally {
    await file.close()
  }
}
