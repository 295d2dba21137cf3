/** Fields that the API server and its controllers fill in once everything runs. */
import { type WireObject, type WireValue } from '../../wire.ts'
import { type Draft } from '../draft.ts'
import { isObject, numberAt, objectAt, stringAt, valuesAt } from '../wire-values.ts'
import { type ClusterView } from './cluster-view.ts'
import { type Held } from './readiness.ts'
import { serviceAddress } from './service-range.ts'

const condition = (draft: Draft, type: string, reason: string): WireObject => ({
  type,
  status: 'True',
  reason,
  lastTransitionTime: draft.created
})

/** Address of a cloud's load balancer: a host name on AWS, an IP address elsewhere. */
function balancer (draft: Draft): WireObject {
  const region = /\.([a-z0-9-]+)\.eks\.amazonaws\.com$/.exec(draft.account)?.[1]
  if (region !== undefined) {
    return {
      hostname: `a${draft.make.hex(31, 'elb')}-${draft.make.hex(16, 'elb2')}.elb.${region}.amazonaws.com`
    }
  }
  const first = draft.account.endsWith('.azmk8s.io') ? 20 : 34
  return {
    ip: `${first}.${64 + draft.make.integer(64, 'lb1')}.${draft.make.integer(256, 'lb2')}.` +
      `${1 + draft.make.integer(254, 'lb3')}`
  }
}

const balancerStatus = (draft: Draft): WireObject => ({ loadBalancer: { ingress: [balancer(draft)] } })

/** Fields of a Service's `spec`, with those that the API server fills in. */
export function filledSpec (draft: Draft, view: ClusterView): WireObject {
  const spec = objectAt(draft.inputs, 'spec')
  const type = stringAt(spec, 'type') ?? 'ClusterIP'
  const before = stringAt(draft.previous, 'spec.clusterIP')
  const address = before ?? serviceAddress(draft, view) ?? ''
  const ports = valuesAt(spec, 'ports[]').map((port): WireValue =>
    isObject(port)
      ? {
        protocol: 'TCP',
        targetPort: port.port ?? 0,
        ...(type !== 'ClusterIP' &&
          { nodePort: 30000 + draft.make.integer(2768, `port${numberAt(port, 'port', 0)}`) }),
        ...port
      }
      : port
  )
  const filled = {
    type,
    sessionAffinity: 'None',
    ipFamilies: ['IPv4'],
    ipFamilyPolicy: 'SingleStack',
    internalTrafficPolicy: 'Cluster',
    ...spec,
    ...(ports.length > 0 && { ports })
  }
  return type === 'ExternalName'
    ? filled
    : { clusterIP: address, clusterIPs: [stringAt(spec, 'clusterIP') ?? address], ...filled }
}

const replicasOf = (spec: WireObject): number => numberAt(spec, 'replicas', 1)

const generationOf = (draft: Draft): number => numberAt(draft.previous, 'metadata.generation', 0) + 1

/** `status` of a Deployment or ReplicaSet. */
function replicaStatus (draft: Draft, spec: WireObject): WireObject {
  const replicas = replicasOf(spec)
  return {
    observedGeneration: generationOf(draft),
    replicas,
    readyReplicas: replicas,
    availableReplicas: replicas,
    updatedReplicas: replicas,
    conditions: [
      condition(draft, 'Available', 'MinimumReplicasAvailable'),
      condition(draft, 'Progressing', 'NewReplicaSetAvailable')
    ]
  }
}

/** `status` of a StatefulSet. */
function statefulStatus (draft: Draft, spec: WireObject): WireObject {
  const replicas = replicasOf(spec)
  const revision = `${draft.name}-${draft.make.alnum(10, 'revision')}`
  return {
    observedGeneration: generationOf(draft),
    replicas,
    readyReplicas: replicas,
    availableReplicas: replicas,
    currentReplicas: replicas,
    updatedReplicas: replicas,
    currentRevision: revision,
    updateRevision: revision
  }
}

