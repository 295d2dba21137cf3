/** A YAML text as data, with the position of every key and value. */
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Document,
  type Node,
  type YAMLMap
} from 'yaml'
import { finding, formatPath, mostFindings, type Finding, type Path, type Problem } from './errors.ts'
import { twice, walkTree, type Tree, type TreeProblem } from './yaml-tree.ts'

/** A parsed text. */
export interface YamlDocument {
  /** Undefined when it could not be read. */
  readonly data: unknown
  /** Problems of reading it. */
  readonly problems: readonly Problem[]
  /**
   * A finding with the position of its path: of the nearest part that is there, when the path
   * itself is not.
   */
  locate<Code extends string>(finding: Finding<Code>): Problem<Code>
}

type Position = { readonly line: number, readonly column: number }

type Pair = { readonly key: Node | null, readonly value: Node | null }
/** The pairs of a mapping by their keys: each problem looks for one. */
type PairIndex = WeakMap<YAMLMap, Map<string, Pair>>

function pairsOf (map: YAMLMap, index: PairIndex): Map<string, Pair> {
  const known = index.get(map)
  if (known) return known
  const pairs = new Map<string, Pair>()
  for (const { key, value } of map.items) {
    const name = isScalar(key) ? String(key.value) : undefined
    // The first of two with one key, as the one that a reader finds first.
    if (name !== undefined && !pairs.has(name)) {
      pairs.set(name, { key: key as Node, value: value as Node | null })
    }
  }
  index.set(map, pairs)
  return pairs
}

function findPair (node: unknown, step: string | number, index: PairIndex): Pair | undefined {
  if (isMap(node)) return pairsOf(node, index).get(String(step))
  if (isSeq(node) && typeof step === 'number') {
    const item = node.items[step] as Node | undefined
    return item && { key: item, value: item }
  }
  return undefined
}

/** The offset of the first character of what `path` names, or of the nearest part above it. */
function offsetOf (
  document: Document.Parsed,
  path: Path,
  { at, pairs, sources }: { at: 'key' | 'value', pairs: PairIndex, sources: Tree['sources'] }
): number {
  let node: Node | null = document.contents
  let offset = node?.range?.[0] ?? 0
  for (const [index, step] of path.entries()) {
    const pair = findPair(isAlias(node) ? sources.get(node) : node, step, pairs)
    if (!pair) return offset
    const last = index === path.length - 1
    // What lies above the place is best shown by its key; a value that is not written has no
    // position of its own.
    offset = (last && at === 'value' ? pair.value?.range?.[0] : undefined) ?? pair.key?.range?.[0] ??
      pair.value?.range?.[0] ?? offset
    node = pair.value
  }
  return offset
}

/** The parsed text, or, where it nests too deep for the parser, nothing. */
function parsed (text: string, lineCounter: LineCounter): Document.Parsed | undefined {
  try {
    return parseDocument(text, {
      lineCounter,
      prettyErrors: false,
      version: '1.2',
      logLevel: 'error',
      // The parser compares each key with all others of its mapping; yaml-tree.ts looks them up.
      uniqueKeys: false
    })
  } catch (error) {
    // The parser recurses into each level.
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** Data of a document without errors, and what keeps it from being read. */
function dataOf (
  document: Document.Parsed,
  problems: readonly TreeProblem[]
): { data?: unknown, problems: readonly TreeProblem[] } {
  // A key that is there twice leaves the rest readable; any other problem makes the rest guesswork.
  if (document.errors.length > 0 || problems.some(({ what }) => what !== twice)) return { problems }
  try {
    // The tree was measured with its aliases.
    return { data: document.toJS({ maxAliasCount: -1 }), problems }
  } catch (error) {
    // Aliases that name no anchor.
    const what = error instanceof Error ? error.message : String(error)
    return { problems: [...problems, { what, offset: 0 }] }
  }
}

/** Parses one YAML document. Never throws: what is wrong with the text is in `problems`. */
export function parseYaml (text: string, file: string): YamlDocument {
  const lines = new LineCounter()
  const position = (offset: number): Position => {
    const { line, col } = lines.linePos(offset)
    // A text without a line has none to count; its first one is where anything missing belongs.
    return { line: Math.max(1, line), column: Math.max(1, col) }
  }
  const place = <Code extends string>(found: Finding<Code>, offset: number): Problem<Code> => ({
    file,
    ...position(offset),
    path: formatPath(found.path),
    code: found.code,
    message: found.message,
    expected: found.expected
  })
  const syntax = ({ what, offset }: TreeProblem) => place(finding('FED_SYNTAX', [], 'key', what), offset)
  const document = parsed(text, lines)
  if (!document) {
    const problem = syntax({ what: 'it nests too deep', offset: 0 })
    return { data: undefined, problems: [problem], locate: (found) => place(found, 0) }
  }
  const tree = walkTree(document)
  const { data, problems } = dataOf(document, tree.problems)
  const places = { pairs: new WeakMap() satisfies PairIndex, sources: tree.sources }
  return {
    data,
    problems: [
      ...[...document.errors, ...document.warnings].slice(0, mostFindings).map(({ message, pos: [offset] }) =>
        syntax({ what: message, offset })
      ),
      ...problems.map(syntax)
    ],
    locate: (found) => place(found, offsetOf(document, found.path, { at: found.at, ...places }))
  }
}
