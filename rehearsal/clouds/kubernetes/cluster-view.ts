/**
 * Contents of one cluster, as its own API server sees it. Pure, over records that a query brought.
 */
import { type CloudRecord } from '../../store.ts'
import { type WireObject } from '../../wire.ts'
import { World } from '../network/world.ts'
import { plain, stringAt } from '../wire-values.ts'
import { chartObjects } from './charts/workloads.ts'
import { isNamespaced } from './kinds.ts'
import { builtInNamespaces, releaseType } from './object-names.ts'
import { endpointOf } from './objects-of.ts'

/** Where each cloud's record of a cluster has its version. */
const versionPaths: Readonly<Record<string, string>> = {
  'aws:eks/cluster:Cluster': 'version',
  'gcp:container/cluster:Cluster': 'minMasterVersion',
  'azure-native:containerservice:ManagedCluster': 'kubernetesVersion'
}

/**
 * Version of Kubernetes where a cluster's record names none: the newest that all three clouds offer
 * (their release calendars, November 2026), as a new cluster gets it.
 */
const newestMinor = 35

/** Objects that a release brought, by the table of charts, as if each had a record. */
function objectsOf (release: CloudRecord): CloudRecord[] {
  const inputs = plain(release.inputs) as WireObject
  const namespace = stringAt(inputs, 'namespace') ?? 'default'
  return chartObjects(inputs, release.name).map(({ type, name, object }) => ({
    ...release,
    type,
    name,
    id: isNamespaced(type.split(':').at(-1) ?? '') ? `${namespace}/${name}` : name,
    inputs: object,
    outputs: {}
  }))
}

/** Objects of one cluster by kind. */
export class ClusterView {
  readonly #records: readonly CloudRecord[]
  readonly #all: readonly CloudRecord[]
  #world: World | undefined
  /** Address of the cluster's API server. */
  readonly account: string
  /** Package of the cloud that runs the cluster; undefined where its record was not asked for. */
  readonly cloud: string | undefined
  /** Minor version of Kubernetes 1. */
  readonly minor: number

  constructor (records: readonly CloudRecord[], account: string) {
    this.#all = records
    this.account = account
    const here = records.filter((record) => record.pkg === 'kubernetes' && record.account === account)
    this.#records = [...here, ...here.filter(({ type }) => type === releaseType).flatMap(objectsOf)]
    const cluster = records.find((record) => record.type in versionPaths && endpointOf(record) === account)
    this.cloud = cluster?.pkg
    const version = cluster && stringAt(plain(cluster.inputs), versionPaths[cluster.type] ?? '')
    this.minor = Number(/^1\.(\d+)/.exec(version ?? '')?.[1] ?? newestMinor)
  }

  /** Everything around the cluster, as far as it was asked for. */
  get world (): World {
    this.#world ??= new World(this.#all)
    return this.#world
  }

  /** Objects of a type, with their plain inputs. */
  of (type: string): { record: CloudRecord, object: WireObject }[] {
    return this.#records.filter((record) => record.type === type).map((record) => ({
      record,
      object: plain(record.inputs) as WireObject
    }))
  }

  /** The object of a type by its name, in a namespace where its kind has one. */
  get (type: string, name: string, namespace?: string): WireObject | undefined {
    const id = namespace !== undefined && isNamespaced(type.split(':').at(-1) ?? '')
      ? `${namespace}/${name}`
      : name
    const record = this.#records.find((one) => one.type === type && one.id === id)
    return record && plain(record.inputs) as WireObject
  }

  /** Labels of a namespace; those that every cluster has are without any that admission reads. */
  labelsOf (namespace: string): WireObject {
    const found = builtInNamespaces.has(namespace)
      ? undefined
      : this.get('kubernetes:core/v1:Namespace', namespace)
    const metadata = found?.metadata
    const labels = typeof metadata === 'object' && metadata !== null && !Array.isArray(metadata)
      ? metadata.labels
      : undefined
    return typeof labels === 'object' && labels !== null && !Array.isArray(labels) ? labels : {}
  }
}
