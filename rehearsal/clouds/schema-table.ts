/**
 * What the packages' schemas say about each type, in short: `schema/<package>.json`, one line a
 * type, derived from the typings of the npm packages named in each file (Apache-2.0). A line is
 * `[inputs, computed outputs, secret outputs?, replacing paths?]`, names separated by blanks. A
 * name's first character is its kind (s string, i integer, n number, b boolean, l list, m map, o
 * object, a anything); `!` after an input: required; `~`: its documentation says that a change
 * replaces.
 */
import { readFileSync } from 'node:fs'
import { type PackageName } from './model.ts'

/** One property. `kind` as in the file. */
export interface PropertyFacts {
  name: string
  kind: string
  required: boolean
  replaces: boolean
}

/**
 * One resource type. `computed`: outputs that are always there and that a caller need not give.
 * `replacing`: dotted paths whose change replaces.
 */
export interface TypeFacts {
  inputs: Map<string, PropertyFacts>
  computed: PropertyFacts[]
  secrets: string[]
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
    // Read when a package is first used: together the files are 1.4 MB, and a unit uses one or two
    // of them.
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

/** The version of a package that the tables describe. */
export function schemaVersion (pkg: PackageName): string {
  return fileOf(pkg).version
}

/** The facts of a type, or undefined when the package does not have it. */
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
