/**
 * Certificates of the tls package over time. One is replaced by the first up in the time before its
 * end at which it counts as due (tls/package.ts, `overdue`), or by the first up after its authority
 * was; ups are those that the federation's schedules launch, each of which is assumed to succeed.
 */
import { type ResourceV3 } from '../../store.ts'
import { numberAt, stringAt } from '../wire-values.ts'
import { type AgedWorld, phaseOf } from './aged-world.ts'

const hourMs = 60 * 60_000

/** A certificate as it was issued at one time. */
export interface Generation {
  readonly start: number
  readonly end: number
}

/** Text of a PEM block that is the same however it is wrapped. */
export function samePem (pem: string): string {
  return pem.replace(/\s+/g, '')
}

/**
 * The most generations of one certificate that are followed: one that lives an hour is replaced by
 * each up, and whoever asks wants to know the first that ended.
 */
const mostGenerations = 4_000

/** The certificates in a world's states. */
export class Renewals {
  readonly #world: AgedWorld
  readonly #certificates = new Map<string, ResourceV3>()
  readonly #byPem = new Map<string, string>()
  readonly #generations = new Map<string, readonly Generation[]>()
  readonly #ups = new Map<string, number | undefined>()

  constructor (world: AgedWorld) {
    this.#world = world
    for (const { resources } of world.stacks) {
      for (const resource of resources) {
        if (!/^tls:index\/(selfSigned|locallySigned)Cert:/.test(resource.type) || resource.delete) continue
        this.#certificates.set(resource.urn, resource)
        const pem = stringAt(resource.outputs, 'certPem')
        if (pem !== undefined) this.#byPem.set(samePem(pem), resource.urn)
      }
    }
  }

  get certificates (): Iterable<ResourceV3> {
    return this.#certificates.values()
  }

  has (urn: string): boolean {
    return this.#certificates.has(urn)
  }

  /** The certificate of a state that a PEM block is; undefined for one from elsewhere. */
  issued (pem: string): ResourceV3 | undefined {
    const urn = this.#byPem.get(samePem(pem))
    return urn === undefined ? undefined : this.#certificates.get(urn)
  }

  /** The first scheduled up of a phase at or after a time; undefined when none comes. */
  up (phase: number | undefined, time: number): number | undefined {
    if (phase === undefined) return undefined
    const key = `${phase} ${time}`
    if (this.#ups.has(key)) return this.#ups.get(key)
    const found = this.#world.schedules
      .filter(({ operation, phases }) => operation === 'up' && phases.from <= phase && phase <= phases.to)
      .map(({ next }) => next(time - 1)).filter((at) => at !== undefined)
    const first = found.length === 0 ? undefined : Math.min(...found)
    this.#ups.set(key, first)
    return first
  }

  /** Times at which a certificate was and will be issued, as far as the world ages. */
  generations (urn: string): readonly Generation[] {
    const known = this.#generations.get(urn)
    if (known) return known
    // An authority that signed itself, in whatever round: nobody's generation follows from its own.
    this.#generations.set(urn, [])
    const found = this.#followed(urn)
    this.#generations.set(urn, found)
    return found
  }

  #followed (urn: string): readonly Generation[] {
    const certificate = this.#certificates.get(urn)
    const start = Date.parse(stringAt(certificate?.outputs, 'validityStartTime') ?? '')
    const end = Date.parse(stringAt(certificate?.outputs, 'validityEndTime') ?? '')
    if (!certificate || Number.isNaN(start) || Number.isNaN(end)) return []
    const phase = phaseOf(this.#world, urn)
    const early = numberAt(certificate.outputs, 'earlyRenewalHours', 0) * hourMs
    const issuer = this.issued(stringAt(certificate.inputs, 'caCertPem') ?? '')
    const issued = issuer && issuer.urn !== urn ? this.generations(issuer.urn) : []
    const generations: Generation[] = [{ start, end }]
    let last = { start, end }
    while (generations.length < mostGenerations) {
      const due = this.up(phase, Math.max(last.end - early, last.start + 1))
      const signed = issued.find((one) => one.start > last.start)
      const follows = signed && this.up(phase, signed.start)
      const at = Math.min(due ?? Infinity, follows ?? Infinity)
      if (at > this.#world.to) break
      last = { start: at, end: at + (end - start) }
      generations.push(last)
    }
    return generations
  }
}
