/**
 * Finds many patterns at once, in one pass over the bytes (Aho and Corasick). Pure. The packages
 * that do this search strings, with a map for each node, and say nothing of a pattern that has only
 * begun when the text ends.
 */

/** Bytes to find. */
export interface Pattern {
  readonly bytes: Uint8Array
  /**
   * Bytes from its beginning that say by themselves that the pattern has begun, where a text ends
   * in them.
   */
  readonly least: number
}

const root = 0
const none = -1

/** Where bytes lead from one node to another: a hash table, since nodes have few successors. */
class Edges {
  #keys: Int32Array
  #nodes: Int32Array
  #count = 0

  constructor (expected: number) {
    let size = 64
    while (size < expected * 2) size *= 2
    this.#keys = new Int32Array(size).fill(none)
    this.#nodes = new Int32Array(size)
  }

  get (node: number, byte: number): number {
    const slot = this.#slot(node << 8 | byte)
    return this.#keys[slot] === none ? none : this.#nodes[slot] ?? none
  }

  set (node: number, byte: number, to: number): void {
    if (++this.#count * 2 > this.#keys.length) throw new RangeError('an automaton has more edges than room')
    const key = node << 8 | byte
    const slot = this.#slot(key)
    this.#keys[slot] = key
    this.#nodes[slot] = to
  }

  /** The slot that holds a key, or the free one where it belongs. */
  #slot (key: number): number {
    const mask = this.#keys.length - 1
    // Knuth's multiplicative hash: the odd number nearest to 2^32 over the golden ratio.
    let slot = Math.imul(key, 0x9e3779b1) >>> 7 & mask
    while (this.#keys[slot] !== none && this.#keys[slot] !== key) slot = slot + 1 & mask
    return slot
  }
}

/** An automaton over patterns, by their index in the list that it was made of. */
export class Automaton<P extends Pattern> {
  readonly patterns: readonly P[]
  /** Bytes of all patterns. */
  readonly size: number
  readonly #edges: Edges
  readonly #first = new Int32Array(256).fill(root)
  readonly #fail: Int32Array
  readonly #depth: Int32Array
  /** The pattern that ends at a node; none. */
  readonly #ends: Int32Array
  /** The next shorter node, by failures, at which a pattern ends. */
  readonly #shorter: Int32Array
  /** The fewest bytes that tell the beginning of a pattern through a node. */
  readonly #least: Int32Array
  #nodes = 1

  constructor (patterns: readonly P[]) {
    this.patterns = patterns
    this.size = patterns.reduce((sum, { bytes }) => sum + bytes.length, 0)
    const most = this.size + 1
    this.#edges = new Edges(most)
    this.#fail = new Int32Array(most)
    this.#depth = new Int32Array(most)
    this.#ends = new Int32Array(most).fill(none)
    this.#shorter = new Int32Array(most).fill(none)
    this.#least = new Int32Array(most).fill(0x7fffffff)
    const order = patterns.map((pattern, index) => this.#add(pattern, index))
    this.#link(order)
  }

  /** Adds a pattern; gives its nodes from the root on. */
  #add ({ bytes, least }: P, index: number): Int32Array {
    const path = new Int32Array(bytes.length)
    let node = root
    for (const [depth, byte] of bytes.entries()) {
      let next = this.#edges.get(node, byte)
      if (next === none) {
        next = this.#nodes++
        this.#edges.set(node, byte, next)
        this.#depth[next] = depth + 1
        if (node === root) this.#first[byte] = next
      }
      node = next
      path[depth] = node
      if (least < (this.#least[node] ?? 0)) this.#least[node] = least
    }
    if (this.#ends[node] === none) this.#ends[node] = index
    return path
  }

  /** Links each node to the longest other that ends in the same bytes, from the root outwards. */
  #link (paths: readonly Int32Array[]): void {
    const longest = paths.reduce((most, path) => Math.max(most, path.length), 0)
    let left = paths.map((path, index) => ({ path, bytes: this.patterns[index]?.bytes ?? new Uint8Array() }))
    for (let depth = 0; depth < longest; depth++) {
      left = left.filter(({ path }) => depth < path.length)
      for (const { path, bytes } of left) {
        const node = path[depth] ?? root
        const byte = bytes[depth] ?? 0
        const parent = depth === 0 ? root : path[depth - 1] ?? root
        const fail = depth === 0 ? root : this.next(this.#fail[parent] ?? root, byte)
        this.#fail[node] = fail
        this.#shorter[node] = this.#ends[fail] === none ? this.#shorter[fail] ?? none : fail
      }
    }
  }

  /** The node after another and a byte. */
  next (node: number, byte: number): number {
    for (let at = node; at !== root; at = this.#fail[at] ?? root) {
      const found = this.#edges.get(at, byte)
      if (found !== none) return found
    }
    return this.#first[byte] ?? root
  }

  /** The patterns that end at a node, the longest first. */
  *ending (node: number): Generator<P> {
    let at = this.#ends[node] === none ? this.#shorter[node] ?? none : node
    for (; at !== none; at = this.#shorter[at] ?? none) {
      const pattern = this.patterns[this.#ends[at] ?? none]
      if (pattern) yield pattern
    }
  }

  /** Says whether a pattern ends at a node. */
  ends (node: number): boolean {
    return node !== root && (this.#ends[node] !== none || this.#shorter[node] !== none)
  }

  /** Bytes at the end of what was read with which a pattern may begin. */
  begun (node: number): number {
    return this.#depth[node] ?? 0
  }

  /** As many of these as tell of themselves that a pattern has begun; 0. */
  told (node: number): number {
    for (let at = node; at !== root; at = this.#fail[at] ?? root) {
      const depth = this.#depth[at] ?? 0
      if (depth >= (this.#least[at] ?? 0)) return depth
    }
    return 0
  }
}
