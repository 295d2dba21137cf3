/**
 * The benchmark: figures of a real service on this machine, each beside a baseline that was measured in the same run, so that a slow machine shows in both.
 * `npm run bench`; WINDLASS_BENCH_RUNS sets how often each part is repeated (3).
 */
import { spawn } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parse, stringify } from 'yaml'
import { deploy, follow, launch, unitsOf } from './bench/api.ts'
import { prepareBareStack } from './bench/bare.ts'
import { type Row, descendantsOf, mebibytes, median, memoryOf, milliseconds, postgresMemory, printTable, quantile, seconds } from './bench/measure.ts'
import { type Service, repository, startService } from './service-process.ts'

const runs = Number(process.env['WINDLASS_BENCH_RUNS'] ?? 3)
// A unit of phase 1 with about twenty resources that reads no other unit's outputs.
const cluster = 'nautilus-primary-us-east'
const clients = 100
const workers = availableParallelism()

/** The same federation without policies, for what they cost. */
const unchecked = 'nautilus-unchecked'
async function writeFederations (folder: string): Promise<void> {
  const source = await readFile(join(repository, 'federations', 'nautilus.yaml'), 'utf8')
  await mkdir(folder)
  await writeFile(join(folder, 'nautilus.yaml'), source)
  await writeFile(join(folder, `${unchecked}.yaml`), stringify({ ...parse(source) as object, name: unchecked, policies: { enforcement: { all: 'disabled' } } }))
}

const fresh = { federation: 'nautilus', operation: 'up', rehearsal: { world: 'fresh' } }

async function nautilus (service: Service): Promise<Row[]> {
  const walls: number[] = []
  const ideals: number[] = []
  const bares: number[] = []
  let units = 0
  let resources = 0
  for (let i = 0; i < runs; i++) {
    const { id, wall } = await deploy(service.url, fresh)
    const all = await unitsOf(service.url, id)
    walls.push(wall)
    units = all.length
    resources = all.reduce((sum, unit) => sum + unit.resourceChanges.create, 0)
    const busy = all.reduce((sum, unit) => sum + Date.parse(unit.finishedAt ?? '') - Date.parse(unit.startedAt ?? ''), 0)
    ideals.push(busy / workers)
    // In turn with the other, so that whatever else the machine does meets both.
    bares.push((await deploy(service.url, { ...fresh, federation: unchecked })).wall)
    console.error(`  nautilus 1 to 8, run ${i + 1}: ${seconds(wall)}, without policies ${seconds(bares.at(-1) ?? 0)}`)
  }
  const wall = median(walls)
  return [
    { what: 'Nautilus 1 to 8, launch to final event (median)', figure: seconds(wall), baseline: `${seconds(median(ideals))} (hosts busy without a gap)`, ratio: wall / median(ideals), aim: 'under 15 s on two cores', met: wall < 15_000 },
    { what: '  the same with the policy pack, beside without', figure: seconds(wall), baseline: `${seconds(median(bares))} (no policies)`, ratio: wall / median(bares), aim: 'at most 1.3 times', met: wall / median(bares) <= 1.3 },
    { what: '  units a second', figure: (units / wall * 1000).toFixed(1), baseline: `${units} units` },
    { what: '  resources a second', figure: (resources / wall * 1000).toFixed(0), baseline: `${resources} resources` }
  ]
}

