/** Faults of clouds and of processes that no scenario names, drawn from a seed. */
import fc from 'fast-check'
import { type Fault } from '../../../contract/launch.ts'
import { clouds } from '../../../contract/words.ts'
import { type Fault as ProcessFault, schedules } from '../chaos/faults.ts'

/** Faults of one deployment: in its clouds, and with who drives it. */
export interface RandomCase {
  readonly faults: Fault[]
  readonly processes: ProcessFault[]
}

/** Process faults of one case: enough that one of them meets what the clouds' faults do. */
const processFaults = 3

const types = [
  'aws:ec2/*',
  'aws:eks/*',
  'aws:iam/*',
  'gcp:compute/*',
  'gcp:container/*',
  'azure-native:network:*',
  'kubernetes:*'
]

const fault: fc.Arbitrary<Fault> = fc.record({
  kind: fc.constantFrom('fail', 'throttle', 'quota', 'slow', 'denied', 'lost-answer', 'outage'),
  times: fc.integer({ min: 1, max: 6 })
}, { requiredKeys: ['kind', 'times'] }).chain(({ kind, times }) =>
  fc.record({
    kind: fc.constant(kind),
    cloud: fc.constantFrom(...clouds),
    type: fc.constantFrom(...types),
    operation: fc.constantFrom('create', 'update', 'delete', 'read'),
    after: fc.integer({ min: 1, max: 40 }),
    // An outage lasts until it is ended.
    ...(kind !== 'outage' && { times: fc.constant(times) })
  }, { requiredKeys: kind === 'outage' ? ['kind', 'cloud'] : ['kind', 'times'] })
)

/** The cases of a seed. */
export function randomCases (seed: number, runs: number): RandomCase[] {
  if (runs === 0) return []
  const faults = fc.sample(fc.array(fault, { minLength: 1, maxLength: 4 }), { seed, numRuns: runs })
  const processes = schedules(seed, runs, processFaults)
  return faults.map((some, index) => ({ faults: some, processes: processes[index] ?? [] }))
}