/** `status` by kind, once everything is ready. */
const statuses: Record<string, (draft: Draft, spec: WireObject) => WireObject> = {
  Namespace: () => ({ phase: 'Active' }),
  PersistentVolumeClaim: (_draft, spec) => ({
    phase: 'Bound',
    accessModes: valuesAt(spec, 'accessModes[]'),
    capacity: objectAt(spec, 'resources.requests')
  }),
  Service: (draft, spec) =>
    stringAt(spec, 'type') === 'LoadBalancer' ? balancerStatus(draft) : { loadBalancer: {} },
  Ingress: balancerStatus,
  Deployment: replicaStatus,
  ReplicaSet: replicaStatus,
  StatefulSet: statefulStatus,
  DaemonSet: (draft) => ({
    observedGeneration: generationOf(draft),
    currentNumberScheduled: 3,
    desiredNumberScheduled: 3,
    numberAvailable: 3,
    numberMisscheduled: 0,
    numberReady: 3,
    updatedNumberScheduled: 3
  }),
  Job: (draft, spec) => ({
    succeeded: numberAt(spec, 'completions', 1),
    startTime: draft.created,
    completionTime: draft.created,
    conditions: [condition(draft, 'Complete', 'CompletionsReached')]
  }),
  CronJob: () => ({}),
  Pod: (draft) => ({ phase: 'Running', conditions: [condition(draft, 'Ready', '')] }),
  HorizontalPodAutoscaler: (draft, spec) => ({
    currentReplicas: numberAt(spec, 'minReplicas', 1),
    desiredReplicas: numberAt(spec, 'minReplicas', 1),
    conditions: [condition(draft, 'AbleToScale', 'ReadyForNewScale')]
  }),
  PodDisruptionBudget: (draft) => ({
    currentHealthy: 1,
    desiredHealthy: 1,
    disruptionsAllowed: 1,
    expectedPods: 1,
    observedGeneration: generationOf(draft)
  }),
  CustomResourceDefinition: (draft, spec) => ({
    acceptedNames: objectAt(spec, 'names'),
    conditions: [condition(draft, 'Established', 'InitialNamesAccepted')],
    storedVersions: valuesAt(spec, 'versions[]').map((version) => stringAt(version, 'name') ?? '')
  })
}

/** `status` of a workload whose pods do not run. */
export function heldStatus (draft: Draft, kind: string, held: Held): WireObject {
  const observedGeneration = generationOf(draft)
  const condition = (type: string, status: string, reason: string, message: string): WireObject => ({
    type,
    status,
    reason,
    message,
    lastTransitionTime: draft.created
  })
  const failed = held.refusal === undefined
    ? []
    : [condition('ReplicaFailure', 'True', 'FailedCreate', held.refusal)]
  switch (kind) {
    case 'DaemonSet':
      return { observedGeneration, desiredNumberScheduled: 3, currentNumberScheduled: 0, numberReady: 0 }
    case 'Job':
    case 'CronJob':
      return { active: 0, startTime: draft.created }
    case 'Pod':
      return { phase: 'Pending' }
    case 'StatefulSet':
      return { observedGeneration, replicas: 0, readyReplicas: 0 }
    default:
      return {
        observedGeneration,
        replicas: 0,
        readyReplicas: 0,
        unavailableReplicas: replicasOf(objectAt(draft.inputs, 'spec')),
        conditions: [
          condition(
            'Available',
            'False',
            'MinimumReplicasUnavailable',
            'Deployment does not have minimum availability.'
          ),
          ...failed
        ]
      }
  }
}

/** `status` of a kind once it is ready; undefined for kinds that have none. */
export function readyStatus (draft: Draft, kind: string): WireObject | undefined {
  return statuses[kind]?.(draft, objectAt(draft.inputs, 'spec'))
}
