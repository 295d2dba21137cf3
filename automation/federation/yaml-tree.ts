/** Limits of a YAML text's tree: what is beyond them is refused before it becomes data. */
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Alias,
  type Document,
  type Node,
  type Scalar,
  type YAMLMap,
  type YAMLSeq
} from 'yaml'
import { isStorable } from '../../contract/text/storable.ts'

/** Something wrong in the tree, with the offset of its first character. */
export interface TreeProblem {
  readonly what: string
  readonly offset: number
}

/** A key that is there twice. */
export const twice = 'Map keys must be unique'

/** Levels of lists and mappings: files have eight, and every reader of the data may recurse. */
const mostLevels = 64
/**
 * Nodes with every alias taken for what it stands for: 64 clusters with everything spelled out have
 * some 13,000.
 */
const mostNodes = 100_000
/** Aliases: the parser looks each up among all aliases and anchors. Files have some dozens. */
const mostAliases = 1_000
/** Problems of one text that are told. */
const mostProblems = 100

/** A tree that was walked through. */
export interface Tree {
  readonly problems: readonly TreeProblem[]
  /** The nodes that aliases stand for. */
  readonly sources: ReadonlyMap<Alias, Node>
}

/**
 * Walks through a tree and says what is wrong with it: keys that are there twice, texts that cannot
 * be stored, aliases of something that they are part of, too many levels, aliases or nodes. Visits
 * each node once, and what an alias stands for once for each alias; ends at the first limit that is
 * passed.
 */
export function walkTree (document: Document.Parsed): Tree {
  const walk = new TreeWalk()
  walk.visit(document.contents, 0)
  return walk
}

class TreeWalk implements Tree {
  readonly problems: TreeProblem[] = []
  readonly sources = new Map<Alias, Node>()
  /** Nodes by anchor: the last one before the node that is visited. */
  readonly #anchors = new Map<string, Node>()
  /** Nodes that the one being visited is part of. */
  readonly #open = new Set<Node>()
  /** Aliases that the node being visited is reached through. */
  #through = 0
  #nodes = 0
  #stopped = false

  visit (node: unknown, level: number): void {
    if (this.#stopped || node === null || typeof node !== 'object') return
    const one = node as Alias | Scalar | YAMLMap | YAMLSeq
    const offset = one.range?.[0] ?? 0
    if (++this.#nodes > mostNodes) this.#stop(`more than ${mostNodes} values, aliases included`, offset)
    else if (level > mostLevels) this.#stop(`more than ${mostLevels} levels of lists and mappings`, offset)
    else if (isAlias(one)) this.#visitAlias(one, offset, level)
    else this.#visitNode(one, level)
  }

  #visitNode (node: Scalar | YAMLMap | YAMLSeq, level: number): void {
    const { anchor } = node
    // What an alias shows again was met where it is written.
    if (anchor !== undefined && this.#through === 0) this.#anchors.set(anchor, node)
    this.#open.add(node)
    if (isMap(node)) {
      if (this.#through === 0) this.#compareKeys(node)
      for (const { key, value } of node.items) {
        this.visit(key, level + 1)
        this.visit(value, level + 1)
      }
    } else if (isSeq(node)) {
      for (const item of node.items) this.visit(item, level + 1)
    } else if (this.#through === 0) this.#checkText(node)
    this.#open.delete(node)
  }

  #visitAlias (alias: Alias, offset: number, level: number): void {
    const source = this.sources.get(alias) ?? this.#anchors.get(alias.source)
    // An alias without an anchor is told where the data is made.
    if (source === undefined) return
    this.sources.set(alias, source)
    if (this.sources.size > mostAliases) this.#stop(`more than ${mostAliases} aliases`, offset)
    else if (this.#open.has(source)) {
      this.#stop(`the alias *${alias.source} stands for something that it is part of`, offset)
    } else {
      this.#through++
      this.visit(source, level)
      this.#through--
    }
  }

  #compareKeys (map: YAMLMap): void {
    const seen = new Set<unknown>()
    for (const { key } of map.items) {
      if (!isScalar(key)) continue
      if (seen.has(key.value) && this.problems.length < mostProblems) {
        this.problems.push({ what: twice, offset: key.range?.[0] ?? 0 })
      }
      seen.add(key.value)
    }
  }

  /** YAML takes `"\0"` and `"\ud83d"`; neither can be stored or sent. */
  #checkText ({ value, range }: Scalar): void {
    if (typeof value !== 'string' || isStorable(value) || this.problems.length >= mostProblems) return
    this.problems.push({
      what: 'a text has an escape that stands for U+0000 or half a surrogate pair',
      offset: range?.[0] ?? 0
    })
  }

  #stop (what: string, offset: number): void {
    this.#stopped = true
    this.problems.push({ what, offset })
  }
}
