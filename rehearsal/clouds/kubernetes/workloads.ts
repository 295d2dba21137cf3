/** Workloads: objects whose controllers make pods from a template. Pure. */
import { type WireObject } from '../../wire.ts'
import { isObject, numberAt, objectAt, stringAt, stringsAt, valueAt, valuesAt } from '../wire-values.ts'

/** Kinds of workloads, and where each has the template of its pods. */
const templates: Readonly<Record<string, string>> = {
  Deployment: 'spec.template',
  ReplicaSet: 'spec.template',
  StatefulSet: 'spec.template',
  DaemonSet: 'spec.template',
  Job: 'spec.template',
  CronJob: 'spec.jobTemplate.spec.template',
  Pod: ''
}

/** Workload that makes pods, of a program or of a chart. */
export interface Workload {
  kind: string
  name: string
  namespace: string
  /** `metadata` and `spec` of its pods. */
  pod: WireObject
  /** Pods that it wants; of a DaemonSet, one for each node, which is counted as one. */
  replicas: number
  /** Claims that each of its pods gets. */
  claims: Claim[]
}

/** A claim of a volume. */
export interface Claim {
  name: string
  /** Storage class; undefined: the cluster's default. */
  storageClass: string | undefined
  accessModes: string[]
}

/** State of pods as a Service sees them: `absent` are those that have no address. */
export type PodState = 'ready' | 'pending' | 'absent'

/** The workload that an object is; undefined for other kinds. */
export function workloadOf (
  kind: string,
  name: string,
  namespace: string,
  object: WireObject
): Workload | undefined {
  const path = templates[kind]
  if (path === undefined) return undefined
  const pod = path === '' ? object : objectAt(object, path)
  return {
    kind,
    name,
    namespace,
    pod,
    replicas: kind === 'Job' ? numberAt(object, 'spec.parallelism', 1) : numberAt(object, 'spec.replicas', 1),
    claims: valuesAt(object, 'spec.volumeClaimTemplates[]').map((claim) => ({
      name: stringAt(claim, 'metadata.name') ?? '',
      storageClass: stringAt(claim, 'spec.storageClassName'),
      accessModes: stringsAt(claim, 'spec.accessModes[]')
    }))
  }
}

/** Labels of a workload's pods. */
export function podLabels ({ pod }: Workload): WireObject {
  return objectAt(pod, 'metadata.labels')
}

/** Name of the account that a workload's pods run as. */
export function accountOf ({ pod }: Workload): string {
  return stringAt(pod, 'spec.serviceAccountName') ?? stringAt(pod, 'spec.serviceAccount') ?? 'default'
}

/** An object in a pod's namespace that its containers do not start without. */
export interface Mount {
  kind: 'ConfigMap' | 'Secret' | 'PersistentVolumeClaim'
  name: string
  /** Name of the volume, or undefined where it is about the environment. */
  volume?: string
}

/** Objects that a pod's containers do not start without. */
export function mountsOf (pod: WireObject): Mount[] {
  return [...valuesAt(pod, 'spec.volumes[]').flatMap(mountsOfVolume), ...environmentOf(pod)]
}

const required = (holder: unknown): boolean => isObject(holder) && holder.optional !== true

function mountsOfVolume (volume: unknown): Mount[] {
  if (!isObject(volume)) return []
  const title = stringAt(volume, 'name') ?? ''
  const named = (
    kind: Mount['kind'],
    path: string,
    field: string,
    holder: WireObject = volume
  ): Mount[] => {
    const source = valueAt(holder, path)
    const name = stringAt(source, field)
    return required(source) && name !== undefined ? [{ kind, name, volume: title }] : []
  }
  return [
    ...named('ConfigMap', 'configMap', 'name'),
    ...named('Secret', 'secret', 'secretName'),
    ...named('PersistentVolumeClaim', 'persistentVolumeClaim', 'claimName'),
    ...valuesAt(volume, 'projected.sources[]').filter(isObject).flatMap((source) => [
      ...named('ConfigMap', 'configMap', 'name', source),
      ...named('Secret', 'secret', 'name', source)
    ])
  ]
}

function environmentOf (pod: WireObject): Mount[] {
  const containers = [...valuesAt(pod, 'spec.containers[]'), ...valuesAt(pod, 'spec.initContainers[]')]
  const paths: [Mount['kind'], string][] = [
    ['ConfigMap', 'envFrom[].configMapRef'],
    ['Secret', 'envFrom[].secretRef'],
    ['ConfigMap', 'env[].valueFrom.configMapKeyRef'],
    ['Secret', 'env[].valueFrom.secretKeyRef']
  ]
  return containers.flatMap((container) =>
    paths.flatMap(([kind, path]) =>
      valuesAt(container, path).filter(required).flatMap((source): Mount[] => {
        const name = stringAt(source, 'name')
        return name === undefined ? [] : [{ kind, name }]
      })
    )
  )
}
