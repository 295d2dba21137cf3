/**
 * The simulated clouds: providers of every package that programs use, over one world's CloudStore.
 */
import { type JudgedCalls } from '../../contract/deployment.ts'
import { type Provider, type ProviderSource } from '../provider.ts'
import { type CloudStore } from '../store.ts'
import { Activity } from './activity.ts'
import { asking, Authorizer, type HeardCall } from './authorizer.ts'
import { aws } from './aws/package.ts'
import { azureNative } from './azure-native/package.ts'
import { counted } from './counted-provider.ts'
import { type DurationTable } from './durations.ts'
import { FaultOrder } from './fault-order.ts'
import { type Fault, FaultCounts } from './faults.ts'
import { type ReverseReferences, reverseReferences } from './finding.ts'
import { gcp } from './gcp/package.ts'
import { type ActingAs } from './identity-model.ts'
import { CallCounter } from './judged-calls.ts'
import { KeyedLock } from './keyed-lock.ts'
import { type ApiObstacle, type AskedAccess, examineApi } from './kubernetes/api-examination.ts'
import { kubernetes } from './kubernetes/package.ts'
import { Outages } from './outages.ts'
import { type PackageModel, type Quotas } from './package-model.ts'
import { defaultQuotas } from './quotas.ts'
import { random } from './random/package.ts'
import { type PackageName } from './schema-table.ts'
import { SharedLook } from './shared-look.ts'
import { SimulatedProvider } from './simulated-provider.ts'
import { type Surroundings } from './surroundings.ts'
import { type Timeline } from './time/timeline.ts'
import { tls } from './tls/package.ts'
import { plainObject } from './wire-values.ts'

export type { ApiObstacle }

/** The simulated packages by name. */
export const packageModels: Record<PackageName, PackageModel> = {
  aws,
  gcp,
  'azure-native': azureNative,
  kubernetes,
  tls,
  random
}

const reverse = Object.fromEntries(
  Object.values(packageModels).map((pack) => [pack.pkg, reverseReferences(pack)])
) as Record<PackageName, ReverseReferences>

/** Options of a set of clouds. */
export interface CloudsOptions {
  /** The world's records. */
  store: CloudStore
  /** Time that operations take. */
  durations: DurationTable
  /**
   * Rehearsed seconds for one second of the real clouds. At 0 nothing is waited for.
   * @default 0
   */
  timeScale?: number
  /**
   * Number that identifiers and made-up names follow from.
   * @default 1
   */
  seed?: number
  faults?: readonly Fault[]
  /** Deployment within which the `times` and `after` of a fault are counted. */
  deployment?: string
  /** Unit that runs: each counts the calls of a fault by itself. */
  unit?: string
  /** The federation's cluster that the running unit is about, short for `clusters` with one. */
  cluster?: string
  /**
   * The federation's clusters that the running unit is about; the `cluster` of a fault matches
   * them.
   */
  clusters?: readonly string[]
  /**
   * Count objects in a cluster that cannot be reached as deleted, as PULUMI_K8S_DELETE_UNREACHABLE
   * does.
   * @default false
   */
  deleteUnreachable?: boolean
  /**
   * Identities of the running unit, by cloud, where a provider's configuration names none. Without
   * one, and until it exists, the unit acts as an administrator.
   */
  actingAs?: ActingAs
  /** Identities that the federation makes, by their names in the clouds. */
  made?: readonly string[]
  /**
   * Client ids by which the federation's file names applications of Azure that it makes, with their
   * resource ids. A provider that names another application is refused where nobody has that.
   */
  applications?: Readonly<Record<string, string>>
  /**
   * Nobody prepared the accounts: APIs, resource providers, features and service agents are there
   * once something in the world switched them on or made them.
   * @default false
   */
  fresh?: boolean
  /** Takes each call of somebody before it is judged. */
  heard?: (heard: HeardCall) => void
  /** Limits by quota key, in place of the table's. */
  quotas?: Readonly<Record<string, number>>
  /**
   * Address ranges from which Windlass calls API servers of clusters. Empty: it is not known, and
   * every API server is reached.
   */
  operators?: readonly string[]
  /** Ends every wait. */
  signal?: AbortSignal
  /** The attempt's virtual time, which operations advance; absent: `now` goes by itself. */
  timeline?: Timeline
  /**
   * Clock of the clouds where there is no timeline.
   * @default the machine's
   */
  now?: () => Date
}

/** The clouds of one world as the engine sees them. */
export interface Clouds extends ProviderSource {
  readonly packages: readonly PackageName[]
  connect(pkg: string, version?: string): Promise<Provider | undefined>
  /** Looks at a cluster's API as a kubeconfig's holder; undefined: nothing is in the way. */
  examine(kubeconfig: string, access: readonly AskedAccess[]): Promise<ApiObstacle | undefined>
  /** Calls that were judged so far. */
  judged(): JudgedCalls
}

function isPackage (pkg: string): pkg is PackageName {
  return Object.hasOwn(packageModels, pkg)
}

/**
 * Makes a set of clouds. Instances that `connect` gives share the store, the locks and the quotas.
 * Each package has one version, which answers for any.
 */
export function createClouds (options: CloudsOptions): Clouds {
  const quotas: Quotas = { ...defaultQuotas }
  for (const [key, limit] of Object.entries(options.quotas ?? {})) {
    quotas[key] = { name: key, initial: limit, per: 'region', ...quotas[key], limit }
  }
  const counter = new CallCounter()
  const activity = new Activity()
  const { timeline } = options
  const now = timeline ? () => timeline.now() : options.now ?? (() => new Date())
  const look = new SharedLook(options.store)
  const { store } = look
  const surroundings: Surroundings = {
    store,
    look,
    durations: options.durations,
    timeScale: options.timeScale ?? 0,
    seed: options.seed ?? 1,
    faults: options.faults ?? [],
    outages: new Outages(store),
    counts: new FaultCounts(
      store,
      { deployment: options.deployment ?? '', unit: options.unit ?? '' },
      // Where time goes by, calls meet faults as it lets them.
      timeline && (options.timeScale ?? 0) === 0 ? { order: new FaultOrder(activity), now } : undefined
    ),
    operators: options.operators ?? [],
    clusters: [...options.clusters ?? [], ...options.cluster === undefined ? [] : [options.cluster]],
    deleteUnreachable: options.deleteUnreachable ?? false,
    quotas,
    fresh: options.fresh ?? false,
    authorizer: new Authorizer({
      find: asking(store),
      actingAs: options.actingAs ?? {},
      made: options.made ?? [],
      applications: options.applications,
      counter,
      heard: options.heard,
      now,
      ...timeline && { there: ({ token }: { token: string }) => timeline.there(token) },
      fresh: options.fresh ?? false,
      note: (record) => store.put(record)
    }),
    counter,
    locks: new KeyedLock(),
    activity,
    now,
    begun: timeline ? new Date(timeline.span().start) : now(),
    ...timeline && { timeline },
    ...options.signal && { signal: options.signal }
  }
  return {
    packages: Object.keys(packageModels) as PackageName[],
    ...timeline && { clock: timeline },
    async connect (pkg) {
      return isPackage(pkg)
        ? counted(
          new SimulatedProvider(packageModels[pkg], surroundings, reverse[pkg]),
          surroundings.activity,
          ({ type, properties }) => {
            const what = packageModels[pkg].unknown?.(type, plainObject(properties))
            if (what !== undefined) counter.unknown(what)
          }
        )
        : undefined
    },
    examine: (kubeconfig, access) => examineApi(packageModels.kubernetes, kubeconfig, access, surroundings),
    judged: () => counter.counts()
  }
}
