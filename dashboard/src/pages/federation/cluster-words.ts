import type { State } from '../../model/state.ts'

/** States of clusters and their phases in words. */
export const clusterWords: Record<State, string> = {
  succeeded: 'deployed',
  pending: 'partly deployed',
  absent: 'not deployed',
  failed: 'failed',
  running: 'running',
  canceled: 'canceled',
  queued: 'queued',
  waiting: 'waiting',
  canceling: 'canceling',
  skipped: 'skipped'
}
