/**
 * The jobs in docs/ci: their YAML is valid, and the real command line accepts each command.
 */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { parse } from 'yaml'
import { exitCodes } from '../../cli/errors.ts'
import { type Io } from '../../cli/io.ts'
import { run } from '../../cli/program.ts'

interface Step {
  run?: string
  uses?: string
}
const read = async (name: string) =>
  parse(await readFile(new URL(`../../docs/ci/${name}`, import.meta.url), 'utf8'), {
    strict: true
  }) as Record<string, unknown>

/**
 * The command lines of windlass in a script: variables stand for some text, without redirections.
 */
function commandsIn (script: string): string[][] {
  return script.split(/\n|&&|;/).map((line) => line.trim()).filter((line) => line.startsWith('windlass '))
    .map((line) =>
      line.replace(/\s>.*$/, '').split(/\s+/).slice(1).map((word) =>
        word.replaceAll(/^"|"$/g, '').replaceAll(/\$\{?\w+\}?/g, '1')
      )
    )
}

/** Checks arguments with the command line: right ones end with a service that is not reached. */
async function judged (argv: string[]): Promise<{ code: number, said: string }> {
  let said = ''
  const stream = {
    isTTY: false,
    write: (text: string) => {
      said += text
      return true
    }
  } as unknown as NodeJS.WriteStream
  const io: Io = {
    stdout: stream,
    stderr: stream,
    environment: { WINDLASS_SERVER: 'http://127.0.0.1:1' },
    signal: new AbortController().signal
  }
  return { code: await run(argv, io), said }
}

test("GitHub's workflow: events, permissions and jobs, and commands that windlass accepts", async () => {
  const { on, permissions, jobs } = await read('github-actions.yml') as {
    on: object
    permissions: Record<string, string>
    jobs: Record<string, { 'runs-on': string, steps: Step[] }>
  }
  assert.deepEqual([Object.keys(on), permissions], [['pull_request', 'push'], {
    contents: 'read',
    'id-token': 'write'
  }])
  const steps = Object.values(jobs).flatMap((job) => job.steps)
  for (const step of steps) {
    assert.ok((step.run === undefined) !== (step.uses === undefined), JSON.stringify(step))
  }
  // An expression inside a script would run what a branch's name says.
  for (const step of steps) assert.ok(!step.run?.includes('${{'), step.run)
  const commands = steps.flatMap((step) => commandsIn(step.run ?? ''))
  assert.deepEqual(commands.map(([operation]) => operation), ['preview', 'up', 'up'])
  for (const command of commands) {
    assert.equal((await judged(command)).code, exitCodes.unreachable, command.join(' '))
  }
})

test("GitLab's jobs: stages that exist, tokens, and commands that windlass accepts", async () => {
  const { stages, ...jobs } = await read('gitlab-ci.yml') as
    & { stages: string[] }
    & Record<string, { stage?: string, extends?: string, script?: string[], id_tokens?: object }>
  assert.ok(jobs['.windlass']?.id_tokens)
  const shown = Object.entries(
    jobs as Record<string, { stage?: string, extends?: string, script?: string[] }>
  ).filter(([name]) => !name.startsWith('.'))
  for (const [name, job] of shown) {
    assert.ok(stages.includes(job.stage ?? '') && job.extends === '.windlass', name)
  }
  const commands = shown.flatMap(([, job]) => (job.script ?? []).flatMap(commandsIn))
  assert.deepEqual(commands.map(([operation]) => operation), ['preview', 'up', 'up'])
  for (const command of commands) {
    assert.equal((await judged(command)).code, exitCodes.unreachable, command.join(' '))
  }
})

test('a command that windlass does not accept is found', async () => {
  assert.equal((await judged(['up', 'nautilus', '--wach'])).code, exitCodes.usage)
  assert.deepEqual((await judged(['preview', 'nautilus', '--markdown', '--json'])).code, exitCodes.usage)
})
