// Random programs, and random edits of them.
import { type Chance } from './chance.ts'

/** One resource of a random program. */
export interface Spec {
  name: string
  kind: 'custom' | 'component' | 'provider'
  /** Of custom resources; the provider replaces the last type by deleting it first. */
  type: number
  /** An input whose change is an update. */
  v: number
  /** An input whose change is a replacement; of a provider, its account. */
  fixed: number
  /** Inputs with outputs of others. A change of a key that begins with `fixed` replaces. */
  refs: { key: string, to: string, of: 'id' | 'out' }[]
  dependsOn: string[]
  parent?: string | undefined
  /** Name of its explicit provider. */
  provider?: string | undefined
  /** Name of the resource whose deletion deletes it too. */
  deletedWith?: string | undefined
  protect: boolean
  deleteBeforeReplace: boolean
  retain: boolean
  /** Changes of `v` are ignored. */
  ignores: boolean
  /** Changes of `v` replace. */
  replaces: boolean
  /** Names that it had before. */
  aliases: string[]
  /** It existed before the stack did. */
  imported: boolean
}
/** Resources in an order in which dependencies come first. */
export type Program = readonly Spec[]

export const types = 3

function makeSpec (chance: Chance, name: string, before: readonly Spec[]): Spec {
  const customs = before.filter(({ kind }) => kind === 'custom')
  const components = before.filter(({ kind }) => kind === 'component')
  const providers = before.filter(({ kind }) => kind === 'provider')
  const kind = chance.oneIn(8) ? 'component' : chance.oneIn(12) ? 'provider' : 'custom'
  const custom = kind === 'custom'
  const imported = custom && chance.oneIn(10)
  const deletedWith = custom && !imported && chance.oneIn(8) ? chance.pick(customs)?.name : undefined
  return {
    name,
    kind,
    type: chance.below(types),
    v: chance.below(3),
    fixed: chance.below(2),
    refs: custom && !imported ? makeRefs(chance, customs) : [],
    dependsOn: chance.oneIn(3) ? named(chance, customs, 2) : [],
    parent: kind !== 'provider' && chance.oneIn(3) ? chance.pick(components)?.name : undefined,
    provider: custom && chance.oneIn(3) ? chance.pick(providers)?.name : undefined,
    deletedWith,
    protect: custom && chance.oneIn(15),
    deleteBeforeReplace: custom && chance.oneIn(8),
    retain: custom && deletedWith === undefined && chance.oneIn(12),
    ignores: custom && chance.oneIn(10),
    replaces: custom && chance.oneIn(10),
    aliases: [],
    imported
  }
}

function named (chance: Chance, among: readonly Spec[], most: number): string[] {
  const count = chance.between(1, most)
  return [...new Set(Array.from({ length: count }, () => chance.pick(among)?.name ?? []).flat())]
}

function makeRefs (chance: Chance, customs: readonly Spec[]): Spec['refs'] {
  if (!chance.oneIn(2)) return []
  return named(chance, customs, 3).map((to, n) => ({
    key: `${chance.oneIn(3) ? 'fixed' : 'ref'}${n}`,
    to,
    of: chance.oneIn(2) ? 'id' : 'out'
  }))
}

export function randomProgram (chance: Chance, size: number): Program {
  const specs: Spec[] = []
  for (let n = 0; n < size; n++) specs.push(makeSpec(chance, `r${n}`, specs))
  return specs
}

/** The specs without a name: whatever pointed at it points nowhere. */
function without (specs: readonly Spec[], name: string): Spec[] {
  const kept = (other: string | undefined): string | undefined => other === name ? undefined : other
  return specs.filter((spec) => spec.name !== name).map((spec) => ({
    ...spec,
    refs: spec.refs.filter(({ to }) => to !== name),
    dependsOn: spec.dependsOn.filter((other) => other !== name),
    parent: kept(spec.parent),
    provider: kept(spec.provider),
    deletedWith: kept(spec.deletedWith)
  }))
}

/** The specs with another name for one of them; `alias`: it stays the same resource. */
function renamed (specs: readonly Spec[], from: string, to: string, alias: boolean): Spec[] {
  const name = (other: string | undefined): string | undefined => other === from ? to : other
  return specs.map((spec) => ({
    ...spec,
    name: name(spec.name) ?? '',
    aliases: spec.name === from && alias ? [...spec.aliases, from] : spec.aliases,
    refs: spec.refs.map((ref) => ({ ...ref, to: name(ref.to) ?? '' })),
    dependsOn: spec.dependsOn.map((other) => name(other) ?? ''),
    parent: name(spec.parent),
    provider: name(spec.provider),
    deletedWith: name(spec.deletedWith)
  }))
}

/** Tells if a resource or one under it is protected: then its URN has to stay. */
function holdsProtected (specs: readonly Spec[], name: string): boolean {
  return specs.some((spec) =>
    (spec.protect && spec.name === name) || (spec.parent === name && holdsProtected(specs, spec.name))
  )
}

type Edit = (chance: Chance, specs: readonly Spec[], at: Spec, fresh: string) => Spec[]

const change = (make: (chance: Chance, at: Spec) => Partial<Spec>): Edit => (chance, specs, at) =>
  specs.map((spec) => spec === at ? { ...spec, ...make(chance, at) } : spec)

const edits: readonly Edit[] = [
  change((chance) => ({ v: chance.below(5) })),
  change((chance) => ({ v: chance.below(5) })),
  change((chance) => ({ fixed: chance.below(3) })),
  change((_, { deleteBeforeReplace, kind }) => ({
    deleteBeforeReplace: kind === 'custom' && !deleteBeforeReplace
  })),
  change((_, { retain, deletedWith, kind }) => ({
    retain: kind === 'custom' && deletedWith === undefined && !retain
  })),
  change((_, { replaces, kind }) => ({ replaces: kind === 'custom' && !replaces })),
  change((_, { refs }) => ({ refs: refs.slice(1) })),
  change(() => ({ dependsOn: [] })),
  // A protected resource that is gone from the program would be refused for good.
  (_, specs, at) => holdsProtected(specs, at.name) ? [...specs] : without(specs, at.name),
  // A provider that is found under an alias does not replace its resources when it is replaced, in
  // the real engine neither: a provider is renamed without one.
  (chance, specs, at, fresh) =>
    renamed(
      specs,
      at.name,
      fresh,
      at.kind !== 'provider' && (!chance.oneIn(3) || holdsProtected(specs, at.name))
    ),
  (chance, specs, _, fresh) => [...specs, { ...makeSpec(chance, fresh, specs), imported: false }]
]

/** Edits a program at random. Names that begin with `prefix` are free. */
export function edited (chance: Chance, program: Program, prefix: string): Program {
  let specs: readonly Spec[] = program.map((spec) => ({ ...spec, imported: false }))
  const count = chance.between(1, Math.max(2, Math.ceil(program.length / 5)))
  for (let n = 0; n < count; n++) {
    const at = chance.pick(specs)
    const edit = chance.pick(edits)
    if (at && edit) specs = edit(chance, specs, at, `${prefix}${n}`)
  }
  return specs
}

export function unprotected (program: Program): Program {
  return program.map((spec) => ({ ...spec, protect: false }))
}
