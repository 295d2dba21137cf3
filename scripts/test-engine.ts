/**
 * `npm run test:engine`: compares the two engines, each with a service, a data folder and simulated
 * clouds of its own.
 *
 * The whole of Nautilus (or the phases given: `-- 1 4`) is deployed once through the real Pulumi
 * CLI and once through the rehearsal engine. The states of all stacks (resources, inputs, outputs,
 * dependencies) and the findings of the policies have to be equal. Then a federation of two
 * clusters goes through other scenarios (`engine-scenarios.ts`; alone with `-- scenarios`, some of
 * them with `-- scenarios refresh destroy`), whose reports have to be equal. Exits with 0 when
 * everything is equal, and also, with a message, when there is no CLI; otherwise with 1.
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { findPulumi } from '../automation/index.ts'
import { Client } from '../cli/client.ts'
import { watch } from '../cli/watch.ts'
import { findingsOf, type Report, runScenarios, strict, twoClusters } from './engine-scenarios.ts'
import { partOfNautilus } from './part-of-nautilus.ts'
import { type Service, startService } from './service-process.ts'
import { type ExportedState, stateDifferences, valueDifferences } from './state-difference.ts'

type Engine = 'pulumi' | 'rehearsal'
/** Results of one engine. */
interface Made {
  /** States by stack. */
  states: Map<string, ExportedState>
  /** Findings of the policies, counted. */
  findings: Record<string, number>
}

const federation = 'nautilus'
/** Differences that are printed; the rest is only counted. */
const shownDifferences = 40

const { positionals } = parseArgs({ allowPositionals: true })
const scenariosOnly = positionals[0] === 'scenarios'
const [from, to] = scenariosOnly ? [1, 8] : [Number(positionals[0] ?? 1), Number(positionals[1] ?? 8)]
const interrupted = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    interrupted.abort(new Error(`stopped by ${signal}`))
  })
}

async function getJson<T> (url: string): Promise<T> {
  const response = await fetch(url, { signal: interrupted.signal })
  if (!response.ok) throw new Error(`${url} was answered ${response.status}: ${await response.text()}`)
  return await response.json() as T
}

/**
 * Starts a service for one engine, with federations that `prepare` writes; stops it and removes its
 * data afterwards.
 */
async function withService<T> (
  engine: Engine,
  work: (service: Service, client: Client) => Promise<T>,
  prepare?: (folder: string) => Promise<string>
): Promise<T> {
  const dataFolder = await mkdtemp(join(tmpdir(), `windlass-${engine}-`))
  // PostgreSQL runs as a user of its own, who has to enter the folder.
  await chmod(dataFolder, 0o755)
  try {
    const federations = await prepare?.(dataFolder)
    const environment = {
      WINDLASS_ENGINE: engine,
      WINDLASS_LOG_LEVEL: 'warn',
      ...(federations !== undefined && { WINDLASS_FEDERATIONS: federations })
    }
    const service = await startService({ dataFolder, environment, signal: interrupted.signal })
    try {
      return await work(service, new Client(service.url, interrupted.signal))
    } finally {
      await service.stop()
    }
  } finally {
    await rm(dataFolder, { recursive: true, force: true })
  }
}

/** Deploys with one engine and reads every stack's state over the API; throws when a unit fails. */
async function deploy (engine: Engine): Promise<Made> {
  return await withService(engine, async (service, client) => {
    const started = performance.now()
    const deployment = await client.launch(
      { federation, operation: 'up', phases: { from, to } },
      `engine-${engine}-${Date.now()}`
    )
    const exitCode = await watch(client, deployment, {
      stdout: process.stdout,
      stderr: process.stderr,
      environment: process.env,
      signal: interrupted.signal
    }, { json: false, wait: true, verbose: false })
    if (exitCode !== 0) throw new Error(`the deployment through the ${engine} engine did not succeed`)
    console.log(`${engine}: ${((performance.now() - started) / 1000).toFixed(0)} s`)
    const { items } = await getJson<{ items: { stack: string }[] }>(
      `${service.url}/v1/federations/${federation}/stacks?limit=1000`
    )
    const states = new Map<string, ExportedState>()
    for (const { stack } of items) {
      states.set(
        stack,
        await getJson<ExportedState>(`${service.url}/v1/federations/${federation}/stacks/${stack}/state`)
      )
    }
    return { states, findings: findingsOf(await client.policyFindings(deployment.id)) }
  })
}

