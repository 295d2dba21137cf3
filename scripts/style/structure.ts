/** Faults between the repository's files: walls, cycles of files, knots of folders. Pure. */
import { cycles, grouped, importGraph, packagesOf } from './imports.ts'
import { breaches } from './walls.ts'

/**
 * A folder of automation, or a file beside its folders: none of them import each other in a circle.
 */
function partOfAutomation (path: string): string | undefined {
  return /^automation\/[^/]+/.exec(path)?.[0]
}

/** Sentences about files, given as path and text, that import what they may not. */
export function structureProblems (files: ReadonlyMap<string, string>): string[] {
  const graph = importGraph(files)
  const knots = cycles(grouped(graph, partOfAutomation))
  return [
    ...breaches(graph, (path) => packagesOf(path, files.get(path) ?? '')),
    ...cycles(graph).map((group) => `these files import each other: ${group.join(', ')}`),
    ...knots.map((group) => `these folders import each other: ${group.join(', ')}`)
  ]
}
