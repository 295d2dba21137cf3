/**
 * Errors of settings files, in one table. None is worth a retry before someone changes the file.
 */
import { defineErrors } from '../../contract/errors.ts'
import { type Problem } from '../federation/errors.ts'

/** Mistakes of a settings file. A code is never reused for something else. */
export const settingsCodes = [
  /** The text is no YAML, or the file cannot be read. */
  'SETTINGS_SYNTAX',
  /** The data is not what the schema says. */
  'SETTINGS_SHAPE',
  /** The values do not go together. */
  'SETTINGS_RULE'
] as const
export type SettingsCode = typeof settingsCodes[number]

/** A mistake in a settings file, with its place. */
export type SettingsProblem = Problem<SettingsCode>

const table = {
  'settings-invalid': {
    retryable: false,
    message: ({ file, problems }: { file: string, problems: readonly SettingsProblem[] }) =>
      `${file} cannot be used:\n${
        problems.map(({ line, column, path, message, expected }) =>
          `  ${line}:${column} ${path === '' ? '' : `${path} `}${message}: expected ${expected}`
        ).join('\n')
      }`
  }
} as const

/** A settings file cannot be used; the message has a line for each problem. */
export const SettingsError = defineErrors('SettingsError', 'settings-', table)
export type SettingsError = InstanceType<typeof SettingsError>
