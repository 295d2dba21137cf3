/**
 * Check as the providers do it: required inputs, names that are made up where none is given,
 * defaults, and the rules of the models.
 */
import { headOf } from '../../contract/text/cut.ts'
import { type CheckFailure, type CheckRequest, type CheckResponse } from '../provider.ts'
import { type CloudQuery, type CloudRecord } from '../store.ts'
import { type WireObject, type WireValue } from '../wire.ts'
import { type Instance } from './draft.ts'
import { identifiers, type Identifiers } from './identifiers.ts'
import { keptType } from './kept-names.ts'
import { type PackageModel, modelOf } from './package-model.ts'
import { type NameRule } from './resource-model.ts'
import { typeFacts } from './schema-table.ts'
import { hasUnknown, plain, plainObject, stableText, valueAt } from './wire-values.ts'

/** Key under which bridged providers keep in the state which inputs they made up. */
const defaultsKey = '__defaults'
/** Longest name where a rule does not say. */
const longestName = 255
/** Hexadecimal digits that the real providers append to a made-up name. */
const suffixDigits = 7

/** A name that is made up from the URN's name by a rule. */
export function madeUpName (urnName: string, rule: NameRule, make: Identifiers): string {
  const base = rule.lower ? urnName.toLowerCase() : urnName
  if (rule.auto === 'copy') return headOf(base, rule.max ?? longestName)
  if (rule.auto === 'uuid') return make.uuid('name')
  const separator = rule.separator ?? '-'
  const digits = make.hex(rule.digits ?? (separator === '' ? suffixDigits + 1 : suffixDigits), 'name')
  const kept = separator === '' && rule.pattern
    ? base.replace(/[^A-Za-z0-9]/g, rule.pattern.test('a-b1') ? '$&' : '')
    : base
  return headOf(kept, (rule.max ?? longestName) - digits.length - separator.length) + separator + digits
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

/** Tells if the provider made up a physical name. */
export function isMadeUp (inputs: WireObject, rule: NameRule | undefined): boolean {
  const defaults = inputs[defaultsKey]
  const annotation = valueAt(inputs, 'metadata.annotations')
  return rule !== undefined && ((Array.isArray(defaults) && defaults.includes(rule.property)) ||
    (typeof annotation === 'object' && annotation !== null && !Array.isArray(annotation) &&
      annotation['pulumi.com/autonamed'] === 'true'))
}

/** Everything that a check follows from besides the request. */
interface Checking {
  package: PackageModel
  instance: Instance
  seed: number
  find: (query: CloudQuery) => Promise<CloudRecord[]>
}

/** Names that are tried for one URN: more replaced resources than this are never left at once. */
const tries = 8

/**
 * A made-up name for a new resource. It follows from the inputs too, so that a replacement, which
 * exists beside the old resource, gets a name of its own. A name that an earlier resource of this
 * URN still has (its deletion may have failed, its cloud may keep it) is passed over.
 */
async function freeName (
  request: CheckRequest,
  rule: NameRule,
  { package: pack, instance, seed, find }: Checking
): Promise<string> {
  const taken = rule.auto === 'random' && !pack.stateOnly
    ? new Set(
      (await find({
        pkg: pack.pkg,
        token: request.urn,
        any: [{ type: request.type }, { type: keptType(request.type) }]
      })).map((record) => record.name)
    )
    : new Set<string>()
  const inputs = stableText(plainObject(request.news))
  let name = ''
  for (let attempt = 0; attempt < tries; attempt++) {
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
 * Checks the inputs of a resource and fills in what the provider does. Failures name the property.
 */
export async function checkInputs (request: CheckRequest, checking: Checking): Promise<CheckResponse> {
  const { package: pack, instance } = checking
  const model = modelOf(pack, request.type)
  const facts = typeFacts(pack.pkg, request.type)
  const failures: CheckFailure[] = []
  const fallback = pack.nameRule(request.type, facts)
  const rule = model?.name ?? fallback
  let inputs: WireObject = {}
  for (const [key, value] of Object.entries(request.news)) {
    if (key !== defaultsKey && value !== null) inputs[key] = value
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
  if (pack.pkg !== 'kubernetes' && pack.pkg !== 'azure-native') inputs[defaultsKey] = made.sort()

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
