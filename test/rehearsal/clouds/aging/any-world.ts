/** Worlds in which something ages, for tests: certificates are real, everything else is given. */
import { occurrenceAfter } from '../../../../automation/schedules/occurrences.ts'
import { type AgedSchedule, type AgedWorld } from '../../../../rehearsal/clouds/aging/aged-world.ts'
import { type CloudRecord, type ResourceV3 } from '../../../../rehearsal/store.ts'
import { type WireObject } from '../../../../rehearsal/wire.ts'
import { make, provider, world } from '../world.ts'

export const begun = Date.parse('2026-12-01T08:00:00Z')
export const dayMs = 24 * 60 * 60_000
const next = (cron: string, after: number) => occurrenceAfter({ cron, timeZone: 'UTC' }, after)?.instant

export const urn = (stack: string, type: string, name: string): string =>
  `urn:pulumi:${stack}::windlass::${type}::${name}`

/** A schedule with operation up, in UTC. */
export function upBy (cron: string, from: number, to: number): AgedSchedule {
  return { name: cron, operation: 'up', phases: { from, to }, next: (after) => next(cron, after) }
}

/** A record that was made as the world began. */
export function record (
  type: string,
  id: string,
  inputs: WireObject,
  more: Partial<CloudRecord> = {}
): CloudRecord {
  const [pkg = ''] = type.split(':')
  return {
    id,
    pkg,
    type,
    account: 'api.example.com',
    region: '',
    name: id.split('/').at(-1) ?? id,
    token: urn('f.mesh.a', type, id),
    incarnation: '1',
    created: '2026-12-01T08:00:00Z',
    inputs,
    outputs: inputs,
    ...more
  }
}

/** A world of the stacks `f.mesh.a` (phase 4) and `f.disaster-recovery.a` (7). */
export function worldOf (
  { days, mesh = [], recovery = [], records = [], schedules = [], from = begun }: {
    days: number
    mesh?: ResourceV3[]
    recovery?: ResourceV3[]
    records?: CloudRecord[]
    schedules?: AgedSchedule[]
    from?: number
  }
): AgedWorld {
  return {
    from,
    to: from + days * dayMs,
    stacks: [
      { stack: 'f.mesh.a', unit: 'mesh.a', phase: 4, resources: mesh },
      { stack: 'f.disaster-recovery.a', unit: 'disaster-recovery.a', phase: 7, resources: recovery }
    ],
    records,
    schedules,
    next
  }
}

/** A certificate that signs itself, as a state has it. */
export async function certificate (
  name: string,
  { days, early = 0, ca = false }: { days: number, early?: number, ca?: boolean }
): Promise<{ resource: ResourceV3, pem: string }> {
  const tls = await provider(world({ now: () => new Date(begun) }).clouds, 'tls')
  const key = await make(tls, 'tls:index/privateKey:PrivateKey', 'k', {
    algorithm: 'ECDSA',
    ecdsaCurve: 'P256'
  })
  const type = 'tls:index/selfSignedCert:SelfSignedCert'
  const inputs: WireObject = {
    privateKeyPem: key.properties.privateKeyPem ?? '',
    allowedUses: ['server_auth'],
    isCaCertificate: ca,
    validityPeriodHours: days * 24,
    earlyRenewalHours: early * 24,
    subject: { commonName: name }
  }
  const made = await make(tls, type, name, inputs)
  return {
    resource: {
      urn: urn('f.mesh.a', type, name),
      custom: true,
      type,
      inputs: made.inputs,
      outputs: made.properties
    },
    pem: String(made.properties.certPem)
  }
}
