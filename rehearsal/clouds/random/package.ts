/**
 * The `random` package: results follow from seed, URN and inputs, so that a rehearsal repeats.
 * Nothing of it is in a cloud.
 */
import { createHash } from 'node:crypto'
import { ProviderError, Status, type CheckFailure } from '../../provider.ts'
import { type WireObject } from '../../wire.ts'
import { type Draft, type Failure } from '../draft.ts'
import { type PackageModel } from '../package-model.ts'
import { type ResourceModel } from '../resource-model.ts'
import { numberAt, objectAt, stringAt, stringsAt } from '../wire-values.ts'

const lowerCase = 'abcdefghijklmnopqrstuvwxyz'
const upperCase = lowerCase.toUpperCase()
const numericCharacters = '0123456789'
const specialCharacters = '!@#$%&*()-_=+[]{}<>:?'
const petWords = {
  adverbs: ['barely', 'evenly', 'kindly', 'mostly', 'nearly', 'really', 'simply', 'wholly'],
  adjectives: ['brave', 'calm', 'eager', 'fair', 'keen', 'noble', 'quick', 'wise'],
  names: ['badger', 'crane', 'falcon', 'heron', 'lynx', 'marten', 'otter', 'seal']
}

/**
 * A string of a RandomString or RandomPassword: the asked-for minimum of each kind, the rest from
 * all, shuffled.
 */
function textOf (draft: Draft): string {
  const { inputs, make } = draft
  const on = (key: string): boolean => inputs[key] !== false
  const kinds: [string, string][] = [
    ['minLower', on('lower') ? lowerCase : ''],
    ['minUpper', on('upper') ? upperCase : ''],
    ['minNumeric', on('numeric') && on('number') ? numericCharacters : ''],
    ['minSpecial', on('special') ? stringAt(inputs, 'overrideSpecial') ?? specialCharacters : '']
  ]
  const all = kinds.map(([, alphabet]) => alphabet).join('')
  const characters: string[] = []
  for (const [key, alphabet] of kinds) {
    if (alphabet === '') continue
    for (let index = 0; index < numberAt(inputs, key, 0); index++) {
      characters.push(alphabet.charAt(make.integer(alphabet.length, `${key}${index}`)))
    }
  }
  for (let index = characters.length; index < numberAt(inputs, 'length', 0); index++) {
    characters.push(all.charAt(make.integer(all.length, `any${index}`)))
  }
  return shuffled(characters, draft).join('')
}

function shuffled<T> (items: T[], { make }: Draft): T[] {
  const result = [...items]
  for (let index = result.length - 1; index > 0; index--) {
    const other = make.integer(index + 1, `shuffle${index}`)
    const [a, b] = [result[index], result[other]]
    if (a !== undefined && b !== undefined) [result[index], result[other]] = [b, a]
  }
  return result
}

/**
 * In bcrypt's form (`$2a$10$`, 22 characters of salt, 31 of hash), not bcrypt: nothing in a
 * rehearsal checks a password against it.
 */
function bcryptShaped (text: string): string {
  const digest = createHash('sha512').update(text).digest('base64').replace(/[+=]/g, '.')
  return `$2a$10$${digest.slice(0, 53)}`
}

function lengthFailures (inputs: WireObject): CheckFailure[] {
  const length = inputs.length
  if (typeof length !== 'number') return []
  if (length < 1) {
    return [{ property: 'length', reason: `Attribute length value must be at least 1, got: ${length}` }]
  }
  const least = ['minLower', 'minUpper', 'minNumeric', 'minSpecial'].reduce(
    (sum, key) => sum + numberAt(inputs, key, 0),
    0
  )
  return least > length
    ? [{
      property: 'length',
      reason: 'Attribute length value must be at least sum of min_upper + min_lower + min_numeric + ' +
        `min_special, got: ${length}`
    }]
    : []
}

const textDefaults = (): WireObject => ({
  lower: true,
  upper: true,
  numeric: true,
  number: true,
  special: true,
  minLower: 0,
  minUpper: 0,
  minNumeric: 0,
  minSpecial: 0
})
const once = (outputs: (draft: Draft) => WireObject) => (draft: Draft): WireObject =>
  draft.previous ? {} : outputs(draft)

/** Bytes of a RandomId with its renderings. */
function idOutputs (draft: Draft): WireObject {
  const bytes = draft.make.bytes(numberAt(draft.inputs, 'byteLength', 1), 'id')
  const prefix = stringAt(draft.inputs, 'prefix') ?? ''
  return {
    hex: prefix + bytes.toString('hex'),
    dec: prefix + BigInt(`0x${bytes.toString('hex')}`).toString(),
    b64Std: prefix + bytes.toString('base64'),
    b64Url: prefix + bytes.toString('base64url')
  }
}

