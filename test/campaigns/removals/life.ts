/**
 * Calls to the clouds that a federation's deployment makes over its life: it is made, looked at
 * again, changed and taken down. Only making it is deployed for: the calls of the rest follow from
 * what was made, since each resource is read, updated and deleted by whoever made it.
 */
import type { HeardCall } from '../../../rehearsal/clouds/authorizer.ts'
import { plainObject } from '../../../rehearsal/clouds/wire-values.ts'
import type { CloudRecord } from '../../../rehearsal/store.ts'
import type { RehearsedWorld } from '../../fixtures/programs/rehearsed-world.ts'

/** One call and the unit that makes it. */
export interface LifeCall {
  readonly unit: string
  readonly heard: HeardCall
  /**
   * Records that the clouds had when it was made. What is read once is read with the grants of that
   * time; calls on resources come again, with all that is deployed.
   */
  readonly seen: number
}

/** Operations on what was made. */
const later = ['read', 'update', 'delete'] as const

/** The calls of a resource's later life. */
function laterCalls ({ unit, heard, seen }: LifeCall, record: CloudRecord): LifeCall[] {
  return later.map((operation) => ({
    unit,
    seen,
    heard: {
      ...heard,
      call: { ...heard.call, operation, id: record.id, outputs: plainObject(record.outputs) }
    }
  }))
}

/** Calls of making something, and those of its later life by whoever made it. */
export function lifeCalls (calls: readonly LifeCall[], records: readonly CloudRecord[]): LifeCall[] {
  const byToken = new Map(records.map((record) => [record.token, record]))
  return calls.flatMap((one) => {
    const { operation, urn } = one.heard.call
    const record = operation === 'create' && urn !== undefined ? byToken.get(urn) : undefined
    return record ? [one, ...laterCalls(one, record)] : [one]
  })
}

/** Deploys units one after another, and gives every call of their life. */
export async function livedThrough (world: RehearsedWorld, units: readonly string[]): Promise<LifeCall[]> {
  const calls: LifeCall[] = []
  world.heard = (unit, heard) => calls.push({ unit, heard, seen: world.clouds.size })
  for (const id of units) await world.up(id)
  delete world.heard
  return lifeCalls(calls, await world.clouds.find({}))
}
