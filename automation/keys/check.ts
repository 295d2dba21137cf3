import { createHmac } from 'node:crypto'

/** Tells secrets keys apart without telling them: 16 hexadecimal digits. */
export function keyCheckOf (key: Buffer): string {
  // The words are those of the first backups, which carry it too.
  return createHmac('sha256', key).update('windlass backup key check').digest('hex').slice(0, 16)
}

/**
 * A secrets key that does not fit, or cannot be changed now. None of these is worth a retry without
 * a change.
 */
export class KeyError extends Error {
  override readonly name = 'KeyError'
  readonly code: 'key-other' | 'key-same' | 'key-service-running' | 'key-column-unknown'
  constructor (code: KeyError['code'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