const models: Record<string, ResourceModel> = {
  'random:index/randomId:RandomId': {
    id: (draft) => draft.make.bytes(numberAt(draft.inputs, 'byteLength', 1), 'id').toString('base64url'),
    outputs: once(idOutputs)
  },
  'random:index/randomBytes:RandomBytes': {
    id: (draft) => draft.make.bytes(numberAt(draft.inputs, 'length', 1), 'bytes').toString('base64'),
    outputs: once((draft) => {
      const bytes = draft.make.bytes(numberAt(draft.inputs, 'length', 1), 'bytes')
      return { base64: bytes.toString('base64'), hex: bytes.toString('hex') }
    })
  },
  'random:index/randomString:RandomString': {
    id: textOf,
    check: lengthFailures,
    defaults: textDefaults,
    outputs: once((draft) => ({ result: textOf(draft) }))
  },
  'random:index/randomPassword:RandomPassword': {
    id: () => 'none',
    check: lengthFailures,
    defaults: textDefaults,
    outputs: once((draft) => ({ result: textOf(draft), bcryptHash: bcryptShaped(textOf(draft)) }))
  },
  'random:index/randomInteger:RandomInteger': {
    id: (draft) => String(integerOf(draft)),
    check: (inputs) =>
      typeof inputs.min === 'number' && typeof inputs.max === 'number' && inputs.min > inputs.max
        ? [{
          property: 'min',
          reason: 'The minimum (min) value needs to be smaller than or equal to maximum (max) value.'
        }]
        : [],
    outputs: once((draft) => ({ result: integerOf(draft) }))
  },
  'random:index/randomUuid:RandomUuid': {
    id: (draft) => draft.make.uuid('result'),
    outputs: once((draft) => ({ result: draft.make.uuid('result') }))
  },
  'random:index/randomUuid4:RandomUuid4': {
    id: (draft) => draft.make.uuid('result'),
    outputs: once((draft) => ({ result: draft.make.uuid('result') }))
  },
  'random:index/randomUuid7:RandomUuid7': {
    id: (draft) => uuid7(draft),
    outputs: once((draft) => ({ result: uuid7(draft) }))
  },
  'random:index/randomPet:RandomPet': {
    id: petOf,
    defaults: () => ({ length: 2, separator: '-' }),
    outputs: once(() => ({}))
  },
  'random:index/randomShuffle:RandomShuffle': {
    id: () => '-',
    outputs: once((draft) => {
      const items = stringsAt(draft.inputs, 'inputs[]')
      return { results: shuffled(items, draft).slice(0, numberAt(draft.inputs, 'resultCount', items.length)) }
    })
  }
}

function integerOf (draft: Draft): number {
  const min = numberAt(draft.inputs, 'min', 0)
  return min + draft.make.integer(numberAt(draft.inputs, 'max', 0) - min + 1, 'result')
}

/** Version 7: milliseconds in front (RFC 9562, 5.7). */
function uuid7 (draft: Draft): string {
  const time = new Date(draft.created).getTime().toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${draft.make.uuid('result').slice(15)}`
}

function petOf (draft: Draft): string {
  const { adverbs, adjectives, names } = petWords
  const length = numberAt(draft.inputs, 'length', 2)
  const words = Array.from({ length }, (_, index) => {
    const list = index === length - 1 ? names : index === length - 2 ? adjectives : adverbs
    return list[draft.make.integer(list.length, `word${index}`)] ?? ''
  })
  const prefix = stringAt(draft.inputs, 'prefix')
  return [...prefix === undefined ? [] : [prefix], ...words].join(stringAt(draft.inputs, 'separator') ?? '-')
}

const refused = (message: string): Failure => ({ status: 400, code: 'Invalid', message })

export const random: PackageModel = {
  pkg: 'random',
  cloud: undefined,
  stateOnly: true,
  anew: true,
  models,
  invokes: {},
  configure: (config) => ({ account: '', region: '', config }),
  replacingConfig: [],
  place: () => ({ account: '', region: '' }),
  nameRule: () => undefined,
  id: (draft) => draft.make.hex(16, 'id'),
  computed: (draft, { name, kind }) =>
    kind === 'm' ? objectAt(draft.inputs, name) : kind === 'i' ? 0 : kind === 'b' ? false : '',
  replaces: () => true,
  deletesFirst: () => false,
  candidates: (value) => [value],
  fail: (failure) => new ProviderError(failure.message, { code: Status.InvalidArgument }),
  failures: {
    invalid: refused,
    denied: () => refused('the credentials are not taken'),
    throttled: () => refused('the random package asks no cloud: it cannot be throttled'),
    overQuota: () => refused('the random package has no quotas'),
    inUse: () => refused('in use'),
    notFound: (value) => refused(`${value} was not found`),
    taken: (draft) => refused(`${draft.name} exists`)
  }
}
