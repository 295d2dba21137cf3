/**
 * Keys of the clouds' key services over time. A rotation breaks nothing: AWS keeps all material of
 * a key and decrypts with what encrypted, Google Cloud and Azure make a new version and keep the
 * old ones enabled. An Azure key with an end wraps nothing new after it.
 */
import { type AgingHappened } from '../../../contract/aging.ts'
import { type CloudRecord } from '../../store.ts'
import { type WireValue } from '../../wire.ts'
import { numberAt, plain, stringAt, stringsAt, valueAt } from '../wire-values.ts'
import {
  type AgedWorld,
  dayMs,
  type Found,
  isWithin,
  nameOf,
  placeOf,
  type Seen,
  timesIn
} from './aged-world.ts'

/** Milliseconds between two rotations; undefined: it is not rotated. */
type Rotation = (inputs: WireValue) => number | undefined

/** Days of AWS' rotation where a key says none. */
const awsDays = 365

const rotations: Readonly<Record<string, { readonly every: Rotation, readonly what: string }>> = {
  'aws:kms/key:Key': {
    every: (inputs) =>
      valueAt(inputs, 'enableKeyRotation') === true
        ? numberAt(inputs, 'rotationPeriodInDays', awsDays) * dayMs
        : undefined,
    what: 'new material; what was encrypted before is read with the old, under the same ARN ' +
      '(https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html)'
  },
  'gcp:kms/cryptoKey:CryptoKey': {
    every: (inputs) => {
      const seconds = /^(\d+)s$/.exec(stringAt(inputs, 'rotationPeriod') ?? '')?.[1]
      return seconds === undefined ? undefined : Number(seconds) * 1000
    },
    what: 'a new primary version; older ones stay enabled (https://cloud.google.com/kms/docs/key-rotation)'
  },
  'azure-native:keyvault:Key': {
    every: (inputs) =>
      stringsAt(inputs, 'properties.rotationPolicy.lifetimeActions[].action.type').some((type) =>
          type.toLowerCase() === 'rotate'
        )
        ? period(stringAt(inputs, 'properties.rotationPolicy.lifetimeActions[].trigger.timeAfterCreate'))
        : undefined,
    what: 'a new version; older ones stay enabled ' +
      '(https://learn.microsoft.com/azure/key-vault/keys/how-to-configure-key-rotation)'
  }
}

/** Milliseconds of an ISO 8601 duration of years, months, weeks or days. */
function period (text: string | undefined): number | undefined {
  const [, years = '0', months = '0', weeks = '0', days = '0'] =
    /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?$/.exec(text ?? '') ?? []
  const total = Number(years) * 365 + Number(months) * 30 + Number(weeks) * 7 + Number(days)
  return total > 0 ? total * dayMs : undefined
}

export function keysIn (world: AgedWorld): Seen {
  return {
    findings: world.records.flatMap((record) => ended(world, record)),
    happened: world.records.flatMap((record) => rotated(world, record))
  }
}

function rotated (world: AgedWorld, record: CloudRecord): AgingHappened[] {
  const row = rotations[record.type]
  const every = row?.every(plain(record.inputs))
  if (!row || every === undefined) return []
  const made = Date.parse(record.created)
  const next = (after: number): number => made + Math.max(1, Math.floor((after - made) / every) + 1) * every
  const times = timesIn(world, next)
  const { unit } = placeOf(world, record)
  return times === 0
    ? []
    : [{
      kind: 'rotation',
      name: nameOf(record.token),
      ...(unit !== undefined && { unit }),
      times,
      what: row.what
    }]
}

function ended (world: AgedWorld, record: CloudRecord): Found[] {
  if (record.type !== 'azure-native:keyvault:Key') return []
  const inputs = plain(record.inputs)
  const at = numberAt(inputs, 'properties.attributes.exp', NaN) * 1000
  const every = rotations[record.type]?.every(inputs)
  const replaced = every !== undefined && Date.parse(record.created) + every < at
  return !replaced && isWithin(world, at)
    ? [{
      code: 'encryption-key-ended',
      effect: 'breaks',
      at,
      ...placeOf(world, record),
      message: `${nameOf(record.token)}: the key has ended: it unwraps what there is, and wraps nothing new`,
      right: 'a rotation policy that makes a new version before the end, or no end',
      source: 'https://learn.microsoft.com/azure/key-vault/keys/about-keys-details#key-attributes'
    }]
    : []
}