async function scenarios (engine: Engine): Promise<Record<string, Report>> {
  const started = performance.now()
  const prepare = async (folder: string): Promise<string> => {
    await partOfNautilus(folder, twoClusters)
    return await partOfNautilus(folder, twoClusters, strict)
  }
  const reports = await withService(
    engine,
    async ({ pid }, client) =>
      await runScenarios(
        { client, engine, servicePid: pid, signal: interrupted.signal },
        scenariosOnly ? positionals.slice(1) : []
      ),
    prepare
  )
  console.log(
    `${engine}: ${Object.keys(reports).length} scenarios in ` +
      `${((performance.now() - started) / 1000).toFixed(0)} s`
  )
  return reports
}

let shown = 0
function show (place: string, left: string, right: string): void {
  if (++shown <= shownDifferences) console.log(`${place}\n    pulumi    ${left}\n    rehearsal ${right}`)
}

function compareMade (cli: Made, rehearsal: Made): number {
  let differences = 0
  let resources = 0
  for (const stack of [...new Set([...cli.states.keys(), ...rehearsal.states.keys()])].sort()) {
    resources += cli.states.get(stack)?.deployment?.resources?.length ?? 0
    for (
      const { urn, path, left, right } of stateDifferences(
        cli.states.get(stack) ?? {},
        rehearsal.states.get(stack) ?? {}
      )
    ) {
      differences++
      show(`${stack}\n  ${urn.split('::').slice(2).join('::')} ${path}`, left, right)
    }
  }
  const said = valueDifferences('policy findings', cli.findings, rehearsal.findings)
  for (const { path, left, right } of said) show(path, left, right)
  console.log(
    `${cli.states.size} stacks with ${resources} resources through the CLI, ${rehearsal.states.size} ` +
      `through the rehearsal engine: ${differences} differences`
  )
  console.log(
    `${Object.keys(cli.findings).length} policy findings through the CLI, ` +
      `${Object.keys(rehearsal.findings).length} through the rehearsal engine: ${said.length} differences`
  )
  return differences + said.length
}

function compareReports (cli: Record<string, Report>, rehearsal: Record<string, Report>): number {
  let differences = 0
  for (const title of Object.keys(cli)) {
    const found = valueDifferences('', cli[title], rehearsal[title])
    const { deployment, findings } = cli[title] as { deployment?: { status: string }, findings?: object }
    console.log(
      `${title}: ${
        deployment === undefined
          ? ''
          : `${deployment.status}, ${Object.keys(findings ?? {}).length} policy findings, `
      }${found.length} differences`
    )
    for (const { path, left, right } of found) show(`  ${title}: ${path}`, left, right)
    differences += found.length
  }
  return differences
}

const found = await findPulumi({ searchPath: process.env['PATH'], dataFolder: '.windlass', install: false })
if ('problem' in found) {
  console.log(`skipped: ${found.problem}`)
} else {
  console.log(`Pulumi CLI ${found.cli.version} at ${found.cli.file}, phases ${from} to ${to}`)
  let differences = scenariosOnly ? 0 : compareMade(await deploy('pulumi'), await deploy('rehearsal'))
  // Who asks for some phases is at work on them: the scenarios would take minutes.
  if (scenariosOnly || positionals.length === 0) {
    differences += compareReports(await scenarios('pulumi'), await scenarios('rehearsal'))
  }
  process.exitCode = differences === 0 ? 0 : 1
}
