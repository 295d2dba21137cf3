/** A world as reachability sees it: its clusters, and all records beside them. */
import { type CloudRecord } from '../../store.ts'
import { Records } from './records.ts'
import { clusterTypes, type Site, siteOf } from './site.ts'

/** Index of a world's records. Built once for each query. */
export class World {
  readonly records: Records
  readonly #sites = new Map<string, Site>()

  constructor (records: readonly CloudRecord[]) {
    this.records = new Records(records)
    for (const type of clusterTypes) {
      for (const record of this.records.of(type)) {
        const site = siteOf(this.records, record)
        if (site) this.#sites.set(site.endpoint, site)
      }
    }
  }

  /** Records of a type, anywhere. */
  of (type: string): readonly CloudRecord[] {
    return this.records.of(type)
  }

  /** Objects of a type in a cluster. */
  inside (site: Site, type: string): readonly CloudRecord[] {
    return this.records.inside(site.endpoint, type)
  }

  /** The cluster behind an API server's address. */
  at (endpoint: string): Site | undefined {
    return this.#sites.get(endpoint)
  }

  get sites (): readonly Site[] {
    return [...this.#sites.values()]
  }
}
