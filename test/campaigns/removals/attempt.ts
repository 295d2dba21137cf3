/** Tries a removal: what depends on it is deployed anew without it. */
import type { ResourceTransformation } from '@pulumi/pulumi'
import { output } from '@pulumi/pulumi'
import { unitsOf } from '../../fixtures/programs/catalogued-units.ts'
import type { RehearsedWorld } from '../../fixtures/programs/rehearsed-world.ts'
import type { Removal } from './removal.ts'
import { without } from './removal.ts'

/** The unit of a removal and all that stand on it, in an order in which they can be deployed. */
export function standingOn (world: RehearsedWorld, unit: string): string[] {
  const found = new Set([unit])
  const order: string[] = [unit]
  // Units come after those that they depend on, but for those of one phase.
  const units = unitsOf(world.federation)
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

/** The line of an engine's text that says what went wrong. */
function told (error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  const [unit = ''] = text.split(':')
  const line = text.split('\n').map((one) => one.trim()).find((one) =>
    one.startsWith('error:') && !/^error: (update|preview) failed$/.test(one)
  )
  return `${unit}: ${line ?? text.split('\n').slice(0, 3).join(' ')}`
}

/**
 * Deploys what stands on a removal without it. Resolves with what refused it, or undefined when
 * nothing did.
 */
export async function refusalOf (world: RehearsedWorld, removal: Removal): Promise<string | undefined> {
  const { unit, type, name, kind, path } = removal
  const units = standingOn(world, unit)
  const mistake = mistakeOf(removal)
  const bare = await world.without(new Set(units), {
    ...(mistake && { mistake }),
    ...(path === undefined && kind !== 'wait' && { faults: [{ kind: 'mistake', type, name }] })
  })
  for (const id of units) {
    try {
      await bare.up(id)
    } catch (error) {
      return told(error)
    }
  }
  return undefined
}
