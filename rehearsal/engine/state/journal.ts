/**
 * The journal of an operation: what happened to a stack's state since its last complete deployment,
 * in order. `replay` folds it into a deployment; the engine itself gets its final deployment by the
 * same fold, so what a crash leaves behind is what the engine held.
 *
 * A state is named by its place in the base (`old`) or by the number that the journal gave it when
 * it was added (`add`).
 */
import { createHash } from 'node:crypto'
import { type DeploymentV3, type JournalEntry, type ResourceV3 } from '../../store.ts'
import { normaliseAliases } from './aliases.ts'
import { withoutGone } from './gone.ts'

export type OperationType = NonNullable<DeploymentV3['pending_operations']>[number]['type']
export type StateName = { old: number } | { add: number }

/**
 * An operation starts. The state so far becomes its base; pending creations of earlier operations
 * stay.
 */
export interface StartEntry {
  kind: 'start'
  time: string
  version: string
  secretsProviders?: DeploymentV3['secrets_providers']
}
/** A provider is about to be asked to change `resource`. */
export interface BeginEntry {
  kind: 'begin'
  operation: number
  type: OperationType
  resource: ResourceV3
}
/** A step has ended, and with it its pending operation. States were removed, added or changed. */
export interface EndEntry {
  kind: 'end'
  operation?: number
  remove?: StateName[]
  add?: { number: number, resource: ResourceV3 }
  keep?: { number: number, old: number }
  change?: { name: StateName, resource: ResourceV3 }[]
  /** A refresh found the change: what is gone is named nowhere any more. */
  refreshed?: boolean
}
/** A refresh replaced the base. Each place has the base's own resource or a new reading of it. */
export interface RefreshEntry {
  kind: 'refresh'
  resources: ({ old: number } | { resource: ResourceV3 })[]
}
/** Pending operations of earlier operations are settled. */
export interface ForgetEntry {
  kind: 'forget'
}
export type Change = StartEntry | BeginEntry | EndEntry | RefreshEntry | ForgetEntry
export type Entry = { seq: number } & Change

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** A deployment's manifest: `magic` guards against tampering (pulumi `manifest.NewMagic`). */
export function manifest (time: string, version: string): DeploymentV3['manifest'] {
  return { time, magic: sha256(version), version }
}

/** The state that a journal describes, entry by entry. */
export class Ledger {
  #manifest: DeploymentV3['manifest']
  #secretsProviders: DeploymentV3['secrets_providers']
  #metadata: Record<string, unknown>
  #base: ResourceV3[]
  #basePending: NonNullable<DeploymentV3['pending_operations']>
  #removed = new Set<number>()
  #added = new Map<number, ResourceV3>()
  #pending = new Map<number, { resource: ResourceV3, type: OperationType }>()
  #refreshed = false

  constructor (base: DeploymentV3 | undefined) {
    this.#manifest = base?.manifest ?? manifest('0001-01-01T00:00:00Z', '')
    this.#secretsProviders = base?.secrets_providers
    this.#metadata = base?.metadata ?? {}
    this.#base = base?.resources ?? []
    this.#basePending = base?.pending_operations ?? []
  }

  /** The resources that `old` counts. */
  get base (): readonly ResourceV3[] {
    return this.#base
  }

  apply (entry: Change): void {
    switch (entry.kind) {
      case 'start':
        return this.#start(entry)
      case 'begin':
        this.#pending.set(entry.operation, { resource: entry.resource, type: entry.type })
        return
      case 'end':
        return this.#end(entry)
      case 'refresh':
        return this.#refresh(entry)
      case 'forget':
        this.#basePending = []
    }
  }

  #start (entry: StartEntry): void {
    const so = this.deployment()
    this.#manifest = manifest(entry.time, entry.version)
    if (entry.secretsProviders) this.#secretsProviders = entry.secretsProviders
    this.#base = so.resources ?? []
    // The real engine keeps pending creations of earlier operations: about the others it can ask
    // the provider.
    this.#basePending = (so.pending_operations ?? []).filter(({ type }) => type === 'creating')
    this.#removed.clear()
    this.#added.clear()
    this.#pending.clear()
    this.#refreshed = false
  }

  #refresh (entry: RefreshEntry): void {
    const removed = new Set<number>()
    this.#base = entry.resources.flatMap((place, number) => {
      if (!('old' in place)) return [place.resource]
      if (this.#removed.has(place.old)) removed.add(number)
      return this.#base[place.old] ?? []
    })
    this.#removed = removed
  }

  #end (entry: EndEntry): void {
    this.#refreshed ||= entry.refreshed === true
    if (entry.operation !== undefined) this.#pending.delete(entry.operation)
    for (const { name, resource } of entry.change ?? []) {
      if ('old' in name) this.#base = this.#base.with(name.old, resource)
      else if (this.#added.has(name.add)) this.#added.set(name.add, resource)
    }
    for (const name of entry.remove ?? []) {
      if ('old' in name) this.#removed.add(name.old)
      else this.#added.delete(name.add)
    }
    if (entry.add) this.#added.set(entry.add.number, entry.add.resource)
    const kept = entry.keep && this.#base[entry.keep.old]
    if (entry.keep && kept) {
      this.#removed.add(entry.keep.old)
      this.#added.set(entry.keep.number, kept)
    }
  }

  deployment (): DeploymentV3 {
    // Resources of the operation come first, in order of completion; then those that it has not
    // touched.
    const all = [...this.#added.values(), ...this.#base.filter((_, place) => !this.#removed.has(place))]
    const resources = this.#refreshed ? withoutGone(all) : all
    const pending = [...this.#pending.values(), ...this.#basePending]
    return normaliseAliases({
      manifest: this.#manifest,
      ...(this.#secretsProviders && { secrets_providers: this.#secretsProviders }),
      ...(resources.length > 0 && { resources }),
      ...(pending.length > 0 && { pending_operations: pending }),
      metadata: this.#metadata
    })
  }
}

/** The deployment after the entries; pure. */
export function replay (
  base: DeploymentV3 | undefined,
  entries: readonly JournalEntry[]
): DeploymentV3 | undefined {
  if (entries.length === 0) return base
  const ledger = new Ledger(base)
  for (const entry of entries) ledger.apply(entry as unknown as Entry)
  return ledger.deployment()
}
