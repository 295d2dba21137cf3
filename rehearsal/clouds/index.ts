/**
 * The simulated clouds: providers of every package that programs use, over one world's CloudStore.
 */
import { type Provider, type ProviderSource } from '../provider.ts'
import { type CloudStore } from '../store.ts'
import { aws } from './aws/package.ts'
import { azureNative } from './azure-native/package.ts'
import { type DurationTable } from './durations.ts'
import { type Fault } from './faults.ts'
import { reverseReferences } from './finding.ts'
import { gcp } from './gcp/package.ts'
import { KeyedLock } from './keyed-lock.ts'
import { kubernetes } from './kubernetes/package.ts'
import { type PackageModel, type PackageName, type Quotas } from './model.ts'
import { DEFAULT_QUOTAS } from './quotas.ts'
import { random } from './random/package.ts'
import { SimulatedProvider } from './simulated-provider.ts'
import { tls } from './tls/package.ts'

/** The packages that are simulated, by name. */
export const PACKAGES: Record<PackageName, PackageModel> = {
  aws,
  gcp,
  'azure-native': azureNative,
  kubernetes,
  tls,
  random
}

const reverse = Object.fromEntries(
  Object.values(PACKAGES).map((pack) => [pack.pkg, reverseReferences(pack)])
) as Record<PackageName, ReturnType<typeof reverseReferences>>

/** How the clouds are to behave. */
export interface CloudsOptions {
  /** What exists in this world. */
  store: CloudStore
  durations: DurationTable
  /** Rehearsed seconds for a second of the real clouds; 0 (the default): no waiting at all. */
  timeScale?: number
  /** Identifiers and made-up names follow from it (default 1). */
  seed?: number
  faults?: Fault[]
  /** The deployment that a fault's `times` counts within. */
  deployment?: string
  /**
   * The federation's clusters that the running unit concerns: what a fault's `cluster` matches.
   * `cluster` is short for one.
   */
  cluster?: string
  clusters?: string[]
  /**
   * Objects in a cluster that is not reachable any more count as deleted, as with
   * PULUMI_K8S_DELETE_UNREACHABLE (default false).
   */
  deleteUnreachable?: boolean
  /** Limits that differ from the table's, by quota key. */
  quotas?: Record<string, number>
  /** Aborts every wait. */
  signal?: AbortSignal
  /** The clock that creation times are taken from. */
  now?: () => Date
}

/** The clouds of one world as the engine sees them. */
export interface Clouds extends ProviderSource {
  readonly packages: readonly PackageName[]
  connect(pkg: string, version?: string): Promise<Provider | undefined>
}

function isPackage (pkg: string): pkg is PackageName {
  return Object.hasOwn(PACKAGES, pkg)
}

/**
 * Makes the clouds. Instances that `connect` gives share the store and nothing else; any version of
 * a package is answered by the one that is modelled.
 */
export function createClouds (options: CloudsOptions): Clouds {
  const quotas: Quotas = { ...DEFAULT_QUOTAS }
  for (const [key, limit] of Object.entries(options.quotas ?? {})) {
    quotas[key] = { name: key, per: 'region', ...quotas[key], limit }
  }
  const around = {
    store: options.store,
    durations: options.durations,
    timeScale: options.timeScale ?? 0,
    seed: options.seed ?? 1,
    faults: options.faults ?? [],
    deployment: options.deployment ?? '',
    clusters: [...options.clusters ?? [], ...options.cluster === undefined ? [] : [options.cluster]],
    deleteUnreachable: options.deleteUnreachable ?? false,
    quotas,
    locks: new KeyedLock(),
    now: options.now ?? (() => new Date()),
    ...options.signal && { signal: options.signal }
  }
  return {
    packages: Object.keys(PACKAGES) as PackageName[],
    async connect (pkg) {
      return isPackage(pkg) ? new SimulatedProvider(PACKAGES[pkg], around, reverse[pkg]) : undefined
    }
  }
}
