/**
 * The resources of a world's stacks as their programs registered them, with secrets in clear: what
 * the checkers of this room read.
 */
import { type DeployedWorld } from '../fixtures/programs/deployed-world.ts'

/** One registered resource. `name` is its name in the stack, `inputs` are plain values. */
export interface Registered {
  readonly unit: string
  readonly type: string
  readonly name: string
  readonly urn: string
  readonly inputs: Record<string, unknown>
}

/**
 * Pulumi's mark of special values in states, and its mark of secrets among them
 * (sdk/go/common/resource/properties.go).
 */
const [MARK, SECRET] = ['4dabf18193072939515e22adb298388d', '1b47061264138c4ac30d75fd1eb44270']

/** A value without the wrapping that states give secrets. */
export function plain (value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  const fields = value as Record<string, unknown>
  if (fields[MARK] === SECRET && typeof fields.plaintext === 'string') {
    return plain(JSON.parse(fields.plaintext))
  }
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, plain(field)]))
}

/** All resources of providers in the world's stacks. */
export function registeredIn (world: DeployedWorld): Registered[] {
  return Object.entries(world.states).flatMap(([unit, resources]) =>
    resources
      .filter(({ custom, external }) => custom && external !== true)
      .map(({ type, urn, inputs }) => ({
        unit,
        type,
        urn,
        name: urn.slice(urn.lastIndexOf('::') + 2),
        inputs: plain(inputs ?? {}) as Record<string, unknown>
      }))
  )
}

/** Those of a type. */
export function ofType (resources: readonly Registered[], type: string): Registered[] {
  return resources.filter((resource) => resource.type === type)
}
