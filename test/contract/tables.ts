/** Every table of codes: errors by their class, problems in files by the kind of the file. */
import { BackupError } from '../../automation/backup/errors.ts'
import { mistakes as priceMistakes, PriceError } from '../../automation/cost/errors.ts'
import { AutomationError } from '../../automation/errors.ts'
import { FailureError } from '../../automation/failures.ts'
import { FederationError, problems as federationProblems } from '../../automation/federation/errors.ts'
import { KeyError } from '../../automation/keys/errors.ts'
import { PlanError } from '../../automation/plan/errors.ts'
import { settingsCodes, SettingsError } from '../../automation/settings/errors.ts'
import { CliError } from '../../cli/errors.ts'
import { ProgramError } from '../../programs/errors.ts'
import { EngineError } from '../../rehearsal/engine/errors.ts'
import { HttpError } from '../../server/errors.ts'
import { AddressError, ConfigError, SecretsKeyError } from '../../server/start-errors.ts'

/** Classes that `defineErrors` made, by name. */
export const errorClasses = {
  AddressError,
  AutomationError,
  BackupError,
  CliError,
  ConfigError,
  EngineError,
  FailureError,
  FederationError,
  HttpError,
  KeyError,
  PlanError,
  PriceError,
  ProgramError,
  SecretsKeyError,
  SettingsError
}

/** Codes by table. */
export const tables: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(Object.entries(errorClasses).map(([name, { codes }]) => [name, codes])),
  'problems of federation files': Object.keys(federationProblems),
  'problems of price tables': Object.keys(priceMistakes),
  'problems of settings files': settingsCodes
}
