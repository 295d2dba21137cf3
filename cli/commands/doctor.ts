import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type Command } from 'commander'
import { type Examination, type Finding } from '../../contract/doctor.ts'
import { CliError, exitCodes, ProblemError } from '../errors.ts'
import { print, printJson, type Io } from '../io.ts'
import { findingLines } from '../view/doctor.ts'
import { clientOf, common, type CommonOptions, type Context } from './common.ts'

interface DoctorOptions extends CommonOptions {
  machine: boolean
}

const run = promisify(execFile)

/**
 * The service's own program that examines a machine. It knows what the service needs, which a
 * client of its API does not. It is started and not imported, and is missing where only the command
 * line is installed.
 */
const examiner = fileURLToPath(new URL('../../server/doctor/main.ts', import.meta.url))
/** Milliseconds for the examination: each check has 15 s, and they run side by side. */
const examinerPatience = 60_000

/**
 * Seconds between two clocks after which valid tokens are refused and times confuse people. HTTP
 * has whole seconds.
 */
const mostSkewSeconds = 5

/** Checks this machine. */
async function machineFindings ({ environment, signal }: Io): Promise<Finding[]> {
  if (!existsSync(examiner)) {
    return [{
      check: 'machine',
      level: 'warn',
      detail: 'the service is not installed beside this command line',
      advice: 'run windlass doctor on the machine that the service runs on'
    }]
  }
  try {
    const { stdout } = await run(process.execPath, [examiner], {
      signal,
      timeout: examinerPatience,
      env: environment,
      maxBuffer: 10 * 1024 * 1024
    })
    return (JSON.parse(stdout) as Examination).findings
  } catch (error) {
    signal.throwIfAborted()
    const said = (error as { stderr?: string }).stderr?.trim().split('\n').at(-1)
    return [{
      check: 'machine',
      level: 'fail',
      detail: `it could not be examined: ${said || (error as Error).message}`,
      advice: "run npm ci in Windlass' folder"
    }]
  }
}

/** Checks the service at --server, by its own readiness. */
async function serviceFindings (options: CommonOptions, io: Io): Promise<Finding[]> {
  const asked = Date.now()
  try {
    const { readiness: { parts }, clock } = await clientOf(options, io).readiness()
    const behind = clock === undefined ? 0 : ((asked + Date.now()) / 2 - clock) / 1000
    return [
      ...Object.entries(parts).map(([name, { ready, detail }]): Finding =>
        ready
          ? { check: `service ${name}`, level: 'ok', detail: detail ?? 'ready' }
          // The CLI is needed for live deployments only.
          : {
            check: `service ${name}`,
            level: name === 'pulumi' ? 'warn' : 'fail',
            detail: detail ?? 'not ready',
            advice: detail === undefined
              ? 'set credentials to learn why (WINDLASS_TOKEN), or read the log of the service'
              : 'see the message, and the log of the service'
          }
      ),
      Math.abs(behind) > mostSkewSeconds
        ? {
          check: 'service clock',
          level: 'warn',
          detail: `this machine's clock is ${Math.abs(behind).toFixed(0)} s ` +
            `${behind > 0 ? 'ahead of' : 'behind'} the service's`,
          advice: 'synchronize both clocks with NTP: tokens and signatures have times'
        }
        : { check: 'service clock', level: 'ok', detail: "within a few seconds of this machine's" }
    ]
  } catch (error) {
    if (error instanceof CliError && error.code === 'cli-unreachable') {
      return [{
        check: 'service',
        level: 'warn',
        detail: `no service answers at ${options.server}`,
        advice: 'start one with npm start, or name another with --server or WINDLASS_SERVER'
      }]
    }
    if (error instanceof CliError && error.code !== 'cli-usage') {
      return [{
        check: 'service',
        level: 'fail',
        detail: error.message,
        advice: 'correct --server or WINDLASS_SERVER'
      }]
    }
    if (error instanceof ProblemError) {
      return [{
        check: 'service',
        level: 'fail',
        detail: `${error.message} (${error.problem.code})`,
        advice: 'see the message'
      }]
    }
    throw error
  }
}

export function doctorCommand (program: Command, { io, exit }: Context): void {
  common(program.command('doctor'), io)
    .description(
      'check what the service needs on this machine, and the service itself; exits with 1 when something ' +
        'is wrong'
    )
    .option('--no-machine', 'check the service only')
    .action(async (options: DoctorOptions) => {
      const [machine, service] = await Promise.all([
        options.machine ? machineFindings(io) : [],
        serviceFindings(options, io)
      ])
      const findings = [...machine, ...service]
      const failed = findings.some(({ level }) => level === 'fail')
      if (failed) exit(exitCodes.failed)
      if (options.json) return printJson(io.stdout, { healthy: !failed, findings })
      for (const line of findingLines(findings)) print(io.stdout, line)
    })
}
