/**
 * A customer managed key of one region, rotated every 90 days, that the project's service agents
 * may use.
 */
import * as gcp from '@pulumi/gcp'
import {
  ComponentResource,
  type ComponentResourceOptions,
  interpolate,
  type Input,
  type Output
} from '@pulumi/pulumi'
import { type GrantOptions } from '../grants.ts'
import { lifeSuffix } from '../life-suffix.ts'
import { boundedName } from '../naming.ts'

/** Characters of a ring's name before its end: 63 at most in all. */
const longestStart = 54

export interface RegionKeyArgs {
  readonly location: string
  /** Beginning of the ring's name; its end makes it the only one of its name there ever was. */
  readonly ring: string
  /** Members (`serviceAccount:…`) that may encrypt and decrypt, by the agent's name. */
  readonly agents: Readonly<Record<string, Input<string>>>
  /** Options of grants that are used at once. */
  readonly granted: GrantOptions
}

/** Outputs `key`, the crypto key's id, known once every agent may use it. */
export class RegionKey extends ComponentResource {
  readonly key: Output<string>
  /** Resources that have to be there before the agents can use the key. */
  readonly grants: gcp.kms.CryptoKeyIAMMember[]

  constructor (name: string, args: RegionKeyArgs, options?: ComponentResourceOptions) {
    super('windlass:gcp:RegionKey', name, {}, options)
    const inside = { parent: this }
    // A ring is never deleted, and keeps its name: one that is made again needs another. One that
    // was deployed without an end of its own keeps the name that it has.
    const ring = new gcp.kms.KeyRing(`${name}-ring`, {
      name: interpolate`${boundedName(longestStart, args.ring)}-${lifeSuffix(`${name}-ring`, inside)}`,
      location: args.location
    }, { ...inside, ignoreChanges: ['name'] })
    const key = new gcp.kms.CryptoKey(`${name}-key`, {
      keyRing: ring.id,
      purpose: 'ENCRYPT_DECRYPT',
      rotationPeriod: `${90 * 24 * 60 * 60}s`,
      versionTemplate: { algorithm: 'GOOGLE_SYMMETRIC_ENCRYPTION', protectionLevel: 'SOFTWARE' }
    }, inside)
    this.grants = Object.entries(args.agents).map(([agent, member]) =>
      new gcp.kms.CryptoKeyIAMMember(`${name}-key-${agent}`, {
        cryptoKeyId: key.id,
        role: 'roles/cloudkms.cryptoKeyEncrypterDecrypter',
        member
      }, { ...inside, ...args.granted })
    )
    this.key = key.id
    this.registerOutputs({ key: this.key })
  }
}
