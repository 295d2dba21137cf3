/** Metrics of the deployment service's own work, from its observations. */
import { Counter, Histogram, Registry } from 'prom-client'
import { type Observation, type Observe } from '../../automation/index.ts'

export interface WorkMetrics {
  registry: Registry
  observe: Observe
}

/** Counts one kind of observation each. */
type Observers = { [Kind in Observation['kind']]: (seen: Extract<Observation, { kind: Kind }>) => void }

// From a unit that changes nothing to a database cluster of a real cloud.
const unitBuckets = [0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1_200, 3_600]
// From an idle service to a lane that waits for hours behind another deployment.
const queueBuckets = [0.05, 0.1, 0.25, 0.5, 1, 5, 15, 60, 300, 900, 3_600, 14_400]
// Events are announced within milliseconds; without an announcement they are found after 3 s.
const lagBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3, 10]

function unitMetrics (registers: Registry[]): Pick<Observers, 'deployment-started' | 'attempt'> {
  const queued = new Histogram({
    name: 'windlass_deployment_queue_seconds',
    help: 'Time from the launch or resume of a deployment to its start',
    labelNames: ['operation', 'mode'],
    buckets: queueBuckets,
    registers
  })
  const attempts = new Histogram({
    name: 'windlass_unit_attempt_duration_seconds',
    help: 'Time of one attempt of a unit, from its claim to its stored result',
    labelNames: ['phase', 'operation', 'mode', 'result'],
    buckets: unitBuckets,
    registers
  })
  const retries = new Counter({
    name: 'windlass_unit_retries_total',
    help: 'Attempts after which a unit was returned to be tried again',
    labelNames: ['phase', 'cause'],
    registers
  })
  return {
    'deployment-started' ({ operation, mode, queued: seconds }) {
      queued.observe({ operation, mode }, seconds)
    },
    attempt ({ phase, operation, mode, result, seconds }) {
      attempts.observe({ phase, operation, mode, result }, seconds)
      if (result === 'retried') retries.inc({ phase, cause: 'failure' })
      if (result === 'interrupted') retries.inc({ phase, cause: 'interruption' })
    }
  }
}

function hostMetrics (registers: Registry[]): Pick<Observers, 'host-wait' | 'host-replaced'> {
  const waits = new Histogram({
    name: 'windlass_unit_host_wait_seconds',
    help: 'Time that a unit waited for a free unit host',
    buckets: queueBuckets,
    registers
  })
  const replaced = new Counter({
    name: 'windlass_unit_host_restarts_total',
    help: 'Unit hosts that were replaced, by what ended them',
    labelNames: ['reason'],
    registers
  })
  return {
    'host-wait' ({ seconds }) {
      waits.observe(seconds)
    },
    'host-replaced' ({ reason }) {
      replaced.inc({ reason })
    }
  }
}

function engineMetrics (registers: Registry[]): Pick<Observers, 'command' | 'provider-error'> {
  const commands = new Histogram({
    name: 'windlass_engine_command_duration_seconds',
    help: 'Time of one command of the engine (the rehearsal engine or the Pulumi CLI)',
    labelNames: ['command'],
    buckets: unitBuckets,
    registers
  })
  const errors = new Counter({
    name: 'windlass_provider_errors_total',
    help: 'Operations on resources that a provider failed',
    labelNames: ['provider', 'operation'],
    registers
  })
  return {
    command ({ command, seconds }) {
      commands.observe({ command }, seconds)
    },
    'provider-error' ({ provider, operation }) {
      errors.inc({ provider, operation })
    }
  }
}

function streamMetrics (registers: Registry[]): Pick<Observers, 'event-lag' | 'spans'> {
  const lag = new Histogram({
    name: 'windlass_event_lag_seconds',
    help: 'Time from the storage of an event to its arrival in this process, for its streams',
    buckets: lagBuckets,
    registers
  })
  const counted = new Counter({
    name: 'windlass_trace_spans_total',
    help: 'Spans of traces that the receiver took, or that were dropped',
    labelNames: ['result'],
    registers
  })
  return {
    'event-lag' ({ seconds }) {
      lag.observe(seconds)
    },
    spans ({ result, spans }) {
      counted.inc({ result }, spans)
    }
  }
}

function retentionMetrics (registers: Registry[]): Pick<Observers, 'removed' | 'removal-failed'> {
  const removed = new Counter({
    name: 'windlass_retention_removed_total',
    help: 'Things that were removed after their retention period',
    labelNames: ['what'],
    registers
  })
  const failures = new Counter({
    name: 'windlass_retention_failures_total',
    help: 'Rounds in which something past its retention period could not be removed',
    labelNames: ['what'],
    registers
  })
  return {
    removed ({ what, count }) {
      removed.inc({ what }, count)
    },
    'removal-failed' ({ what }) {
      failures.inc({ what })
    }
  }
}

function storeMetrics (registers: Registry[]): Pick<Observers, 'store-failure'> {
  const failures = new Counter({
    name: 'windlass_store_failures_total',
    help: 'Reads and writes of deployments under way that the database failed, by what becomes of them',
    labelNames: ['what'],
    registers
  })
  return {
    'store-failure' ({ what }) {
      failures.inc({ what })
    }
  }
}

function scheduleMetrics (registers: Registry[]): Pick<Observers, 'schedule'> {
  const times = new Counter({
    name: 'windlass_schedule_times_total',
    help: 'Times of schedules: launched, left out because what they launched before was not over, or failed',
    labelNames: ['result'],
    registers
  })
  return {
    schedule ({ result }) {
      times.inc({ result })
    }
  }
}

/**
 * Creates the metrics in a registry of their own. Labels have few values: 8 phases, 5 operations, 2
 * modes, 6 results, 12 commands, 8 providers.
 */
export function createWorkMetrics (): WorkMetrics {
  const registry = new Registry()
  const registers = [registry]
  const observers: Observers = {
    ...unitMetrics(registers),
    ...hostMetrics(registers),
    ...engineMetrics(registers),
    ...streamMetrics(registers),
    ...retentionMetrics(registers),
    ...storeMetrics(registers),
    ...scheduleMetrics(registers)
  }
  return {
    registry,
    observe (seen) {
      const count = observers[seen.kind] as (seen: Observation) => void
      count(seen)
    }
  }
}
