/** The walls between the rooms: who may import what, types included. Pure. */
import { type ImportGraph } from './imports.ts'

/** A rule about the imports of the files whose path begins with `room`. */
export interface Wall {
  /** Beginning of the paths that the rule is about. */
  readonly room: string
  /** Beginnings of the paths that these files may import besides their own room's. */
  readonly allowed: readonly string[]
  /** Beginnings of the packages that these files may import; absent: any. */
  readonly packages?: readonly string[]
  /** Sentence that says what is right, for the message. */
  readonly rule: string
}

/** One list for all rooms; a file is held to the first wall whose room it lies in. */
export const walls: readonly Wall[] = [
  { room: 'contract/words.ts', allowed: [], packages: [], rule: 'contract/words.ts imports nothing' },
  { room: 'contract/errors.ts', allowed: [], packages: [], rule: 'contract/errors.ts imports nothing' },
  { room: 'contract/text/', allowed: [], packages: [], rule: 'contract/text imports only itself' },
  {
    room: 'contract/latency/',
    allowed: [],
    packages: [],
    rule: 'contract/latency imports only itself'
  },
  { room: 'contract/', allowed: [], packages: ['typebox'], rule: 'contract imports typebox and itself' },
  {
    room: 'programs/',
    allowed: ['contract/errors.ts', 'contract/latency/', 'contract/words.ts'],
    rule: 'programs imports provider SDKs, contract/errors.ts, contract/latency, contract/words.ts and itself'
  },
  {
    room: 'policies/',
    allowed: ['contract/words.ts', 'pricing/'],
    packages: ['@pulumi/policy'],
    rule: 'policies imports @pulumi/policy, contract/words.ts, pricing and itself'
  },
  { room: 'pricing/', allowed: [], packages: [], rule: 'pricing imports only itself' },
  {
    room: 'rehearsal/',
    allowed: ['contract/'],
    rule: 'rehearsal imports @pulumi/pulumi, contract and itself'
  },
  {
    room: 'automation/stacks/',
    allowed: [
      'automation/',
      'contract/',
      'pricing/',
      'programs/catalog.ts',
      'programs/types.ts',
      'programs/types/',
      'policies/index.ts',
      'policies/handlers.ts',
      'policies/facts.ts',
      'rehearsal/'
    ],
    rule:
      'automation/stacks reaches rehearsal too, programs by catalog.ts, types.ts and types/, policies by ' +
      'index.ts, handlers.ts and facts.ts'
  },
  {
    room: 'automation/',
    allowed: [
      'contract/',
      'pricing/',
      'programs/catalog.ts',
      'programs/types.ts',
      'programs/types/',
      'policies/index.ts',
      'policies/handlers.ts',
      'policies/facts.ts'
    ],
    rule: 'automation reaches contract, pricing, programs by catalog.ts, types.ts and types/, policies by ' +
      'index.ts, handlers.ts and facts.ts; only automation/stacks reaches rehearsal'
  },
  {
    room: 'server/',
    allowed: ['contract/', 'automation/index.ts'],
    rule: 'server imports contract and automation/index.ts'
  },
  { room: 'cli/', allowed: ['contract/'], rule: 'cli is a client of the HTTP API: it imports contract only' },
  {
    room: 'dashboard/',
    allowed: ['contract/'],
    rule: 'dashboard is a client of the HTTP API: it imports contract only'
  }
]

/**
 * Sentences about the imports that go through a wall, in the order of the graph. `packagesOf` gives
 * the packages that a file imports.
 */
export function breaches (graph: ImportGraph, packagesOf: (path: string) => readonly string[]): string[] {
  return [...graph].flatMap(([path, imports]) => {
    const wall = walls.find(({ room }) => path.startsWith(room))
    if (!wall) return []
    const { room, allowed, rule, packages } = wall
    const foreign = packages
      ? packagesOf(path).filter((name) => !packages.some((begin) => name.startsWith(begin)))
      : []
    return [
      ...imports.filter((other) => ![room, ...allowed].some((begin) => other.startsWith(begin))),
      ...foreign
    ].map((other) => `${path} imports ${other}: ${rule}`)
  })
}
