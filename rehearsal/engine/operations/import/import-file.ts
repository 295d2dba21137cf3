/**
 * The file that names resources to import, as the Automation API writes it (pulumi
 * `cmd/pulumi/operations/import.go`, parseImportFile).
 */
import { readFile } from 'node:fs/promises'
import { EngineError } from '../../errors.ts'
import { type ImportedResource } from '../../run/import-resources.ts'
import { ExitCode, Failure } from '../../stack/failure.ts'
import { createUrn, isProviderType, typeOf } from '../../urn.ts'

/** One resource of the file. Parent and provider are names: of the name table, or of the file. */
export interface ImportSpec {
  type?: string
  name?: string
  id?: string
  parent?: string
  provider?: string
  version?: string
  pluginDownloadUrl?: string
  logicalName?: string
  properties?: string[]
  component?: boolean
  remote?: boolean
}
export interface ImportFile {
  /** URNs by the names that resources of the file call them. */
  nameTable?: Record<string, string>
  resources?: ImportSpec[]
}
type Named = ImportSpec & { type: string, name: string, logicalName: string }

const known: ReadonlySet<string> = new Set([
  'type',
  'name',
  'id',
  'parent',
  'provider',
  'version',
  'pluginDownloadUrl',
  'logicalName',
  'properties',
  'component',
  'remote'
])

/** Reads a file. Rejects what this engine cannot import. */
export async function readImportFile (path: string): Promise<ImportFile> {
  let file: ImportFile & Record<string, unknown>
  try {
    file = JSON.parse(await readFile(path, 'utf8')) as typeof file
  } catch (error) {
    throw new Failure(
      ExitCode.Failed,
      `error: could not read import file: ${error instanceof Error ? error.message : String(error)}`
    )
  }
  const foreign = [file['providerInputs'] === undefined ? [] : ['providerInputs']]
    .concat((file.resources ?? []).map((spec) => Object.keys(spec).filter((key) => !known.has(key)))).flat()
  if (foreign.length > 0) {
    throw new EngineError('RHE_UNSUPPORTED', { what: `'${foreign[0]}' in a file of resources to import` })
  }
  return file
}

/** Everything that is wrong with a file, as the CLI lists it. */
class Problems {
  readonly #found: string[] = []

  add (text: string): void {
    this.#found.push(text)
  }
  end (): void {
    const [first, ...more] = this.#found
    if (first === undefined) return
    const list = this.#found.map((text, n) => `\n    ${n + 1}) ${text}`).join('')
    throw new Failure(
      ExitCode.Failed,
      `error: ${more.length === 0 ? first : `${this.#found.length} errors occurred:${list}`}`
    )
  }
}

/** The resources that a file names. Throws a Failure that says everything that is wrong with it. */
export function importedResources (
  file: ImportFile,
  stack: { project: string, stack: string },
  protect: boolean
): ImportedResource[] {
  const problems = new Problems()
  const specs = (file.resources ?? []).map((spec) => ({
    ...spec,
    type: spec.type ?? '',
    name: spec.name || spec.logicalName || '',
    logicalName: spec.logicalName || spec.name || ''
  }))
  for (const [place, spec] of specs.entries()) checkSpec(spec, place, problems)
  problems.end()
  const ambiguous = new Set(
    specs.map(({ name }) => name).filter((name, n, names) => names.indexOf(name) !== n)
  )
  const urns = urnsOf(specs, file.nameTable ?? {}, { stack, ambiguous, problems })
  problems.end()
  const resources = specs.map((spec, place) => ({
    type: spec.type,
    name: spec.logicalName,
    id: spec.id ?? '',
    parent: spec.parent ? urns.get(spec.parent) ?? '' : '',
    provider: spec.provider ? providerOf(spec, place, { urns, ambiguous, problems }) : '',
    version: spec.version ?? '',
    pluginDownloadURL: spec.pluginDownloadUrl ?? '',
    protect,
    someProperties: (spec.properties ?? []).length > 0,
    component: spec.component === true,
    remote: spec.remote === true
  }))
  problems.end()
  return resources
}

function describe (spec: ImportSpec, place: number): string {
  const name = spec.name ? `'${spec.name}'` : spec.id ? `'${spec.id}'` : String(place)
  return `resource ${name}${spec.type ? ` of type '${spec.type}'` : ''}`
}

function checkSpec (spec: Named, place: number, problems: Problems): void {
  const what = describe(spec, place)
  if (spec.type === '') problems.add(`${what} has no type`)
  if (spec.name === '') problems.add(`${what} has no name`)
  if (isProviderType(spec.type)) {
    if (spec.id) problems.add(`${what} has an ID, but is a provider, which is created rather than read`)
    if (spec.component) problems.add(`${what} is a provider and may not be marked as a component`)
  } else if (!spec.component && !spec.id) problems.add(`${what} has no ID`)
  else if (spec.component && spec.id) problems.add(`${what} has an ID, but is marked as a component`)
  if (spec.remote && !spec.component) problems.add(`${what} is marked as remote, but not as a component`)
}

/** URNs by name. A resource is named once its parent is. */
function urnsOf (
  specs: readonly Named[],
  table: Readonly<Record<string, string>>,
  context: { stack: { project: string, stack: string }, ambiguous: ReadonlySet<string>, problems: Problems }
): Map<string, string> {
  const { stack, ambiguous, problems } = context
  const urns = new Map(Object.entries(table))
  const taken = new Set(urns.values())
  const waiting = new Map(specs.entries())
  const own = new Set(specs.map(({ name }) => name))
  for (let before = -1; waiting.size > 0 && waiting.size !== before;) {
    before = waiting.size
    for (const [place, spec] of waiting) {
      const { name, type, logicalName, parent = '' } = spec
      if (ambiguous.has(parent)) problems.add(`${describe(spec, place)} has an ambiguous parent`)
      if (parent !== '' && !urns.has(parent)) {
        if (own.has(parent)) continue
        problems.add(`the parent '${parent}' for ${describe(spec, place)} has no entry in 'nameTable'`)
      }
      const urn = createUrn({ ...stack, parent: urns.get(parent) ?? '', type, name: logicalName })
      if (taken.has(urn)) {
        problems.add(
          `${describe(spec, place)} has an ambiguous URN, set name (or logical name) to be unique`
        )
      }
      urns.set(name, urn)
      taken.add(urn)
      waiting.delete(place)
    }
  }
  // The CLI never ends where parents go in a circle.
  for (const [place, spec] of waiting) problems.add(`${describe(spec, place)} is among its own parents`)
  return urns
}

function providerOf (
  spec: Named,
  place: number,
  { urns, ambiguous, problems }: {
    urns: ReadonlyMap<string, string>
    ambiguous: ReadonlySet<string>
    problems: Problems
  }
): string {
  const { provider = '' } = spec
  const what = describe(spec, place)
  if (ambiguous.has(provider)) problems.add(`${what} has an ambiguous provider`)
  const urn = urns.get(provider)
  if (urn === undefined) {
    problems.add(`the provider '${provider}' for ${what} has no entry in 'nameTable' or 'resources'`)
  } else if (!isProviderType(typeOf(urn))) {
    problems.add(`the provider '${provider}' for ${what} is not a provider`)
  }
  return urn ?? ''
}
