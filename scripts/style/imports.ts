/**
 * The imports between the repository's own files, types included, and what is wrong with them.
 * Pure.
 */
import { posix } from 'node:path'
import ts from 'typescript'

/**
 * Paths of files to the paths of the repository's files that they import, for values or for types.
 */
export type ImportGraph = ReadonlyMap<string, readonly string[]>

/**
 * Builds the graph of files, given as path and text. Packages, and files that are not among them,
 * are left out.
 */
export function importGraph (files: ReadonlyMap<string, string>): ImportGraph {
  return new Map(
    [...files].map(([path, text]) => [path, importsOf(path, text).filter((other) => files.has(other))])
  )
}

/**
 * Paths, relative to the repository, of the files that a file's text imports; packages are left
 * out.
 */
export function importsOf (path: string, text: string): string[] {
  const relative = specifiersOf(path, text).filter((name) => name.startsWith('.'))
  return [...new Set(relative.map((name) => posix.join(posix.dirname(path), name)))]
}

/** Names of the packages, and of parts of them, that a file's text imports. */
export function packagesOf (path: string, text: string): string[] {
  return [...new Set(specifiersOf(path, text).filter((name) => !name.startsWith('.')))]
}

/** Specifiers that a file imports and exports from, for values or types, as they are written. */
function specifiersOf (path: string, text: string): string[] {
  const found: string[] = []
  // Declarations are at the top; only calls and types lie deeper, and few files have any.
  const deep = /\bimport\s*\(/.test(text)
  const visit = (node: ts.Node): void => {
    const specifier = specifierOf(node)
    if (specifier && ts.isStringLiteralLike(specifier)) found.push(specifier.text)
    if (deep || ts.isSourceFile(node)) ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest))
  return found
}

function specifierOf (node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return node.argument.literal
  if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference)) {
    return node.moduleReference.expression
  }
  return ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
    ? node.arguments[0]
    : undefined
}

/** Groups of two and more nodes that can all reach each other (Tarjan 1972), each sorted. */
export function cycles (graph: ImportGraph): string[][] {
  const index = new Map<string, number>()
  const low = new Map<string, number>()
  const onStack = new Set<string>()
  const stack: string[] = []
  const found: string[][] = []
  const visit = (node: string): void => {
    index.set(node, index.size)
    low.set(node, index.get(node)!)
    stack.push(node)
    onStack.add(node)
    for (const next of graph.get(node) ?? []) {
      if (!index.has(next)) visit(next)
      if (onStack.has(next)) low.set(node, Math.min(low.get(node)!, low.get(next)!))
    }
    if (low.get(node) !== index.get(node)) return
    const group: string[] = []
    for (let member; member !== node;) {
      member = stack.pop()!
      onStack.delete(member)
      group.push(member)
    }
    if (group.length > 1) found.push(group.sort())
  }
  for (const node of graph.keys()) if (!index.has(node)) visit(node)
  return found
}

/**
 * The graph of groups of files that `groupOf` names; files of no group, and imports inside one, are
 * left out.
 */
export function grouped (graph: ImportGraph, groupOf: (path: string) => string | undefined): ImportGraph {
  const groups = new Map<string, Set<string>>()
  for (const [path, imports] of graph) {
    const from = groupOf(path)
    if (from === undefined) continue
    const reached = groups.get(from) ?? new Set()
    groups.set(from, reached)
    for (const to of imports.map(groupOf)) if (to !== undefined && to !== from) reached.add(to)
  }
  return new Map([...groups].map(([from, to]) => [from, [...to]]))
}
