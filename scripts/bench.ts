/**
 * The benchmark: figures of a real service on this machine, each beside a baseline that was
 * measured in the same run, so that a slow machine shows in both. `npm run bench`;
 * WINDLASS_BENCH_RUNS sets how often each part is repeated (3).
 */
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse, stringify } from 'yaml'
import { deploy, unitsOf } from './bench/api.ts'
import { prepareBareStack } from './bench/bare.ts'
import {
  type Row,
  descendantsOf,
  mebibytes,
  median,
  memoryOf,
  milliseconds,
  postgresMemory,
  printTable,
  seconds
} from './bench/measure.ts'
import { pageLoad } from './bench/page-load.ts'
import { polling } from './bench/polling.ts'
import { streams } from './bench/streams.ts'
import { buildDashboard } from './dashboard.ts'
import { type Service, repository, startService } from './service-process.ts'

const runs = Number(process.env['WINDLASS_BENCH_RUNS'] ?? 3)
// A unit of phase 1 with about twenty resources that reads no other unit's outputs.
const cluster = 'nautilus-primary-us-east'
const workers = availableParallelism()

/** The same federation without policies, for what they cost. */
const unchecked = 'nautilus-unchecked'
async function writeFederations (folder: string): Promise<void> {
  const source = await readFile(join(repository, 'federations', 'nautilus.yaml'), 'utf8')
  await mkdir(folder)
  await writeFile(join(folder, 'nautilus.yaml'), source)
  await writeFile(
    join(folder, `${unchecked}.yaml`),
    stringify({ ...parse(source) as object, name: unchecked, policies: { enforcement: { all: 'disabled' } } })
  )
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
    const busy = all.reduce(
      (sum, unit) => sum + Date.parse(unit.finishedAt ?? '') - Date.parse(unit.startedAt ?? ''),
      0
    )
    ideals.push(busy / workers)
    // In turn with the other, so that whatever else the machine does meets both.
    bares.push((await deploy(service.url, { ...fresh, federation: unchecked })).wall)
    console.error(
      `  nautilus 1 to 8, run ${i + 1}: ${seconds(wall)}, without policies ${seconds(bares.at(-1) ?? 0)}`
    )
  }
  const wall = median(walls)
  return [
    {
      what: 'Nautilus 1 to 8, launch to final event (median)',
      figure: seconds(wall),
      baseline: `${seconds(median(ideals))} (hosts busy without a gap)`,
      ratio: wall / median(ideals),
      aim: 'under 15 s on two cores',
      met: wall < 15_000
    },
    {
      what: '  the same with the policy pack, beside without',
      figure: seconds(wall),
      baseline: `${seconds(median(bares))} (no policies)`,
      ratio: wall / median(bares),
      aim: 'at most 1.3 times',
      met: wall / median(bares) <= 1.3
    },
    { what: '  units a second', figure: (units / wall * 1000).toFixed(1), baseline: `${units} units` },
    {
      what: '  resources a second',
      figure: (resources / wall * 1000).toFixed(0),
      baseline: `${resources} resources`
    }
  ]
}

async function databaseOf (dataFolder: string): Promise<string> {
  const { port, password } = JSON.parse(await readFile(join(dataFolder, 'postgres.json'), 'utf8')) as {
    port: number
    password: string
  }
  return `postgresql://windlass:${password}@127.0.0.1:${port}/postgres`
}

const one = { ...fresh, phases: { from: 1, to: 1 }, clusters: [cluster] }

async function overhead (service: Service, dataFolder: string): Promise<Row[]> {
  const bare = await prepareBareStack({ databaseUrl: await databaseOf(dataFolder), cluster })
  const [bareWalls, serviceWalls]: [number[], number[]] = [[], []]
  let resources = 0
  try {
    // Both warm first, then in turn, so that whatever else the machine does meets both. The first
    // ones are not counted.
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
  return [{
    what: `one stack of ${resources} resources through the service (median)`,
    figure: milliseconds(median(serviceWalls)),
    baseline: `${milliseconds(median(bareWalls))} (bare Automation API)`,
    ratio,
    aim: 'at most 1.3 times',
    met: ratio <= 1.3
  }]
}

async function figures (service: Service, dataFolder: string): Promise<Row[]> {
  const metrics = await (await fetch(`${service.url}/metrics`)).text()
  const lag = Number(/^nodejs_eventloop_lag_p99_seconds\S* (\S+)$/m.exec(metrics)?.[1]) * 1000
  const hosts = (await descendantsOf(service.pid)).filter(({ command }) =>
    command.includes('service/unit-host.ts')
  )
  const sizes = (await Promise.all(hosts.map(({ pid }) => memoryOf(pid)))).filter((size) =>
    size !== undefined
  )
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
// The service looks for it once, at its start.
await buildDashboard()
const service = await startService({
  dataFolder,
  environment: {
    WINDLASS_FEDERATIONS: federations,
    WINDLASS_LOG_LEVEL: 'info',
    WINDLASS_WORKERS: String(workers)
  }
})
try {
  console.error(`measuring, ${runs} runs of each part…`)
  const rows = [
    ...await nautilus(service),
    ...await figures(service, dataFolder),
    ...await overhead(service, dataFolder)
  ]
  const polled = await deploy(service.url, fresh)
  rows.push(...await polling(service.url, polled.id, runs))
  rows.push(...await streams(service, { clients: 100, phases: { from: 1, to: 3 }, aimMilliseconds: 100 }))
  rows.push(...await streams(service, { clients: 1_000, phases: { from: 1, to: 8 }, aimMilliseconds: 250 }))
  rows.push(
    ...await pageLoad(service, {
      databaseUrl: await databaseOf(dataFolder),
      launch: one,
      unit: `prerequisites.${cluster}`,
      runs
    })
  )
  printTable(rows)
} finally {
  await service.stop()
  await rm(dataFolder, { recursive: true, force: true })
}
