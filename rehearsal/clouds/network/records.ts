/** Records of a world by type and by cluster. */
import { type CloudRecord } from '../../store.ts'
import { type WireValue } from '../../wire.ts'
import { withId } from '../stored-ids.ts'
import { plain } from '../wire-values.ts'

/** The records of a world, indexed once for each query. */
export class Records {
  readonly #byType = new Map<string, CloudRecord[]>()
  readonly #byAccount = new Map<string, CloudRecord[]>()

  constructor (records: readonly CloudRecord[]) {
    for (const stored of records) {
      const record = withoutRegion(stored)
      push(this.#byType, record.type, record)
      push(this.#byAccount, `${record.account}\n${record.type}`, record)
    }
  }

  /** Records of a type, anywhere. */
  of (type: string): readonly CloudRecord[] {
    return this.#byType.get(type) ?? []
  }

  /** Objects of a type behind an API server's address. */
  inside (endpoint: string, type: string): readonly CloudRecord[] {
    return this.#byAccount.get(`${endpoint}\n${type}`) ?? []
  }
}

/** Ids of AWS repeat from region to region and are stored with it; others refer to them without. */
function withoutRegion (record: CloudRecord): CloudRecord {
  const suffix = `@${record.region}`
  return record.pkg === 'aws' && record.id.endsWith(suffix)
    ? withId(record, record.id.slice(0, -suffix.length))
    : record
}

function push (map: Map<string, CloudRecord[]>, key: string, record: CloudRecord): void {
  const known = map.get(key)
  if (known) known.push(record)
  else map.set(key, [record])
}

/** A record's settings as they are in the cloud, changes from outside included. */
export function settingsOf (record: CloudRecord): WireValue
export function settingsOf (record: CloudRecord | undefined): WireValue | undefined
export function settingsOf (record: CloudRecord | undefined): WireValue | undefined {
  return record && plain(record.outputs)
}

/** Last segment of a link or a path. */
export function lastPart (link: string): string {
  return link.slice(link.lastIndexOf('/') + 1)
}
