import { createHmac } from 'node:crypto'

/** Tells secrets keys apart without telling them: 16 hexadecimal digits. */
export function keyCheckOf (key: Buffer): string {
  // The words are those of the first backups, which carry it too.
  return createHmac('sha256', key).update('windlass backup key check').digest('hex').slice(0, 16)
}
