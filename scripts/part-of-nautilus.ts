/**
 * Some clusters of Nautilus as a federation of their own, for runs in which all ten would show
 * nothing more.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse, stringify } from 'yaml'
import { repository } from './service-process.ts'

interface File extends Record<string, unknown> {
  name: string
  clusters: { name: string, cidr: string }[]
  links: { from: string, to: string }[]
  disasterRecovery: { pairs: { primary: string, standby: string }[] }
  monitoring: { hub: string }
  dns: { weights: Record<string, number> }
  volumes: Record<string, unknown>
}

/** The federation file with only the `kept` clusters. */
export async function partFile (kept: readonly string[]): Promise<File> {
  const whole = parse(await readFile(join(repository, 'federations', 'nautilus.yaml'), 'utf8')) as File
  const inside = (...names: string[]): boolean => names.every((name) => kept.includes(name))
  const { clusters: _clusters, ...volumes } = whole.volumes
  return {
    ...whole,
    clusters: whole.clusters.filter(({ name }) => inside(name)),
    links: whole.links.filter(({ from, to }) => inside(from, to)),
    disasterRecovery: {
      ...whole.disasterRecovery,
      pairs: whole.disasterRecovery.pairs.filter(({ primary, standby }) => inside(primary, standby))
    },
    // Where the hub is left out, the first cluster takes its place.
    monitoring: {
      ...whole.monitoring,
      hub: inside(whole.monitoring.hub) ? whole.monitoring.hub : kept[0] ?? ''
    },
    dns: {
      ...whole.dns,
      weights: Object.fromEntries(Object.entries(whole.dns.weights).filter(([name]) => inside(name)))
    },
    volumes
  }
}

/**
 * Writes the federation file with only the `kept` clusters, and with `changes` of other fields,
 * into a folder `federations` under `folder`. Resolves with that folder, for WINDLASS_FEDERATIONS.
 */
export async function partOfNautilus (
  folder: string,
  kept: readonly string[],
  changes: Record<string, unknown> = {}
): Promise<string> {
  const part = { ...await partFile(kept), ...changes }
  const federations = join(folder, 'federations')
  await mkdir(federations, { recursive: true })
  await writeFile(join(federations, `${part.name}.yaml`), stringify(part))
  return federations
}
