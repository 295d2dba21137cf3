/** Readers of inputs that may be missing, unknown or of another shape than expected. */

/** Tells whether a value is a mapping. */
export function isRecord (value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value at a path of keys and indexes, or undefined. */
export function at (value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (node, step) =>
      typeof node === 'object' && node !== null
        ? (node as Record<string | number, unknown>)[step]
        : undefined,
    value
  )
}

/** A number of 0 or more, also one written as text. */
export function numberAt (value: unknown, ...path: readonly (string | number)[]): number | undefined {
  const found = at(value, ...path)
  if (typeof found === 'number') return Number.isFinite(found) && found >= 0 ? found : undefined
  return typeof found === 'string' && /^\d+(\.\d+)?$/.test(found) ? Number(found) : undefined
}

export function textAt (value: unknown, ...path: readonly (string | number)[]): string | undefined {
  const found = at(value, ...path)
  return typeof found === 'string' ? found : undefined
}

/** A list, empty when there is none. */
export function listAt (value: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const found = at(value, ...path)
  return Array.isArray(found) ? found : []
}

/** The last part of a URN: the resource's name. */
export function nameOf (urn: string): string {
  return urn.slice(urn.lastIndexOf('::') + 2)
}

/** A Kubernetes quantity of storage in GB of 2^30 bytes. Undefined when it is none. */
export function storageGb (quantity: unknown): number | undefined {
  if (typeof quantity !== 'string') return undefined
  const match = /^(\d+(?:\.\d+)?)(Ki|Mi|Gi|Ti|Pi|k|M|G|T|P)?$/.exec(quantity)
  if (!match) return undefined
  const factors: Readonly<Record<string, number>> = {
    Ki: 2 ** -20,
    Mi: 2 ** -10,
    Gi: 1,
    Ti: 2 ** 10,
    Pi: 2 ** 20,
    k: 1e3 / 2 ** 30,
    M: 1e6 / 2 ** 30,
    G: 1e9 / 2 ** 30,
    T: 1e12 / 2 ** 30,
    P: 1e15 / 2 ** 30
  }
  return Number(match[1]) * (match[2] === undefined ? 2 ** -30 : factors[match[2]] ?? 0)
}
