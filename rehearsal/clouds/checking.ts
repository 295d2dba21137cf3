/**
 * Check as the providers do it: required inputs, names made up where none is given, defaults, and
 * the model's own rules.
 */
import { type CheckFailure, type CheckRequest, type CheckResponse } from '../provider.ts'
import { type CloudQuery, type CloudRecord } from '../store.ts'
import { type WireObject, type WireValue } from '../wire.ts'
import { identifiers, type Identifiers } from './identifiers.ts'
import { type Instance, type NameRule, type PackageModel, type ResourceModel } from './model.ts'
import { typeFacts } from './schema-table.ts'
import { hasUnknown, plain, plainObject, stableText, valueAt } from './wire-values.ts'

/** Inputs whose values the provider made up, as the bridged providers keep them in state. */
const DEFAULTS_KEY = '__defaults'
/** How long a name may be where its rule does not say. */
const LONGEST_NAME = 255
/** Hexadecimal digits of a made-up name: what the real providers append. */
const DIGITS = 7

/** A name made up from the URN's name by a rule. */
export function madeUpName (urnName: string, rule: NameRule, make: Identifiers): string {
  const base = rule.lower ? urnName.toLowerCase() : urnName
  if (rule.auto === 'copy') return base.slice(0, rule.max ?? LONGEST_NAME)
  if (rule.auto === 'uuid') return make.uuid('name')
  const separator = rule.separator ?? '-'
  const digits = make.hex(rule.digits ?? (separator === '' ? DIGITS + 1 : DIGITS), 'name')
  const kept = separator === '' && rule.pattern
    ? base.replace(/[^A-Za-z0-9]/g, rule.pattern.test('a-b1') ? '$&' : '')
    : base
  return kept.slice(0, (rule.max ?? LONGEST_NAME) - digits.length - separator.length) + separator + digits
}

/** Sets a value at a dotted path, copying the maps on the way. */
function withValue (inputs: WireObject, path: string, value: WireValue): WireObject {
  const [head = '', ...rest] = path.split('.')
  if (rest.length === 0) return { ...inputs, [head]: value }
  const inner = inputs[head]
  return {
    ...inputs,
    [head]: withValue(
      typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? inner : {},
      rest.join('.'),
      value
    )
  }
}

/** Whether a physical name was made up by the provider, not given. */
export function isMadeUp (inputs: WireObject, rule: NameRule | undefined): boolean {
  const defaults = inputs[DEFAULTS_KEY]
  const annotation = valueAt(inputs, 'metadata.annotations')
  return rule !== undefined && ((Array.isArray(defaults) && defaults.includes(rule.property)) ||
    (typeof annotation === 'object' && annotation !== null && !Array.isArray(annotation) &&
      annotation['pulumi.com/autonamed'] === 'true'))
}

interface Checking {
  package: PackageModel
  model: ResourceModel | undefined
  instance: Instance
  seed: number
  find: (query: CloudQuery) => Promise<CloudRecord[]>
}

/**
 * Names of one URN that are tried: more of its replaced resources than this are never left at once.
 */
const TRIES = 8

/**
 * A made-up name for a new resource. The inputs are part of the seed so that a replacement, which
 * exists beside the old one, gets a name of its own; where names are unique, one that an earlier
 * resource of this URN still has (its deletion may have failed) is passed over.
 */
async function freeName (
  request: CheckRequest,
  rule: NameRule,
  { package: pack, instance, seed, find }: Checking
): Promise<string> {
  const taken = rule.auto === 'random' && !pack.stateOnly
    ? new Set(
      (await find({ pkg: pack.pkg, type: request.type, token: request.urn })).map((record) => record.name)
    )
    : new Set<string>()
  const inputs = stableText(plainObject(request.news))
  let name = ''
  for (let attempt = 0; attempt < TRIES; attempt++) {
    name = madeUpName(
      request.name,
      rule,
      identifiers(
        seed,
        request.urn,
        instance.account,
        instance.region,
        inputs,
        ...attempt === 0 ? [] : [attempt]
      )
    )
    if (!taken.has(name)) break
  }
  return name
}

/**
 * Checks a resource's inputs. Failures name the property; inputs come back with everything that the
 * provider fills in.
 */
export async function checkInputs (request: CheckRequest, checking: Checking): Promise<CheckResponse> {
  const { package: pack, model, instance } = checking
  const facts = typeFacts(pack.pkg, request.type)
  const failures: CheckFailure[] = []
  const fallback = pack.nameRule(request.type, facts)
  const rule = model?.name ?? fallback
  let inputs: WireObject = {}
  for (const [key, value] of Object.entries(request.news)) {
    if (key !== DEFAULTS_KEY && value !== null) inputs[key] = value
  }

  const made: string[] = []
  if (rule && rule.auto !== 'none' && valueAt(inputs, rule.property) === undefined) {
    const old = valueAt(request.olds, rule.property)
    inputs = withValue(
      inputs,
      rule.property,
      typeof old === 'string' ? old : await freeName(request, rule, checking)
    )
    made.push(rule.property)
    if (rule.property === 'metadata.name') {
      inputs = withValue(inputs, 'metadata.annotations', {
        ...annotationsOf(inputs),
        'pulumi.com/autonamed': 'true'
      })
    }
  }
  const defaults = {
    ...await pack.defaults?.(plainObject(inputs), instance, request.type, facts, checking.find),
    ...model?.defaults?.(plainObject(inputs), instance)
  }
  for (const [key, value] of Object.entries(defaults)) {
    if (inputs[key] !== undefined) continue
    inputs[key] = value
    made.push(key)
  }
  if (pack.pkg !== 'kubernetes' && pack.pkg !== 'azure-native') inputs[DEFAULTS_KEY] = made.sort()

  for (const fact of facts?.inputs.values() ?? []) {
    if (fact.required && inputs[fact.name] === undefined) {
      failures.push({
        property: fact.name,
        reason: `Missing required argument. The argument "${fact.name}" is required, but no definition was ` +
          `found.. Examine values at '${request.name}.${fact.name}'.`
      })
    }
  }
  const seen = plainObject(inputs)
  const name = rule ? valueAt(seen, rule.property) : undefined
  if (rule && typeof name === 'string' && !hasUnknown(name)) failures.push(...nameFailures(name, rule))
  failures.push(...pack.check?.(seen, request.type, facts) ?? [], ...model?.check?.(seen) ?? [])
  return { inputs, failures }
}

function annotationsOf (inputs: WireObject): WireObject {
  const found = plain(valueAt(inputs, 'metadata.annotations'))
  return typeof found === 'object' && found !== null && !Array.isArray(found) ? found : {}
}

function nameFailures (name: string, rule: NameRule): CheckFailure[] {
  if (rule.pattern && !rule.pattern.test(name)) {
    return [{
      property: rule.property,
      reason: `invalid value "${name}" for ${rule.property}: ${
        rule.rule ?? `it must match ${rule.pattern.source}`
      }`
    }]
  }
  if (rule.max !== undefined && name.length > rule.max) {
    return [{
      property: rule.property,
      reason: `invalid value "${name}" for ${rule.property}: it has ${name.length} characters, at most ` +
        `${rule.max} are allowed`
    }]
  }
  return []
}
