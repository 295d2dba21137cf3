import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createWorkMetrics } from '../../../server/metrics/work.ts'

test('observations of the deployment service become metrics', async () => {
  const { registry, observe } = createWorkMetrics()
  observe({ kind: 'deployment-started', operation: 'up', mode: 'rehearsal', queued: 0.2 })
  observe({ kind: 'attempt', phase: 2, operation: 'up', mode: 'rehearsal', result: 'retried', seconds: 3 })
  observe({ kind: 'attempt', phase: 2, operation: 'up', mode: 'rehearsal', result: 'succeeded', seconds: 4 })
  observe({ kind: 'host-wait', seconds: 0 })
  observe({ kind: 'command', command: 'up', seconds: 1.5 })
  observe({ kind: 'provider-error', provider: 'aws', operation: 'create' })
  observe({ kind: 'event-lag', seconds: 0.02 })
  observe({ kind: 'host-replaced', reason: 'silent' })
  observe({ kind: 'spans', result: 'exported', spans: 512 })
  const text = await registry.metrics()
  for (
    const line of [
      'windlass_deployment_queue_seconds_sum{operation="up",mode="rehearsal"} 0.2',
      'windlass_unit_attempt_duration_seconds_count{phase="2",operation="up",mode="rehearsal",' +
      'result="succeeded"} 1',
      'windlass_unit_retries_total{phase="2",cause="failure"} 1',
      'windlass_unit_host_wait_seconds_count 1',
      'windlass_unit_host_restarts_total{reason="silent"} 1',
      'windlass_trace_spans_total{result="exported"} 512',
      'windlass_engine_command_duration_seconds_sum{command="up"} 1.5',
      'windlass_provider_errors_total{provider="aws",operation="create"} 1',
      'windlass_event_lag_seconds_bucket{le="0.025"} 1'
    ]
  ) assert.ok(text.split('\n').includes(line), `${line} is not in\n${text}`)
})
