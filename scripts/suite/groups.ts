/** Which test files may run in one process together, and which need one of their own. Pure. */

/** A test file, by its path from the repository's root. */
export interface TestFile {
  path: string
  text: string
}

/** Files that one process runs, one after another. */
export interface Group {
  name: string
  paths: string[]
}

/**
 * What a file does to the process that it runs in, or to what all of a process' tests share: with
 * one of these it runs alone.
 */
const alone: readonly { pattern: RegExp, why: string }[] = [
  { pattern: /^(?:before|after|beforeEach|afterEach)\(/m, why: 'hooks of its own around all tests' },
  { pattern: /process\.(?:env|chdir|on|once|exitCode|umask)\b/, why: 'changes or watches its process' },
  { pattern: /\bmock\./, why: 'replaces timers or methods' },
  {
    pattern: /\b(?:makeInstallation|startService|spawn|fork|execFile|Worker)\b/,
    why: 'starts what lasts longer than a test'
  },
  { pattern: /--expose-gc|\bgc\(\)|heapUsed|memoryUsage/, why: 'measures memory' }
]

/** Why a file needs a process of its own; undefined when it does not. */
export function reasonToRunAlone (text: string): string | undefined {
  return alone.find(({ pattern }) => pattern.test(text))?.why
}

/** Files of a group at most: what fails in one is still found quickly, and both cores have work. */
const largest = 12

/** The second folder of `test/automation/plan/graph.test.ts` is the room. */
const roomOf = (path: string): string => path.split('/')[1] ?? ''

/** Groups of the files of a room that may share a process, and the others by themselves. */
export function groupsOf (files: readonly TestFile[]): { groups: Group[], single: string[] } {
  const shared = new Map<string, string[]>()
  const single: string[] = []
  for (const { path, text } of [...files].sort((a, b) => a.path < b.path ? -1 : 1)) {
    if (reasonToRunAlone(text) !== undefined) {
      single.push(path)
      continue
    }
    const room = roomOf(path)
    shared.set(room, [...shared.get(room) ?? [], path])
  }
  const groups = [...shared].flatMap(([room, paths]) =>
    Array.from({ length: Math.ceil(paths.length / largest) }, (_, index) => ({
      name: `${room}-${index + 1}`,
      paths: paths.slice(index * largest, (index + 1) * largest)
    }))
  )
  return { groups, single }
}
