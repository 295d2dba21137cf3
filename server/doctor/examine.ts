import { type Examination, type Finding } from '../../contract/doctor.ts'
import { parseConfig, type Config } from '../config.ts'
import { ConfigError } from '../start-errors.ts'
import { type Check, fail, type Found, reasonOf } from './finding.ts'
import { liveChecks } from './live.ts'
import { machineChecks } from './machine.ts'
import { networkChecks } from './network.ts'
import { settingsChecks } from './settings.ts'
import { storageChecks } from './storage.ts'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Milliseconds for one check: the longest starts a process of the Pulumi CLI, which takes a second
 * or two.
 */
const patience = 15_000

/** Reads the configuration. A wrong variable is a finding, and its default is used instead. */
function configuration (environment: Environment): { config: Config, findings: Finding[] } {
  try {
    return { config: parseConfig(environment), findings: [] }
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    const { problems } = error.details
    const findings = problems.map(({ text }): Finding => ({
      check: 'configuration',
      ...fail(text, 'correct the variable: the service does not start with it')
    }))
    const wrong = new Set(problems.map(({ variable }) => variable))
    return {
      config: parseConfig(
        Object.fromEntries(Object.entries(environment).filter(([name]) => !wrong.has(name)))
      ),
      findings
    }
  }
}

/** Runs one check within its time; a failure of the check is a finding too. */
async function runCheck ({ name, look }: Check): Promise<Finding[]> {
  const over = new AbortController()
  const late = Promise.withResolvers<Found[]>()
  const timer = setTimeout(() => {
    over.abort()
    late.resolve([
      fail(
        `no answer within ${patience / 1000} s`,
        'look for a network, a disk or a process that hangs'
      )
    ])
  }, patience)
  try {
    const found = await Promise.race([look(over.signal), late.promise])
    return [found].flat().map((one) => ({ check: name, ...one }))
  } catch (error) {
    return [{ check: name, ...fail(`the check failed: ${reasonOf(error)}`, 'see the message') }]
  } finally {
    clearTimeout(timer)
  }
}

/**
 * Examines what the service needs on this machine, with its configuration. Changes, downloads and
 * sends nothing.
 */
export async function examine (environment: Environment): Promise<Examination> {
  const { config, findings } = configuration(environment)
  if (findings.length === 0) {
    findings.push({ check: 'configuration', level: 'ok', detail: 'all variables are valid' })
  }
  const checks = [
    ...machineChecks(config),
    ...storageChecks(config),
    ...networkChecks(config, environment),
    ...settingsChecks(config),
    ...liveChecks(config, environment)
  ]
  for (const found of await Promise.all(checks.map(runCheck))) findings.push(...found)
  return { findings }
}