async function overhead (service: Service, dataFolder: string): Promise<Row[]> {
  const { port, password } = JSON.parse(await readFile(join(dataFolder, 'postgres.json'), 'utf8')) as { port: number, password: string }
  const bare = await prepareBareStack({ databaseUrl: `postgresql://windlass:${password}@127.0.0.1:${port}/postgres`, cluster })
  const one = { ...fresh, phases: { from: 1, to: 1 }, clusters: [cluster] }
  const [bareWalls, serviceWalls]: [number[], number[]] = [[], []]
  let resources = 0
  try {
    // Both warm first, then in turn, so that whatever else the machine does meets both. The first ones are not counted.
    for (let i = 0; i < runs * 4 + 2; i++) {
      const made = await bare.up(`bench-${process.pid}-${i}`)
      const { wall } = await deploy(service.url, one)
      if (i < 2) continue
      resources = made.resources
      bareWalls.push(made.wall)
      serviceWalls.push(wall)
    }
  } finally {
    await bare.close()
  }
  const ratio = median(serviceWalls) / median(bareWalls)
  return [{ what: `one stack of ${resources} resources through the service (median)`, figure: milliseconds(median(serviceWalls)), baseline: `${milliseconds(median(bareWalls))} (bare Automation API)`, ratio, aim: 'at most 1.3 times', met: ratio <= 1.3 }]
}

async function streams (service: Service): Promise<Row[]> {
  // A lane runs one deployment at a time: the one that is watched waits behind another until all its clients are there.
  const world = `bench-streams-${process.pid}`
  const first = await launch(service.url, { ...fresh, phases: { from: 1, to: 2 }, rehearsal: { world } })
  const watched = await launch(service.url, { ...fresh, phases: { from: 1, to: 3 }, rehearsal: { world } })
  const child = spawn(process.execPath, [join(import.meta.dirname, 'bench', 'stream-clients.ts'), service.url, watched.id, String(clients)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const lines: string[] = []
  for await (const line of createInterface({ input: child.stdout })) lines.push(line)
  await follow(service.url, first.id)
  const { latencies, shortest, longest } = JSON.parse(lines.at(-1) ?? '{}') as { latencies: number[], shortest: number, longest: number }
  if (shortest !== longest) throw new Error(`one client saw ${shortest} events, another ${longest}`)
  const p99 = quantile(latencies, 0.99)
  return [
    { what: `engine event to SSE client, ${clients} clients, p50`, figure: milliseconds(quantile(latencies, 0.5)), baseline: `${latencies.length} arrivals` },
    { what: `engine event to SSE client, ${clients} clients, p99`, figure: milliseconds(p99), baseline: `${longest} events each`, aim: 'under 100 ms', met: p99 < 100 }
  ]
}

async function figures (service: Service, dataFolder: string): Promise<Row[]> {
  const metrics = await (await fetch(`${service.url}/metrics`)).text()
  const lag = Number(/^nodejs_eventloop_lag_p99_seconds\S* (\S+)$/m.exec(metrics)?.[1]) * 1000
  const hosts = (await descendantsOf(service.pid)).filter(({ command }) => command.includes('stacks/host.ts'))
  const sizes = (await Promise.all(hosts.map(({ pid }) => memoryOf(pid)))).filter((size) => size !== undefined)
  return [
    { what: "service's event loop lag, p99", figure: milliseconds(lag), aim: 'under 20 ms', met: lag < 20 },
    { what: 'memory of the service', figure: mebibytes(await memoryOf(service.pid)) },
    { what: 'memory of a unit host', figure: sizes.map((size) => mebibytes(size)).join(', ') },
    { what: 'memory of PostgreSQL', figure: mebibytes(await postgresMemory(dataFolder)) }
  ]
}

const dataFolder = await mkdtemp(join(tmpdir(), 'windlass-bench-'))
// PostgreSQL's own user has to reach it when this runs as root.
await chmod(dataFolder, 0o755)
const federations = join(dataFolder, 'federations')
await writeFederations(federations)
const service = await startService({ dataFolder, environment: { WINDLASS_FEDERATIONS: federations, WINDLASS_LOG_LEVEL: 'info', WINDLASS_WORKERS: String(workers) } })
try {
  console.error(`measuring, ${runs} runs of each part…`)
  const rows = [...await nautilus(service), ...await figures(service, dataFolder), ...await overhead(service, dataFolder), ...await streams(service)]
  printTable(rows)
} finally {
  await service.stop()
  await rm(dataFolder, { recursive: true, force: true })
}
