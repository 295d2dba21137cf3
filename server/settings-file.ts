import { SettingsError } from '../automation/index.ts'
import { ConfigError } from './start-errors.ts'

/**
 * Loads the file that a variable names. Rejects with a ConfigError that has a line for each problem
 * when the file cannot be used.
 */
export async function settingsFile<T> (variable: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load()
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error
    throw new ConfigError('config-invalid', {
      problems: error.details.problems.map(({ file, line, column, path, message, expected }) => ({
        variable,
        text: `${variable}: ${file}:${line}:${column} ${
          path === '' ? '' : `${path} `
        }${message}: expected ${expected}`
      }))
    })
  }
}
