import { type Examination, type Finding } from '../../contract/doctor.ts'
import { ConfigError, parseConfig, type Config } from '../config.ts'
import { type Check, fail, type Found, reasonOf } from './finding.ts'
import { liveChecks } from './live.ts'
import { machineChecks } from './machine.ts'
import { networkChecks } from './network.ts'
import { settingsChecks } from './settings.ts'
import { storageChecks } from './storage.ts'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Milliseconds for one check: the longest of them starts a process of the Pulumi CLI, which takes a
 * second or two.
 */
const patience = 15_000

/**
 * The configuration as far as it is right: a variable that is wrong is a finding, and what it would
 * say is taken from its default.
 */
function configuration (environment: Environment): { config: Config, findings: Finding[] } {
  try {
    return { config: parseConfig(environment), findings: [] }
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    const findings = error.problems.map((problem): Finding => ({
      check: 'configuration',
      ...fail(problem, 'correct the variable: the service refuses to start with it')
    }))
    const wrong = new Set(error.problems.map((problem) => problem.split(' ', 1)[0]))
    return {
      config: parseConfig(
        Object.fromEntries(Object.entries(environment).filter(([name]) => !wrong.has(name)))
      ),
      findings
    }
  }
}

/** Runs one check within its time; whatever goes wrong in it is what it found. */
async function looked ({ name, look }: Check): Promise<Finding[]> {
  const over = new AbortController()
  const late = Promise.withResolvers<Found[]>()
  const timer = setTimeout(() => {
    over.abort()
    late.resolve([
      fail(
        `no answer within ${patience / 1000} s`,
        'see what it waits for: a network, a disk or a process that hangs'
      )
    ])
  }, patience)
  try {
    const found = await Promise.race([look(over.signal), late.promise])
    return [found].flat().map((one) => ({ check: name, ...one }))
  } catch (error) {
    return [{ check: name, ...fail(`it could not be looked at: ${reasonOf(error)}`, 'see the message') }]
  } finally {
    clearTimeout(timer)
  }
}

/**
 * Looks at all that the service needs of this machine, with its configuration. Nothing is changed,
 * downloaded or sent.
 */
export async function examine (environment: Environment): Promise<Examination> {
  const { config, findings } = configuration(environment)
  if (findings.length === 0) {
    findings.push({ check: 'configuration', level: 'ok', detail: 'all variables are right' })
  }
  const checks = [
    ...machineChecks(config),
    ...storageChecks(config),
    ...networkChecks(config, environment),
    ...settingsChecks(config),
    ...liveChecks(config, environment)
  ]
  for (const found of await Promise.all(checks.map(looked))) findings.push(...found)
  return { findings }
}
