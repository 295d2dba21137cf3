import { Command, CommanderError } from 'commander'
import { visibleText } from '../contract/text/visible.ts'
import { type Context } from './commands/common.ts'
import { commands } from './commands.ts'
import { CliError, exitCodes, ProblemError } from './errors.ts'
import { print, printJson, type Io } from './io.ts'

/** The exit code of an interrupted program: 128 and the number of SIGINT. */
const interrupted = 130

/** Prints what went wrong: in words, or as one JSON object on stderr for programs. */
function complain (error: CliError | ProblemError, io: Io, json: boolean): void {
  if (json) {
    return printJson(
      io.stderr,
      error instanceof ProblemError ? error.problem : { code: error.code, detail: error.message }
    )
  }
  print(
    io.stderr,
    `windlass: ${error.message}${error instanceof ProblemError ? ` (${error.problem.code})` : ''}`
  )
  if (!(error instanceof ProblemError)) return
  const { missing, dependants } = error.problem.details ?? {}
  for (const unit of [missing, dependants].flat()) {
    if (typeof unit === 'string') print(io.stderr, `  ${unit}`)
  }
}

/** Runs one command line and returns its exit code. `argv` is without node and the script. */
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
        io.stdout.write(visibleText(text))
      },
      writeErr: (text) => {
        io.stderr.write(visibleText(text))
      }
    })
    .showHelpAfterError('(see windlass help <command>)')
  const context: Context = {
    io,
    exit: (code) => {
      exitCode = code
    }
  }
  for (const add of commands) add(program, context)
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
        'interrupted: a launched deployment continues (windlass status lists them, windlass cancel stops one)'
      )
      return interrupted
    }
    if (!(error instanceof CliError || error instanceof ProblemError)) throw error
    complain(error, io, argv.includes('--json'))
    return error.exitCode
  }
}
