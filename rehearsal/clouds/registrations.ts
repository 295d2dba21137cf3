/**
 * Services that an account has to switch on before it may call them: APIs of a project, resource
 * providers of a subscription, regions that are off by default. In accounts that nobody prepared
 * the world's own records say what is on.
 */
import { type CloudQuery, type CloudRecord } from '../store.ts'
import { type Failure, type Place } from './draft.ts'
import { type Call } from './identity-model.ts'

/** The services of one cloud that have to be switched on. */
export interface RegistrationModel {
  /**
   * Service that a call goes to: its name, nothing for a call that needs none, or the reason why it
   * is not known.
   */
  serviceOf: (call: Call) => { readonly service?: string, readonly unknown?: string }
  /** Query for what switches services on in an account. */
  looksAt: (place: Place) => CloudQuery
  /**
   * Query for what shows that services are on, where nothing that `looksAt` finds says so: asked
   * only then.
   */
  shownBy?: (place: Place) => CloudQuery
  /** Services that are on. */
  on: (records: readonly CloudRecord[]) => ReadonlySet<string>
  /** Refusal of a call to a service that is off. */
  refusal: (call: Call, service: string) => Failure
  /**
   * Call that the provider itself makes to switch a service on, and the record that it leaves;
   * absent: it makes none.
   */
  switchesOn?: (call: Call, service: string, now: Date) => { asks: Call, record: CloudRecord }
}

/** What a set of clouds knows of the services that are on. */
export class Registrations {
  readonly #find: (query: CloudQuery) => Promise<CloudRecord[]>
  readonly #there: (record: CloudRecord) => boolean
  readonly #known = new Map<string, Promise<CloudRecord[]>>()

  /** @param there tells if a record is there for the operation that asks */
  constructor (
    find: (query: CloudQuery) => Promise<CloudRecord[]>,
    there: (record: CloudRecord) => boolean = () => true
  ) {
    this.#find = find
    this.#there = there
  }

  /** Tells if a service is on; another unit may have switched it on since the last look. */
  async isOn (model: RegistrationModel, pkg: string, place: Place, service: string): Promise<boolean> {
    const key = `${pkg}\n${place.account}`
    const shows = (records: readonly CloudRecord[]): boolean =>
      model.on(records.filter(this.#there)).has(service)
    if (shows(await this.#known.get(key) ?? [])) return true
    const found = this.#look(model, place, shows)
    this.#known.set(key, found)
    // A look that failed is made again.
    found.catch(() => this.#known.delete(key))
    return shows(await found)
  }

  async #look (
    model: RegistrationModel,
    place: Place,
    shows: (records: readonly CloudRecord[]) => boolean
  ): Promise<CloudRecord[]> {
    const records = await this.#find(model.looksAt(place))
    return shows(records) || !model.shownBy ? records : await this.#find(model.shownBy(place))
  }

  /** Forgets what it knows, after a service was switched. */
  changed (): void {
    this.#known.clear()
  }
}
