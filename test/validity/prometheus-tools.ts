/**
 * Prometheus' and Alertmanager's own checkers, run over text. Debian's packages `prometheus` and
 * `prometheus-alertmanager` have them.
 */
import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

type Tool = 'prometheus' | 'promtool' | 'amtool'

/** Why tests that need a tool are skipped, or false where it is installed. */
export function without (tool: Tool): string | false {
  return spawnSync(tool, ['--version']).error === undefined
    ? false
    : `${tool} is not installed (Debian: ${tool === 'amtool' ? 'prometheus-alertmanager' : 'prometheus'})`
}

/**
 * Runs a tool over files that exist for its time only, by name. Resolves to its exit code and what
 * it said.
 */
export async function checked (
  tool: Tool,
  args: readonly string[],
  files: Readonly<Record<string, string>>
): Promise<{ code: number | null, said: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'windlass-check-'))
  try {
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
    const { status, stdout, stderr } = spawnSync(tool, [...args], { cwd: folder, encoding: 'utf8' })
    return { code: status, said: `${stdout}${stderr}` }
  } finally {
    await rm(folder, { recursive: true })
  }
}
