/** Credentials that never end, and those that end before their holders have the next. */
import { type CloudRecord } from '../../store.ts'
import { objectAt, plain, stringAt } from '../wire-values.ts'
import {
  type AgedWorld,
  dayMs,
  type Found,
  isWithin,
  nameOf,
  phaseOf,
  placeOf,
  type Seen
} from './aged-world.ts'
import { type Generation, type Renewals } from './renewals.ts'
import { secretsOf, textsIn } from './secrets.ts'

/**
 * Days after which a service account's token should be another one: a year is the longest that
 * Kubernetes itself gives one that a pod asked for.
 */
const tokenDays = 365
const tokenSource = 'https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/ ' +
  '(--service-account-extend-token-expiration)'

/** Keys of clouds' identities, which have no end, and when their clouds want them replaced. */
const cloudKeys: Readonly<Record<string, { readonly days: number, readonly source: string }>> = {
  'aws:iam/accessKey:AccessKey': {
    days: 90,
    source: 'https://docs.aws.amazon.com/config/latest/developerguide/access-keys-rotated.html'
  },
  'gcp:serviceaccount/key:Key': {
    days: 90,
    source: 'https://cloud.google.com/iam/docs/best-practices-for-managing-service-account-keys'
  }
}

export function tokensIn (world: AgedWorld, renewals: Renewals): Seen {
  const secrets = secretsOf(world)
  const findings = secrets
    .filter((secret) => stringAt(plain(secret.inputs), 'type') === 'kubernetes.io/service-account-token')
    .flatMap((secret) => {
      const rotations = rotationsOf(world, renewals, secret)
      return [...neverEnds(world, secret, rotations), ...heldElsewhere(world, renewals, secret, rotations)]
    })
  return { findings: [...findings, ...keysIn(world)] }
}

/**
 * Times at which a token's Secret is another one: its name follows from when a certificate began,
 * which is how a program without a clock has a resource replaced now and then.
 */
function rotationsOf (world: AgedWorld, renewals: Renewals, secret: CloudRecord): readonly Generation[] {
  for (const { resources } of world.stacks) {
    const resource = resources.find(({ urn, delete: going }) => urn === secret.token && !going)
    if (!resource) continue
    const timing = (resource.propertyDependencies?.['metadata'] ?? []).find((urn) => renewals.has(urn))
    const certificate = timing === undefined
      ? undefined
      : resources.find(({ urn }) => urn === timing)
    const began = stringAt(certificate?.outputs, 'validityStartTime')?.slice(0, 10).replaceAll('-', '')
    return timing !== undefined && began !== undefined && secret.name.includes(began)
      ? renewals.generations(timing).slice(1)
      : []
  }
  return []
}

function neverEnds (world: AgedWorld, secret: CloudRecord, rotations: readonly Generation[]): Found[] {
  const made = [Date.parse(secret.created), ...rotations.map(({ start }) => start)]
  const late = made.findIndex((start, index) => (made[index + 1] ?? Infinity) > start + tokenDays * dayMs)
  const at = (made[late] ?? Infinity) + tokenDays * dayMs
  return isWithin(world, at)
    ? [{
      code: 'token-never-ends',
      effect: 'exposes',
      at,
      ...placeOf(world, secret),
      message:
        `Secret ${secret.id}: its token was made ${tokenDays} days before, has no end, and still works`,
      right:
        'a token that is bound to an end (TokenRequest), or a Secret that is replaced with its readers: ' +
        'a name that changes, and a schedule with operation up of the phases that make and read it',
      source: tokenSource
    }]
    : []
}

/** Secrets elsewhere that keep a token which was replaced. */
function heldElsewhere (
  world: AgedWorld,
  renewals: Renewals,
  secret: CloudRecord,
  rotations: readonly Generation[]
): Found[] {
  const encoded = objectAt(plain(secret.outputs), 'data')['token']
  const token = typeof encoded === 'string' ? Buffer.from(encoded, 'base64').toString('utf8') : ''
  if (token === '') return []
  return secretsOf(world).flatMap((holder): Found[] => {
    if (holder === secret || !textsIn(holder).some((text) => text.includes(token))) return []
    const phase = phaseOf(world, holder.token)
    const missed = rotations.find(({ start }) => renewals.up(phase, start) !== start)
    return missed && isWithin(world, missed.start)
      ? [{
        code: 'token-replaced-elsewhere',
        effect: 'breaks',
        at: missed.start,
        ...placeOf(world, holder),
        message: `Secret ${holder.id}: the token in it was replaced by an up that did not reach it`,
        right: `a schedule whose up takes in phase ${phase ?? '?'} too: ${nameOf(secret.token)} is made in ` +
          `phase ${phaseOf(world, secret.token) ?? '?'}`
      }]
      : []
  })
}

function keysIn (world: AgedWorld): Found[] {
  return world.records.flatMap((record): Found[] => {
    const row = cloudKeys[record.type]
    const at = row ? Date.parse(record.created) + row.days * dayMs : Infinity
    return row && isWithin(world, at)
      ? [{
        code: 'key-never-ends',
        effect: 'exposes',
        at,
        ...placeOf(world, record),
        message: `${nameOf(record.token)}: the key was made ${row.days} days before, and still works`,
        right: 'an identity that needs no key (a role, a federated or managed identity), or a key that is ' +
          `replaced within ${row.days} days`,
        source: row.source
      }]
      : []
  })
}
