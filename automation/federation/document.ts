/** A YAML text as data, with the position of every key and value. */
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node } from 'yaml'
import { finding, formatPath, type Finding, type Path, type Problem } from './errors.ts'

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

function findPair (
  node: unknown,
  step: string | number
): { key: Node | null, value: Node | null } | undefined {
  if (isMap(node)) {
    const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step))
    return pair && { key: pair.key as Node | null, value: pair.value as Node | null }
  }
  if (isSeq(node) && typeof step === 'number') {
    const item = node.items[step] as Node | undefined
    return item && { key: item, value: item }
  }
  return undefined
}

/** The offset of the first character of what `path` names, or of the nearest part above it. */
function offsetOf (document: Document.Parsed, path: Path, at: 'key' | 'value'): number {
  let node: Node | null = document.contents
  let offset = node?.range?.[0] ?? 0
  for (const [index, step] of path.entries()) {
    const pair = findPair(isAlias(node) ? node.resolve(document) : node, step)
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

/** Parses one YAML document. Never throws: what is wrong with the text is in `problems`. */
export function parseYaml (text: string, file: string): YamlDocument {
  const lines = new LineCounter()
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    version: '1.2',
    logLevel: 'error'
  })
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
  const syntax = (what: string, offset: number) => place(finding('FED_SYNTAX', [], 'key', what), offset)
  const problems = [...document.errors, ...document.warnings].map((error) =>
    syntax(error.message, error.pos[0])
  )
  let data: unknown
  // A key that is there twice leaves the rest readable; any other error makes the rest guesswork.
  if (document.errors.every((error) => error.code === 'DUPLICATE_KEY')) {
    try {
      data = document.toJS()
    } catch (error) {
      // Aliases that expand without bound, or that name no anchor.
      problems.push(syntax(error instanceof Error ? error.message : String(error), 0))
    }
  }
  return { data, problems, locate: (found) => place(found, offsetOf(document, found.path, found.at)) }
}
