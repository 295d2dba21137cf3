/** Errors of backups, in one table. None is worth a retry before something is changed. */
import { defineErrors } from '../../contract/errors.ts'

/** What is wrong with the file itself; `reason` is the system's. */
type FileFault =
  | { readonly file: string, readonly wrong: 'exists' }
  | { readonly file: string, readonly wrong: 'unreadable' | 'unwritable', readonly reason: string }

function fileFault (fault: FileFault): string {
  switch (fault.wrong) {
    case 'exists':
      return `${fault.file} exists already: expected the name of a new file`
    case 'unreadable':
      return `${fault.file} cannot be read: ${fault.reason}`
    case 'unwritable':
      return `${fault.file} cannot be written: ${fault.reason}`
  }
}

/** `file`: the backup that is sealed with another key; absent: the database is. */
function otherKey ({ file, keyCheck }: { file?: string, keyCheck: string }): string {
  return file === undefined
    ? `the database is sealed with another secrets key (its check is ${keyCheck}): back it up with that ` +
      'key, or finish its rotation (npm run rotate-key)'
    : `${file} is sealed with another secrets key (its check is ${keyCheck}), the one that was in use when ` +
      'it was made: restore secrets.key from where it was kept (after a rotation the data folder has it as ' +
      `secrets.key.${keyCheck}), or set WINDLASS_SECRETS_KEY to the key of that time, restore, and rotate ` +
      'the key again'
}

const table = {
  'backup-damaged': {
    retryable: false,
    message: ({ file, why }: { file: string, why: string }) => `${file} is damaged or no backup: ${why}`
  },
  'backup-other-key': { retryable: false, message: otherKey },
  /** `migrations`: those that this version does not have. */
  'backup-newer': {
    retryable: false,
    message: ({ file, migrations }: { file: string, migrations: readonly string[] }) =>
      `${file} was made by a newer version of the service, which knows ${migrations.join(', ')}: restore ` +
      'it ' +
      'with that version'
  },
  'backup-service-running': {
    retryable: false,
    message: () => 'a service works on this database: stop it (all of its processes), then restore'
  },
  'backup-not-empty': {
    retryable: false,
    message: () =>
      'the database holds deployments or stacks, which a restore would replace: back them up, then restore ' +
      'with --replace'
  },
  'backup-empty': {
    retryable: false,
    message: () =>
      'the database holds nothing of the service yet: expected WINDLASS_DATA or DATABASE_URL to be those ' +
      'of ' +
      'a service that was started before'
  },
  'backup-file': { retryable: false, message: fileFault }
} as const

/** A backup cannot be made, or cannot be used. */
export const BackupError = defineErrors('BackupError', 'backup-', table)
