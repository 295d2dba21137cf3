/** Tries a removal: what depends on it is deployed anew without it. */
import type { ResourceTransformation } from '@pulumi/pulumi'
import { output } from '@pulumi/pulumi'
import type { Fault } from '../../../rehearsal/clouds/faults.ts'
import { unitsOf } from '../../fixtures/programs/catalogued-units.ts'
import type { RehearsedWorld } from '../../fixtures/programs/rehearsed-world.ts'
import type { Removal } from './removal.ts'
import { without } from './removal.ts'

/**
 * The unit of a removal and all that stand on it and are deployed, in an order in which they can be
 * deployed.
 */
export function standingOn (world: RehearsedWorld, unit: string): string[] {
  const found = new Set([unit])
  const order: string[] = [unit]
  // Units come after those that they depend on, but for those of one phase.
  const units = unitsOf(world.federation).filter(({ id }) => world.outputs[id])
  for (let before = 0; before !== found.size;) {
    before = found.size
    for (const { id, dependsOn, after } of units) {
      if (found.has(id) || ![...dependsOn, ...after].some((other) => found.has(other))) continue
      found.add(id)
      order.push(id)
    }
  }
  return order
}

/** A program without what is removed: an item of its inputs, or all that a resource waits for. */
function mistakeOf ({ kind, type, name, path }: Removal): ResourceTransformation | undefined {
  if (path === undefined && kind !== 'wait') return undefined
  return (resource) => {
    if (resource.type !== type || resource.name !== name) return undefined
    if (path === undefined) {
      const { dependsOn: _, ...opts } = resource.opts
      return { props: resource.props, opts }
    }
    const [top = '', ...rest] = path
    const props = resource.props as Record<string, unknown>
    return {
      props: { ...props, [top]: output({ value: props[top] }).apply(({ value }) => without(value, rest)) },
      opts: resource.opts
    }
  }
}

/**
 * A resource that is left out; or the slowness of what is no longer waited for: a program without
 * the wait is right only where the order does not depend on who is fast.
 */
function faultsOf ({ kind, type, name, path, awaited = [] }: Removal): Fault[] {
  if (kind === 'wait') return awaited.map((one) => ({ kind: 'slow', operation: 'create', ...one }))
  return path === undefined ? [{ kind: 'mistake', type, name }] : []
}

/** The line of an engine's text that says what went wrong. */
function told (error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  const [unit = ''] = text.split(':')
  const line = text.split('\n').map((one) => one.trim()).find((one) =>
    one.startsWith('error:') && !/^error: (update|preview) failed$/.test(one)
  )
  return `${unit}: ${line ?? text.split('\n').slice(0, 3).join(' ')}`
}

/** Deploys units one after another. Resolves with the first refusal, or undefined without one. */
async function firstRefusal (world: RehearsedWorld, units: readonly string[]): Promise<string | undefined> {
  for (const id of units) {
    try {
      await world.up(id)
    } catch (error) {
      return told(error)
    }
  }
  return undefined
}

/** Tries removals by deploying what stands on them. */
export class Attempts {
  readonly #world: RehearsedWorld
  /** Units that were deployed again with everything in place, joined by commas. */
  readonly #sound = new Set<string>()

  /** @param world that everything is deployed in */
  constructor (world: RehearsedWorld) {
    this.#world = world
  }

  /**
   * Deploys what stands on a removal without it. Resolves with what refused it, or undefined when
   * nothing did. Rejects when what stands on it is refused with everything in place.
   */
  async refusalOf (removal: Removal): Promise<string | undefined> {
    const { unit, kind } = removal
    // Without a wait a unit makes the same, or fails.
    const units = kind === 'wait' ? [unit] : standingOn(this.#world, unit)
    const mistake = mistakeOf(removal)
    const bare = await this.#world.without(new Set(units), {
      ...(mistake && { mistake }),
      faults: faultsOf(removal)
    })
    const refusal = await firstRefusal(bare, units)
    if (refusal !== undefined) await this.#control(refusal, units)
    return refusal
  }

  /** A refusal says nothing when its units are refused without the removal, too. */
  async #control (refusal: string, units: readonly string[]): Promise<void> {
    const [failed = ''] = refusal.split(':')
    const until = units.slice(0, units.indexOf(failed) + 1)
    const key = until.join()
    if (this.#sound.has(key)) return
    const other = await firstRefusal(await this.#world.without(new Set(units)), until)
    if (other !== undefined) throw new Error(`refused with everything in place: ${other}`)
    this.#sound.add(key)
  }
}
