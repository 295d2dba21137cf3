/**
 * Compares two states of one stack, made by different engines from the same program in equal
 * worlds. Pure.
 */

interface Resource {
  urn: string
  type: string
  custom: boolean
  id?: string
  inputs?: unknown
  outputs?: unknown
  provider?: string
  parent?: string
  dependencies?: string[]
  propertyDependencies?: Record<string, string[]>
  [field: string]: unknown
}
export interface ExportedState {
  deployment?: { resources?: Resource[], pending_operations?: unknown[] }
}

/** One difference. */
export interface Difference {
  /** URN of the resource; empty for the state as a whole. */
  urn: string
  /** Path of the value in the resource. */
  path: string
  /** Both values as JSON, cut. */
  left: string
  right: string
}

/** Pulumi's mark of a secret in a state. */
const signature = '4dabf18193072939515e22adb298388d'
/** Characters of a value that a difference shows: enough to recognise it. */
const shownLength = 160

const show = (value: unknown): string => (JSON.stringify(value) ?? 'absent').slice(0, shownLength)

/**
 * A value without what always differs between two runs: ids of provider instances, which every
 * engine makes at random, times, and ciphertexts, which have a nonce each. Both values still have
 * to be secret. `at` is the name of the value's field.
 */
function normalise (value: unknown, at: string, providers: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') {
    if (at === 'provider') return providers.get(value) ?? value
    return value.replace(instant, 'time').replace(armour, '$1').replace(encodedCertificate, 'certificate')
  }
  if (Array.isArray(value)) return value.map((item) => normalise(item, at, providers))
  if (value === null || typeof value !== 'object') return value
  if (Object.hasOwn(value, signature) && Object.hasOwn(value, 'ciphertext')) {
    return { [signature]: (value as Record<string, unknown>)[signature], ciphertext: 'secret' }
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, normalise(member, name, providers)])
  )
}

/** Times of simulated clouds, alone or in a sentence: RFC 3339 in UTC. */
const instant = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)/g
// Keys and certificates are new in each world: only their kind is compared. A certificate in base64
// begins with its armour too.
const armour = /-----BEGIN ([A-Z ]+)-----[\s\S]*?-----END \1-----/g
const encodedCertificate = /^LS0tLS1CRUdJTi[A-Za-z0-9+/=]+$/
/** Text that may be derived from a random value: a UUID, or as long as the suffix of a name. */
const derivedRun = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9A-Za-z+/=:]{7,}/g
/** Version of a Kubernetes object: a number that follows from its contents. */
const derivedNumber = /\.resourceVersion$/

/** Fields with times and places in the source. */
const timeFields = new Set(['created', 'modified', 'sourcePosition', 'stackTrace'])

function comparable (resource: Resource, providers: ReadonlyMap<string, string>): Record<string, unknown> {
  const { dependencies, propertyDependencies, ...rest } = resource
  const kept = Object.fromEntries(Object.entries(rest).filter(([name]) => !timeFields.has(name)))
  return {
    ...kept,
    ...(resource.type.startsWith('pulumi:providers:') && { id: 'provider' }),
    // They are sets, in the order in which calls came in.
    dependencies: [...dependencies ?? []].sort(),
    propertyDependencies: Object.fromEntries(
      Object.entries(propertyDependencies ?? {}).filter(([, urns]) => urns.length > 0).map((
        [name, urns]
      ) => [name, [...urns].sort()])
    ),
    ...(normalise(
      { inputs: resource.inputs ?? {}, outputs: resource.outputs ?? {}, provider: resource.provider ?? '' },
      '',
      providers
    ) as Record<string, unknown>)
  }
}

/**
 * Types with keys and certificates in them, of this stack or of another: Kubernetes' uid and
 * version of an object follow from its contents.
 */
const holdsKeys = /^kubernetes:core\/v1:Secret$/

/**
 * URNs of resources that are random (keys, certificates, passwords), contain something random, or
 * depend on it in the same stack: names and ids that follow from inputs differ there.
 */
function derivedFrom (resources: readonly Resource[]): Set<string> {
  const derived = new Set<string>()
  // A resource comes after everything that it depends on.
  for (const { urn, type, dependencies = [] } of resources) {
    if (
      /^(tls|random):/.test(type) || holdsKeys.test(type) || dependencies.some((other) => derived.has(other))
    ) derived.add(urn)
  }
  return derived
}

function compare (
  urn: string,
  path: string,
  left: unknown,
  right: unknown,
  derived: boolean,
  found: Difference[]
): void {
  if (left === right) return
  if (
    derived && typeof left === 'string' && typeof right === 'string' &&
    (derivedNumber.test(path) || left.replace(derivedRun, '*') === right.replace(derivedRun, '*'))
  ) return
  if (Array.isArray(left) && Array.isArray(right) && left.length === right.length) {
    left.forEach((item, index) => {
      compare(urn, `${path}[${index}]`, item, right[index], derived, found)
    })
    return
  }
  if (
    left !== null && right !== null && typeof left === 'object' && typeof right === 'object' &&
    !Array.isArray(left) && !Array.isArray(right)
  ) {
    const [a, b] = [left as Record<string, unknown>, right as Record<string, unknown>]
    for (const name of new Set([...Object.keys(a), ...Object.keys(b)])) {
      compare(urn, path === '' ? name : `${path}.${name}`, a[name], b[name], derived, found)
    }
    return
  }
  found.push({ urn, path, left: show(left), right: show(right) })
}

/** Differences between two values of any form, with their paths. */
export function valueDifferences (path: string, left: unknown, right: unknown): Difference[] {
  const found: Difference[] = []
  compare('', path, normalise(left, '', new Map()), normalise(right, '', new Map()), false, found)
  return found
}

/**
 * All differences between two states by resource. A resource that only one has is one difference,
 * and so is another number of pending operations.
 */
export function stateDifferences (left: ExportedState, right: ExportedState): Difference[] {
  const sides = [left, right].map(({ deployment }) => {
    const resources = deployment?.resources ?? []
    const providers = new Map(
      resources.filter(({ type }) => type.startsWith('pulumi:providers:')).map((
        { urn, id = '' }
      ) => [`${urn}::${id}`, urn])
    )
    return {
      pending: deployment?.pending_operations?.length ?? 0,
      resources: new Map(resources.map((resource) => [resource.urn, comparable(resource, providers)]))
    }
  })
  const [a, b] = sides
  const found: Difference[] = []
  if (!a || !b) return found
  compare('', 'pending_operations', a.pending, b.pending, false, found)
  const derived = derivedFrom(left.deployment?.resources ?? [])
  for (const urn of new Set([...a.resources.keys(), ...b.resources.keys()])) {
    const [one, other] = [a.resources.get(urn), b.resources.get(urn)]
    if (one && other) compare(urn, '', one, other, derived.has(urn), found)
    else found.push({ urn, path: '', left: one ? 'there' : 'absent', right: other ? 'there' : 'absent' })
  }
  return found
}
