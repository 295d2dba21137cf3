/**
 * Errors that keep the service, or a command that works on its data, from starting. None is worth a
 * retry before something is changed.
 */
import { defineErrors } from '../contract/errors.ts'

/** A variable, or a file that it names, that cannot be used. */
export interface ConfigProblem {
  /** The variable to change. */
  readonly variable: string
  /** One line: what is wrong with it and what would be right. Shows no secret. */
  readonly text: string
}

const configTable = {
  'config-invalid': {
    retryable: false,
    message: ({ problems }: { problems: readonly ConfigProblem[] }) =>
      `the configuration cannot be used:\n${problems.map(({ text }) => `  ${text}`).join('\n')}`
  }
} as const

/** The configuration cannot be used; the message has a line for each problem. */
export const ConfigError = defineErrors('ConfigError', 'config-', configTable)

/** The address that the service cannot listen on. */
interface AddressFault {
  readonly host: string
  readonly port: number
  /** Another process has it, this user may not use it, or it is none of this machine. */
  readonly wrong: 'taken' | 'not-permitted' | 'not-here'
}

function addressText ({ host, port, wrong }: AddressFault): string {
  switch (wrong) {
    case 'taken':
      return `port ${port} of ${host} is taken by another process: stop it, or set WINDLASS_PORT (0 picks ` +
        'a free one)'
    case 'not-permitted':
      return `this user may not listen on port ${port} of ${host}: set WINDLASS_PORT to a port from 1024, ` +
        'or to 0'
    case 'not-here':
      return `${host} is not an address of this machine: set WINDLASS_HOST to 127.0.0.1, or to 0.0.0.0 ` +
        'for all'
  }
}

const addressTable = { 'address-unavailable': { retryable: false, message: addressText } } as const

/** The service cannot listen on the configured address. */
export const AddressError = defineErrors('AddressError', 'address-', addressTable)

/** A file that holds no usable secrets key. */
type KeyFileFault =
  | { readonly file: string, readonly wrong: 'malformed' | 'gone' }
  /** `variables`: those that hold the key where there is no file. */
  | { readonly file: string, readonly wrong: 'missing', readonly variables: readonly string[] }

function keyFileText (fault: KeyFileFault): string {
  switch (fault.wrong) {
    case 'malformed':
      return `${fault.file} does not hold a secrets key: expected 64 hexadecimal digits. Restore it from a ` +
        'backup: without it stored secrets cannot be read'
    case 'missing':
      return `there is no ${fault.file}: run this where the service runs, with its WINDLASS_DATA or ` +
        fault.variables.join(' and ')
    case 'gone':
      return `${fault.file} is gone`
  }
}

/** `file`: the file of the present key; absent: the key is in WINDLASS_SECRETS_KEY. */
function otherKeyText ({ file, keyCheck }: { readonly file?: string, readonly keyCheck: string }): string {
  return 'the database is sealed with another secrets key than the one that ' +
    `${file === undefined ? 'WINDLASS_SECRETS_KEY holds' : `${file} is`} (its check is ${keyCheck}): ` +
    'restore the right one from where it was kept; after a rotation it is the new one, and a restored ' +
    'backup needs the one of its time'
}

const keyTable = {
  'secrets-key-invalid': { retryable: false, message: keyFileText },
  'secrets-key-other': { retryable: false, message: otherKeyText }
} as const

/**
 * The secrets key cannot be used: its file holds no key, or the database is sealed with another.
 */
export const SecretsKeyError = defineErrors('SecretsKeyError', 'secrets-key-', keyTable)
