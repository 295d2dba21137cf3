/** Errors of the secrets key, in one table. None is worth a retry before something is changed. */
import { defineErrors } from '../../contract/errors.ts'

const table = {
  /** `keyCheck`: that of the key which the database is sealed with, where it is known. */
  'key-other': {
    retryable: false,
    message: ({ keyCheck }: { keyCheck?: string }) =>
      `the database is sealed with another secrets key${
        keyCheck === undefined ? '' : ` (its check is ${keyCheck})`
      }: restore secrets.key from where it was kept, or set WINDLASS_SECRETS_KEY to that key; after a ` +
      'rotation it is the new one'
  },
  'key-same': {
    retryable: false,
    message: () =>
      'the new secrets key is the old one: expected another, such as `openssl rand -hex 32` gives'
  },
  'key-service-running': {
    retryable: false,
    message: () => 'a service works on this database: stop it (all of its processes), then rotate the key'
  },
  /** `columns`: sealed columns that this version does not know, as `table.column`. */
  'key-column-unknown': {
    retryable: false,
    message: ({ columns }: { columns: readonly string[] }) =>
      `sealed values are in ${columns.join(', ')}, which this version does not know: rotate the key with ` +
      'the version that the service runs'
  }
} as const

/** A secrets key does not fit, or cannot be changed now. */
export const KeyError = defineErrors('KeyError', 'key-', table)
