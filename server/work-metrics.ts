/** Metrics of the deployment service's own work, from what it tells while it works. */
import { Counter, Histogram, Registry } from 'prom-client'
import { type Observe } from '../automation/index.ts'

export interface WorkMetrics {
  registry: Registry
  observe: Observe
}

// From a unit that changes nothing to a database cluster of a real cloud.
const unitBuckets = [0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1_200, 3_600]
// From an idle service to a lane that waits for hours behind another deployment.
const queueBuckets = [0.05, 0.1, 0.25, 0.5, 1, 5, 15, 60, 300, 900, 3_600, 14_400]
// Events are announced within milliseconds; three seconds is the look without an announcement.
const lagBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3, 10]

/**
 * Makes the metrics in a registry of their own. Labels have few values: 8 phases, 4 operations, 2
 * modes, 6 results, 12 commands, 8 providers.
 */
export function createWorkMetrics (): WorkMetrics {
  const registry = new Registry()
  const registers = [registry]
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
    help: 'Attempts after which a unit was given back to be tried again',
    labelNames: ['phase', 'cause'],
    registers
  })
  const hosts = new Histogram({
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
  const lag = new Histogram({
    name: 'windlass_event_lag_seconds',
    help: 'Time from when an event was stored to when this process had it for its streams',
    buckets: lagBuckets,
    registers
  })
  const spans = new Counter({
    name: 'windlass_trace_spans_total',
    help: 'Spans of traces that the receiver took, or that were dropped',
    labelNames: ['result'],
    registers
  })
  const removed = new Counter({
    name: 'windlass_retention_removed_total',
    help: 'Things removed after they were kept for as long as they are to be',
    labelNames: ['what'],
    registers
  })
  const notRemoved = new Counter({
    name: 'windlass_retention_failures_total',
    help: 'Rounds in which something too old could not be removed',
    labelNames: ['what'],
    registers
  })
  return {
    registry,
    observe (told) {
      switch (told.kind) {
        case 'deployment-started':
          queued.observe({ operation: told.operation, mode: told.mode }, told.queued)
          break
        case 'attempt':
          attempts.observe({
            phase: told.phase,
            operation: told.operation,
            mode: told.mode,
            result: told.result
          }, told.seconds)
          if (told.result === 'retried' || told.result === 'interrupted') {
            retries.inc({ phase: told.phase, cause: told.result === 'retried' ? 'failure' : 'interruption' })
          }
          break
        case 'host-wait':
          hosts.observe(told.seconds)
          break
        case 'host-replaced':
          replaced.inc({ reason: told.reason })
          break
        case 'command':
          commands.observe({ command: told.command }, told.seconds)
          break
        case 'provider-error':
          errors.inc({ provider: told.provider, operation: told.operation })
          break
        case 'spans':
          spans.inc({ result: told.result }, told.spans)
          break
        case 'event-lag':
          lag.observe(told.seconds)
          break
        case 'removed':
          removed.inc({ what: told.what }, told.count)
          break
        case 'removal-failed':
          notRemoved.inc({ what: told.what })
      }
    }
  }
}
