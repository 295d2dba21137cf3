import { Command, CommanderError } from 'commander'
import { auditCommands } from './commands/audit.ts'
import { doctorCommand } from './commands/doctor.ts'
import { driftCommands } from './commands/drift.ts'
import { launchCommands } from './commands/launch.ts'
import { notifyCommands } from './commands/notify.ts'
import { readCommands } from './commands/read.ts'
import { steerCommands } from './commands/steer.ts'
import { tokenCommands } from './commands/token.ts'
import { CliError, exitCodes, ProblemError } from './errors.ts'
import { print, printJson, type Io } from './io.ts'
import { harmless } from './view/text.ts'

/** What an interrupted program exits with: 128 and the number of SIGINT. */
const interrupted = 130

/** Says what went wrong: in words, or as one JSON object on stderr for programs. */
function complain (error: CliError | ProblemError, io: Io, json: boolean): void {
  if (json) {
    return printJson(
      io.stderr,
      error instanceof ProblemError ? error.problem : { code: error.code, detail: error.message }
    )
  }
  print(
    io.stderr,
    `windlass: ${harmless(error.message)}${error instanceof ProblemError ? ` (${error.problem.code})` : ''}`
  )
  if (!(error instanceof ProblemError)) return
  const { missing, dependants } = error.problem.details ?? {}
  for (const unit of [missing, dependants].flat()) {
    if (typeof unit === 'string') print(io.stderr, `  ${harmless(unit)}`)
  }
}

/** Runs one command line; gives its exit code. `argv` is without node and the script. */
export async function run (argv: readonly string[], io: Io): Promise<number> {
  let exitCode: number = exitCodes.succeeded
  const program = new Command('windlass')
    .description('Deploys federations of Kubernetes clusters through a Windlass service.')
    .addHelpText(
      'after',
      '\nExit codes: 0 succeeded, 1 failed, 2 wrong usage, 3 canceled, 4 waiting for an approval ' +
        '(--no-wait), 5 service not reached, 6 drift found.'
    )
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        io.stdout.write(text)
      },
      writeErr: (text) => {
        io.stderr.write(text)
      }
    })
    .showHelpAfterError('(windlass help <command> says more)')
  const context = {
    io,
    exit: (code: number) => {
      exitCode = code
    }
  }
  readCommands(program, context)
  launchCommands(program, context)
  driftCommands(program, context)
  notifyCommands(program, context)
  steerCommands(program, context)
  auditCommands(program, context)
  tokenCommands(program, context)
  doctorCommand(program, context)
  for (const command of program.commands.flatMap((one) => [one, ...one.commands])) {
    command.exitOverride().copyInheritedSettings(program)
  }

  try {
    await program.parseAsync(argv, { from: 'user' })
    return exitCode
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.succeeded : exitCodes.usage
    if (io.signal.aborted) {
      print(
        io.stderr,
        'interrupted: a launched deployment goes on (windlass status lists them, windlass cancel stops one)'
      )
      return interrupted
    }
    if (!(error instanceof CliError || error instanceof ProblemError)) throw error
    complain(error, io, argv.includes('--json'))
    return error.exitCode
  }
}
