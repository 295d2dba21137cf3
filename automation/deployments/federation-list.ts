/** The list of federations: those that have a file, and those of which something is deployed. */
import { type FederationSummary } from '../../contract/federation.ts'
import { type Page } from '../../contract/schema.ts'
import { matchesName } from '../../contract/text/names.ts'
import { type FederationEntry, type FederationFolder } from '../federation/federations.ts'
import { type PageRequest, type Visible } from '../page.ts'
import { type DeployedPlace } from '../store/units/deployed-places.ts'

/**
 * Places that the list tells of, of all federations without a file: live ones are among them, and
 * where there are more a few are enough to show that something is left.
 */
const mostPlaces = 1000

/** Lists places in which something is deployed of federations that are not among `except`. */
export type DeployedPlacesOf = (
  query: { except: readonly string[], limit: number } & Visible
) => Promise<readonly DeployedPlace[]>

function summaryOf (entry: FederationEntry): FederationSummary {
  return 'errors' in entry
    ? {
      name: entry.name,
      file: entry.file,
      valid: false,
      errors: entry.errors.map((problem) => ({ ...problem }))
    }
    : { name: entry.name, file: entry.file, valid: true, clusters: entry.federation.clusters.length }
}

/** Federations without a file, with the places in which something is left of each. */
function withoutFile (places: readonly DeployedPlace[]): FederationSummary[] {
  const byName = new Map<string, NonNullable<FederationSummary['deployed']>>()
  for (const { federation, ...place } of places) {
    byName.set(federation, [...byName.get(federation) ?? [], place])
  }
  return [...byName].map(([name, deployed]) => ({ name, file: 'absent', valid: false, deployed }))
}

const byName = (a: FederationSummary, b: FederationSummary): number =>
  a.name < b.name ? -1 : a.name > b.name ? 1 : 0

/** Reads one page of the federations, by name. */
export async function listFederations (
  folder: FederationFolder,
  deployedPlaces: DeployedPlacesOf,
  { after, limit, federations }: PageRequest & Visible
): Promise<Page<FederationSummary>> {
  const entries = await folder.list()
  const places = await deployedPlaces({
    except: entries.map(({ name }) => name),
    limit: mostPlaces,
    ...(federations && { federations })
  })
  const seen = entries.filter(({ name }) =>
    federations === undefined || federations.some((pattern) => matchesName(pattern, name))
  )
  const summaries = [...seen.map(summaryOf), ...withoutFile(places)].sort(byName)
  const start = after === undefined ? 0 : summaries.findIndex((summary) => summary.name > after)
  const items = start < 0 ? [] : summaries.slice(start, start + limit)
  const last = items.at(-1)
  return { items, ...(last && start + items.length < summaries.length && { next: last.name }) }
}
