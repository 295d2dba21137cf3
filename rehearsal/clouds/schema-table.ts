/**
 * The packages' schemas in short: `schema/<package>.json`, one line a type, derived from the
 * typings of the npm packages named in each file (Apache-2.0).
 *
 * A line is `[inputs, computed outputs, secret outputs?, replacing paths?]`, names separated by
 * blanks. The first character of a name is its kind, `!` at the end of an input marks it as
 * required, and `~` says that a change replaces, by the input's documentation.
 */
import { readFileSync } from 'node:fs'

/** Packages that have a table: the simulated ones. */
export type PackageName = 'aws' | 'gcp' | 'azure-native' | 'kubernetes' | 'tls' | 'random'

/** One property of a type. */
export interface PropertyFacts {
  name: string
  /**
   * `s` string, `i` integer, `n` number, `b` boolean, `l` list, `m` map, `o` object, `a` anything.
   */
  kind: string
  required: boolean
  /** A change replaces the resource. */
  replaces: boolean
}

/** One resource type. */
export interface TypeFacts {
  /** Inputs by name. */
  inputs: Map<string, PropertyFacts>
  /** Outputs that are always there and that a caller need not give. */
  computed: PropertyFacts[]
  /** Names of secret outputs. */
  secrets: string[]
  /** Dotted paths whose change replaces. */
  replacing: string[]
}

type Line = [inputs: string, computed: string, secrets?: string, replacing?: string]
interface SchemaFile {
  version: string
  types: Record<string, Line>
}

const files = new Map<string, SchemaFile>()
const facts = new Map<string, TypeFacts>()

function fileOf (pkg: PackageName): SchemaFile {
  let file = files.get(pkg)
  if (!file) {
    // Read when a package is first used: the files have 1.4 MB together, and a unit uses one or
    // two.
    file = JSON.parse(readFileSync(new URL(`./schema/${pkg}.json`, import.meta.url), 'utf8')) as SchemaFile
    files.set(pkg, file)
  }
  return file
}

const words = (text: string | undefined): string[] => text ? text.split(' ') : []

function property (word: string): PropertyFacts {
  const name = word.slice(1).replace(/[!~]+$/, '')
  return { name, kind: word.slice(0, 1), required: word.includes('!'), replaces: word.includes('~') }
}

/** Version of a package that its table describes. */
export function schemaVersion (pkg: PackageName): string {
  return fileOf(pkg).version
}

/** Facts of a type, or undefined when the package does not have it. */
export function typeFacts (pkg: PackageName, type: string): TypeFacts | undefined {
  const known = facts.get(type)
  if (known) return known
  const line = fileOf(pkg).types[type]
  if (!line) return undefined
  const made: TypeFacts = {
    inputs: new Map(words(line[0]).map((word) => [property(word).name, property(word)])),
    computed: words(line[1]).map(property),
    secrets: words(line[2]),
    replacing: words(line[3])
  }
  facts.set(type, made)
  return made
}
