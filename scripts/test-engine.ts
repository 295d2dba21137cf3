/**
 * Compares the two engines: the whole of Nautilus (or the phases given: `-- 1 4`) goes once through the real Pulumi CLI and once through the rehearsal engine, each with a service, a data folder and simulated
 * clouds of its own, and every stack's state has to be equal: resources, inputs, outputs, dependencies. Exits 0 when all are, or when there is no CLI to compare with (it says so), else 1.
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { findPulumi } from '../automation/index.ts'
import { Client } from '../cli/client.ts'
import { watch } from '../cli/watch.ts'
import { startService } from './service-process.ts'
import { type ExportedState, stateDifferences } from './state-difference.ts'

type Engine = 'pulumi' | 'rehearsal'
/** What one engine made: states by stack. */
type States = Map<string, ExportedState>

const federation = 'nautilus'
// A person reads the first ones; the rest is counted.
const shownDifferences = 40

const { positionals } = parseArgs({ allowPositionals: true })
const [from, to] = [Number(positionals[0] ?? 1), Number(positionals[1] ?? 8)]
const interrupted = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => { interrupted.abort(new Error(`stopped by ${signal}`)) })

async function getJson<T> (url: string): Promise<T> {
  const response = await fetch(url, { signal: interrupted.signal })
  if (!response.ok) throw new Error(`${url} was answered ${response.status}: ${await response.text()}`)
  return await response.json() as T
}

/** Deploys with one engine and reads every stack's state over the API; throws when a unit fails. */
async function run (engine: Engine): Promise<States> {
  const dataFolder = await mkdtemp(join(tmpdir(), `windlass-${engine}-`))
  // PostgreSQL's own user has to enter it.
  await chmod(dataFolder, 0o755)
  try {
    const service = await startService({ dataFolder, environment: { WINDLASS_ENGINE: engine, WINDLASS_LOG_LEVEL: 'warn' }, signal: interrupted.signal })
    try {
      const client = new Client(service.url, interrupted.signal)
      const started = performance.now()
      const deployment = await client.launch({ federation, operation: 'up', phases: { from, to } }, `engine-${engine}-${Date.now()}`)
      const exitCode = await watch(client, deployment, { stdout: process.stdout, stderr: process.stderr, environment: process.env, signal: interrupted.signal }, { json: false, wait: true, verbose: false })
      if (exitCode !== 0) throw new Error(`the deployment through the ${engine} engine did not succeed`)
      console.log(`${engine}: ${((performance.now() - started) / 1000).toFixed(0)} s`)
      const { items } = await getJson<{ items: { stack: string }[] }>(`${service.url}/v1/federations/${federation}/stacks?limit=1000`)
      const states: States = new Map()
      for (const { stack } of items) states.set(stack, await getJson<ExportedState>(`${service.url}/v1/federations/${federation}/stacks/${stack}/state`))
      return states
    } finally {
      await service.stop()
    }
  } finally {
    await rm(dataFolder, { recursive: true, force: true })
  }
}

function compareAll (cli: States, rehearsal: States): number {
  let differences = 0
  let resources = 0
  for (const stack of [...new Set([...cli.keys(), ...rehearsal.keys()])].sort()) {
    resources += cli.get(stack)?.deployment?.resources?.length ?? 0
    for (const { urn, path, left, right } of stateDifferences(cli.get(stack) ?? {}, rehearsal.get(stack) ?? {})) {
      differences++
      if (differences <= shownDifferences) console.log(`${stack}\n  ${urn.split('::').slice(2).join('::')} ${path}\n    pulumi    ${left}\n    rehearsal ${right}`)
    }
  }
  console.log(`${cli.size} stacks with ${resources} resources through the CLI, ${rehearsal.size} through the rehearsal engine: ${differences} differences`)
  return differences
}

const found = await findPulumi({ searchPath: process.env['PATH'], dataFolder: '.windlass', install: false })
if ('problem' in found) {
  console.log(`skipped: ${found.problem}`)
} else {
  console.log(`Pulumi CLI ${found.cli.version} at ${found.cli.file}, phases ${from} to ${to}`)
  const cli = await run('pulumi')
  const differences = compareAll(cli, await run('rehearsal'))
  process.exitCode = differences === 0 ? 0 : 1
}
