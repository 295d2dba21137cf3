/**
 * The files, sections and scripts that documents and comments name, and those that do not exist.
 * Pure.
 */
import { posix } from 'node:path'

/** The repository as far as names can be checked against it. */
export interface Repository {
  /** Paths of all files to their texts; undefined for files that are not read. */
  readonly files: ReadonlyMap<string, string | undefined>
  /** Scripts of package.json. */
  readonly scripts: ReadonlySet<string>
}

/** A line of prose. */
interface Line {
  readonly number: number
  readonly text: string
}

const path = /(?<![\w/@.*:{$-])((?:[\w.-]+\/)*[\w-][\w.-]+\.(?:tsx?|mjs|js|md|ya?ml|sql|json|sh))(?![\w/*])/g
const address = /[a-z]+:\/\/\S*$/
/** Names that documents use as placeholders: `scenarios/NAME.json`. */
const placeholder = /(?:^|\/)(?:NAME|FILE)\./
const script = /\bnpm run (?:-s |--silent )?([a-z][\w:-]*)/g
const link = /\[[^\]]*\]\(([^)\s]+)\)/g

/** Sentences about names that lead nowhere, in the order of the files. */
export function deadNames (repository: Repository): string[] {
  const folders = foldersOf(repository.files.keys())
  return [...repository.files].flatMap(([from, text]) => {
    if (text === undefined) return []
    const problems: string[] = []
    for (const { number, text: line } of proseOf(from, text)) {
      for (const name of pathsIn(line)) {
        if (isOurs(from, name, folders) && !exists(repository, from, name)) {
          problems.push(`${from}:${number}: there is no file ${name}`)
        }
      }
      for (const [, name = ''] of line.matchAll(script)) {
        if (!repository.scripts.has(name)) problems.push(`${from}:${number}: there is no script ${name}`)
      }
    }
    return [...problems, ...from.endsWith('.md') ? deadLinks(repository, from, text) : []]
  })
}

/** Markdown as a whole; of source files the lines that are comments. */
function proseOf (from: string, text: string): Line[] {
  const lines = text.split('\n').map((line, index) => ({ number: index + 1, text: line }))
  if (from.endsWith('.md')) return lines
  const comment = /\.(?:tsx?|mjs|js)$/.test(from) ? /^\s*(?:\/\/|\/?\*)/ : /^\s*(?:#|--) /
  return lines.filter((line) => comment.test(line.text))
}

function pathsIn (line: string): string[] {
  return [...line.matchAll(path)]
    .filter(({ index, 1: name = '' }) => !address.test(line.slice(0, index)) && !placeholder.test(name))
    .map(([, name = '']) => name)
}

function foldersOf (paths: Iterable<string>): Set<string> {
  return new Set([...paths].flatMap((file) => file.split('/').slice(0, -1)))
}

/**
 * Paths of other projects begin with a folder that this one does not have; bare names are ours when
 * they are TypeScript.
 */
function isOurs (from: string, name: string, folders: ReadonlySet<string>): boolean {
  const [first = '', ...rest] = name.split('/')
  return rest.length > 0 ? folders.has(first) : /\.tsx?$/.test(first) && from !== 'CHANGELOG.md'
}

/**
 * A path counts from the root, from any folder above the file, or as the end of a path in the same
 * room; pages of docs, and those at the root, are about all rooms.
 */
function exists ({ files }: Repository, from: string, name: string): boolean {
  const [room = ''] = /^(?:[^/]+|docs\/.*)$/.test(from) ? [] : from.split('/')
  for (let folder = posix.dirname(from);; folder = posix.dirname(folder)) {
    if (files.has(posix.join(folder, name))) return true
    if (folder === '.') break
  }
  return [...files.keys()].some((file) => file.startsWith(room) && file.endsWith(`/${name}`))
}

function deadLinks ({ files }: Repository, from: string, text: string): string[] {
  return [...text.matchAll(link)].flatMap(([, target = '']) => {
    if (/^[a-z]+:/.test(target)) return []
    const [file = '', section] = target.split('#')
    const to = file === '' ? from : posix.join(posix.dirname(from), file)
    const known = files.has(to) || [...files.keys()].some((other) => other.startsWith(`${to}/`))
    if (!known) return [`${from}: the link ${target} leads to no file`]
    return section === undefined || sectionsOf(files.get(to) ?? '').has(section)
      ? []
      : [`${from}: the link ${target} leads to no section`]
  })
}

/** Names under which a page's headings can be linked to, as GitHub makes them. */
function sectionsOf (text: string): Set<string> {
  return new Set(
    [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
      heading.toLowerCase().replaceAll(/[^\w\- ]/g, '').replaceAll(' ', '-')
    )
  )
}
