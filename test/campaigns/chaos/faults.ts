/** What a chaos campaign does to services and to their database, drawn from a seed. */
import fc from 'fast-check'

/** One thing that is done, after a pause (milliseconds). */
export type Fault =
  & { readonly pause: number }
  & (
    /** A service is killed, and started again as a supervisor would. */
    | { readonly kind: 'kill', readonly service: number }
    /** One of a service's unit hosts is killed. */
    | { readonly kind: 'host', readonly service: number }
    /** A service is stopped for a while (SIGSTOP), and goes on. */
    | { readonly kind: 'freeze', readonly service: number, readonly lasts: number }
    /** The database's server is killed or stopped, and started again after a while. */
    | { readonly kind: 'restart', readonly signal: 'SIGKILL' | 'SIGINT', readonly lasts: number }
    /** The database takes reads only. */
    | { readonly kind: 'read-only', readonly lasts: number }
    /** Connections are cut, by the beginning of the names that they give. */
    | { readonly kind: 'cut', readonly names: string }
    /** No more connections are taken than so many, and those that are there are cut. */
    | { readonly kind: 'limit', readonly connections: number, readonly lasts: number }
  )

/** Milliseconds between faults, so that work goes on in between, and of a spell. */
const pause = fc.integer({ min: 300, max: 3_000 })
const lasts = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 200, max: 4_000 }) },
  // Longer than any connection is waited for.
  { weight: 1, arbitrary: fc.integer({ min: 12_000, max: 30_000 }) }
)
const service = fc.integer({ min: 0, max: 2 })

const fault: fc.Arbitrary<Fault> = fc.oneof(
  fc.record({ kind: fc.constant('kill' as const), pause, service }),
  fc.record({ kind: fc.constant('host' as const), pause, service }),
  fc.record({ kind: fc.constant('freeze' as const), pause, service, lasts }),
  fc.record({
    kind: fc.constant('restart' as const),
    pause,
    signal: fc.constantFrom('SIGKILL' as const, 'SIGINT' as const),
    lasts
  }),
  fc.record({ kind: fc.constant('read-only' as const), pause, lasts }),
  fc.record({
    kind: fc.constant('cut' as const),
    pause,
    names: fc.constantFrom(
      'windlass',
      'windlass-lock',
      'windlass-listen',
      'windlass-workflows',
      'windlass-host'
    )
  }),
  fc.record({
    kind: fc.constant('limit' as const),
    pause,
    connections: fc.integer({ min: 0, max: 6 }),
    lasts
  })
)

/** The faults of a seed: so many schedules of so many each. */
export function schedules (seed: number, runs: number, each: number): Fault[][] {
  return fc.sample(fc.array(fault, { minLength: each, maxLength: each, size: 'max' }), {
    seed,
    numRuns: runs
  })
}
