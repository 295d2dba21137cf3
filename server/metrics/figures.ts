/** Metrics that are read when they are asked for: the automation room's figures. */
import { Gauge, Registry } from 'prom-client'
import { type FederationFigures, type Figures, type Health } from '../../automation/index.ts'
import { driftKinds } from '../../contract/words.ts'

type GaugeOf = (name: string, help: string, labelNames?: string[]) => Gauge

function deploymentGauges (gauge: GaugeOf): (figures: FederationFigures) => void {
  const deployments = gauge('windlass_deployments', 'Deployments by status', ['status'])
  const units = gauge('windlass_units', 'Units of deployments under way, by phase and status', [
    'phase',
    'status'
  ])
  return (figures) => {
    deployments.reset()
    for (const [status, count] of Object.entries(figures.deployments)) deployments.set({ status }, count)
    units.reset()
    for (const { phase, status, count } of figures.units) units.set({ phase, status }, count)
  }
}

function processGauges (gauge: GaugeOf): (figures: Figures) => void {
  const hosts = gauge('windlass_unit_hosts', 'Unit hosts by state', ['state'])
  const memory = gauge('windlass_unit_host_memory_bytes', 'Resident memory of each unit host', ['host'])
  const connections = gauge(
    'windlass_database_connections',
    'Database connections of this process by state',
    ['state']
  )
  return (figures) => {
    hosts.set({ state: 'busy' }, figures.hosts.busy)
    hosts.set({ state: 'idle' }, figures.hosts.total - figures.hosts.busy)
    memory.reset()
    for (const [host, bytes] of figures.hosts.memoryBytes.entries()) memory.set({ host }, bytes)
    for (const state of ['total', 'idle', 'waiting'] as const) {
      connections.set({ state }, figures.pool[state])
    }
  }
}

function driftGauges (gauge: GaugeOf): (figures: FederationFigures) => void {
  const drift = gauge(
    'windlass_drift_resources',
    'Resources that differed from the state at the latest drift check of a federation, by kind; world is ' +
      'empty for live',
    ['federation', 'mode', 'world', 'kind']
  )
  const checked = gauge(
    'windlass_drift_checked_timestamp_seconds',
    'End of the latest drift check of a federation, seconds since 1970',
    ['federation', 'mode', 'world']
  )
  return (figures) => {
    drift.reset()
    checked.reset()
    for (const { federation, mode, world = '', checkedAt, counts } of figures.drift) {
      const place = { federation, mode, world }
      const { changed, output, missing } = counts.ignored
      for (const kind of driftKinds) {
        drift.set({ ...place, kind }, counts[kind])
      }
      drift.set({ ...place, kind: 'ignored' }, changed + output + missing)
      checked.set(place, Date.parse(checkedAt) / 1000)
    }
  }
}

function orphanGauges (gauge: GaugeOf): (figures: FederationFigures) => void {
  const orphaned = gauge(
    'windlass_orphaned_units',
    "Units that are deployed and that the federation's file does not have any more; world is empty for live",
    ['federation', 'mode', 'world']
  )
  const unknown = gauge(
    'windlass_orphaned_units_unknown',
    'Places whose orphaned units are not counted: the file of their federation is invalid, or they are ' +
      'too many',
    ['reason']
  )
  return ({ orphans }) => {
    orphaned.reset()
    for (const { federation, mode, world = '', units } of orphans.places) {
      orphaned.set({ federation, mode, world }, units)
    }
    for (const [reason, places] of Object.entries(orphans.unknown)) unknown.set({ reason }, places)
  }
}

interface FigureParts {
  automation: Pick<Health, 'figures' | 'federationFigures'>
  onFailure: (error: unknown) => void
}

/** Creates gauges in a registry; the function that it returns reads figures into them. */
function gaugesOf<T> (
  registry: Registry,
  groups: readonly ((gauge: GaugeOf) => (figures: T) => void)[],
  { read, onFailure }: { read: () => Promise<T>, onFailure: (error: unknown) => void }
): () => Promise<void> {
  const gauge: GaugeOf = (name, help, labelNames = []) =>
    new Gauge({ name, help, labelNames, registers: [registry] })
  const show = groups.map((group) => group(gauge))
  const up = gauge('windlass_figures_up', '1 when the figures above could be read')
  return async () => {
    try {
      const figures = await read()
      for (const one of show) one(figures)
      up.set(1)
    } catch (error) {
      // A scrape must succeed without the database: that is when somebody looks at it.
      onFailure(error)
      up.set(0)
    }
  }
}

/** Creates the gauges of everything; the function that it returns reads the figures into them. */
export function createFigureMetrics (
  registry: Registry,
  { automation, onFailure }: FigureParts
): () => Promise<void> {
  return gaugesOf<Figures>(registry, [deploymentGauges, processGauges, driftGauges, orphanGauges], {
    read: () => automation.figures(),
    onFailure
  })
}

/**
 * Reads the metrics of some federations: theirs alone. What counts requests, times or memory of the
 * whole process would tell of the others.
 */
export async function federationMetrics (
  { automation, onFailure }: FigureParts,
  federations: readonly string[]
): Promise<{ type: string, text: string }> {
  const registry = new Registry()
  const read = gaugesOf<FederationFigures>(registry, [deploymentGauges, driftGauges, orphanGauges], {
    read: () => automation.federationFigures({ federations }),
    onFailure
  })
  await read()
  return { type: registry.contentType, text: await registry.metrics() }
}
