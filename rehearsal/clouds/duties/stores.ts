/** Object stores that releases write to, and what their values say of pods' identity. Pure. */
import { type CloudRecord } from '../../store.ts'
import { type WireObject, type WireValue } from '../../wire.ts'
import { settingsOf } from '../network/records.ts'
import { type Site } from '../network/site.ts'
import { objectAt, stringAt, stringsAt, valueAt, valuesAt } from '../wire-values.ts'

/** Proofs of who pods are: everything that a release's values name. */
export interface PodIdentity {
  readonly namespace: string
  /** Name of their service account. */
  readonly account: string
  /** Annotations of that account. */
  readonly annotations: WireObject
  /** Labels that the values give them. */
  readonly labels: WireObject
  /** Environment that the values give them. */
  readonly environment: ReadonlyMap<string, string>
  /** Audiences of the tokens that are projected into them. */
  readonly audiences: readonly string[]
  /** Credentials file in Google's form; undefined: they have none. */
  readonly credentials: WireObject | undefined
}

/** A store, and the pods that write there. */
export interface Store {
  readonly cloud: Site['cloud']
  /** Bucket, or storage account. */
  readonly name: string
  /** Container of a storage account. */
  readonly container: string
  /** Value of `app.kubernetes.io/name` of the pods. */
  readonly app: string
  readonly pods: PodIdentity
}

/** Names of clouds in the values of charts. */
const clouds: Readonly<Record<string, Site['cloud']>> = {
  aws: 'aws',
  s3: 'aws',
  gcp: 'gcp',
  gcs: 'gcp',
  azure: 'azure'
}

/** Places in the values of a chart that pods of it have their identity from. */
interface Places {
  /** Service account: its `name` and `annotations`. */
  readonly account: string
  /** Its name where the values give none. */
  readonly named: string
  readonly environment: string
  readonly labels: string
  readonly volumes: string
}

/*
 * Sources: vmware-tanzu/helm-charts velero-12.1.0 charts/velero
 * (templates/serviceaccount-server.yaml, deployment.yaml, node-agent-daemonset.yaml);
 * grafana/mimir mimir-distributed-5.7.0 (templates/serviceaccount.yaml, lib/_podtemplate).
 */
const veleroServer: Places = {
  account: 'serviceAccount.server',
  named: 'velero-server',
  environment: 'configuration.extraEnvVars',
  labels: 'podLabels',
  volumes: 'extraVolumes'
}
/** Reads and writes the copies of volumes itself, as the same account. */
const veleroAgent: Places = {
  ...veleroServer,
  environment: 'nodeAgent.extraEnvVars',
  labels: 'nodeAgent.podLabels',
  volumes: 'nodeAgent.extraVolumes'
}
const mimir: Places = {
  account: 'serviceAccount',
  named: 'mimir',
  environment: 'global.extraEnv',
  labels: 'global.podLabels',
  volumes: 'global.extraVolumes'
}

function identityAt (settings: WireValue | undefined, places: Places): PodIdentity {
  const at = (path: string): string => `values.${path}`
  return {
    namespace: stringAt(settings, 'namespace') ?? 'default',
    account: stringAt(settings, at(`${places.account}.name`)) ?? places.named,
    annotations: objectAt(settings, at(`${places.account}.annotations`)),
    labels: objectAt(settings, at(places.labels)),
    environment: new Map(
      valuesAt(settings, at(`${places.environment}[]`)).map((one) => [
        stringAt(one, 'name') ?? '',
        stringAt(one, 'value') ?? ''
      ])
    ),
    audiences: stringsAt(
      settings,
      at(`${places.volumes}[].projected.sources[].serviceAccountToken.audience`)
    ),
    credentials: credentialsIn(stringAt(settings, at('credentials.secretContents.cloud')))
  }
}

function credentialsIn (text: string | undefined): WireObject | undefined {
  if (!text?.startsWith('{')) return undefined
  try {
    return JSON.parse(text) as WireObject
  } catch {
    return undefined
  }
}

/** Stores that the values of Velero's and Mimir's charts name, once for each kind of their pods. */
export function storesOf (release: CloudRecord): Store[] {
  const settings = settingsOf(release)
  const at = (
    app: string,
    places: readonly Places[],
    kind: string | undefined,
    [name, container]: readonly (string | undefined)[]
  ): Store[] => {
    const cloud = clouds[kind ?? '']
    return cloud === undefined || name === undefined
      ? []
      : places.map((place) => ({
        cloud,
        name,
        container: container ?? '',
        app,
        pods: identityAt(settings, place)
      }))
  }
  const storage = valueAt(settings, 'values.mimir.structuredConfig.common.storage')
  const velero = [veleroServer, ...valueAt(settings, 'values.deployNodeAgent') === true ? [veleroAgent] : []]
  return [
    ...valuesAt(settings, 'values.configuration.backupStorageLocation[]').flatMap((place) => {
      const [account, bucket] = [stringAt(place, 'config.storageAccount'), stringAt(place, 'bucket')]
      return at('velero', velero, stringAt(place, 'provider'), account ? [account, bucket] : [bucket])
    }),
    ...at('mimir', [mimir], stringAt(storage, 'backend'), [
      stringAt(storage, 's3.bucket_name') ?? stringAt(storage, 'gcs.bucket_name') ??
        stringAt(storage, 'azure.account_name'),
      stringAt(storage, 'azure.container_name')
    ])
  ]
}
