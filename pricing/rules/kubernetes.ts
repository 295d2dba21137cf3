/**
 * Charges of Kubernetes objects: load balancers and disks, which the cluster's cloud makes.
 * Everything else runs on nodes that are priced with their pools.
 */
import { type Charge, type Rule, type Rules } from '../charge.ts'
import { at, isRecord, listAt, numberAt, storageGb, textAt } from '../inputs.ts'
import { type Cloud } from '../model.ts'
import { premiumDisk } from './azure.ts'

/** Zones that a load balancer of AWS has an address in: three, as clusters have. */
const loadBalancerZones = 3
/** Ports that Azure's price of a load balancer includes. */
const includedPorts = 5
const internalAnnotations = [
  'service.beta.kubernetes.io/aws-load-balancer-internal',
  'service.beta.kubernetes.io/azure-load-balancer-internal'
]

function isInternal (annotations: unknown): boolean {
  return internalAnnotations.some((name) => String(at(annotations, name)) === 'true') ||
    at(annotations, 'service.beta.kubernetes.io/aws-load-balancer-scheme') === 'internal' ||
    textAt(annotations, 'networking.gke.io/load-balancer-type')?.toLowerCase() === 'internal'
}

/**
 * One load balancer with so many ports, in the cloud of the cluster. Azure's and Google's front
 * addresses are paid where they are public.
 */
function loadBalancer (cloud: Cloud, internal: boolean, ports: number): Charge[] {
  const data: Charge = {
    meter: cloud === 'aws' ? 'load-balancer-data/network' : 'load-balancer-data',
    volume: 'loadBalancerGb',
    what: 'through load balancers'
  }
  switch (cloud) {
    case 'aws':
      return [
        { meter: 'load-balancer/network', quantity: 1, what: 'network load balancer' },
        data,
        ...internal
          ? []
          : [{
            meter: 'public-address',
            quantity: loadBalancerZones,
            what: 'public addresses of the load balancer'
          }]
      ]
    case 'gcp':
      return [{ meter: 'load-balancer', quantity: 1, what: 'forwarding rule' }, data]
    case 'azure':
      return [
        { meter: 'load-balancer', quantity: 1, what: 'load balancer with five rules' },
        ...ports > includedPorts
          ? [{ meter: 'load-balancer-rule', quantity: ports - includedPorts, what: 'further rules' }]
          : [],
        data,
        ...internal
          ? []
          : [{ meter: 'public-address', quantity: 1, what: 'public address of the load balancer' }]
      ]
  }
}

/**
 * A disk of a claim: the class's kind where its name tells, else what the cloud's default class
 * makes.
 */
function claimDisk (cloud: Cloud, gb: number, storageClass: string | undefined, count: number): Charge {
  const what = 'disks of volume claims'
  switch (cloud) {
    case 'aws':
      return {
        meter: `disk/${/io2|io1|gp2|st1/.exec(storageClass ?? '')?.[0] ?? 'gp3'}`,
        quantity: gb * count,
        what
      }
    case 'gcp':
      return {
        meter: `disk/${/premium|ssd/.test(storageClass ?? '') ? 'pd-ssd' : 'pd-balanced'}`,
        quantity: gb * count,
        what
      }
    case 'azure':
      return { meter: premiumDisk(gb), quantity: count, what }
  }
}

/** A claim's spec, as it is or in a template. */
function claim (cloud: Cloud, spec: unknown, count: number): Charge {
  const gb = storageGb(at(spec, 'resources', 'requests', 'storage'))
  return gb === undefined
    ? { reason: 'the size of a volume claim is not known' }
    : claimDisk(cloud, gb, textAt(spec, 'storageClassName'), count)
}

const service: Rule = ({ inputs }, { cloud }) =>
  textAt(inputs, 'spec', 'type') === 'LoadBalancer'
    ? loadBalancer(
      cloud,
      isInternal(at(inputs, 'metadata', 'annotations')),
      listAt(inputs, 'spec', 'ports').length
    )
    : []

const statefulSet: Rule = ({ inputs }, { cloud }) =>
  listAt(inputs, 'spec', 'volumeClaimTemplates').map((template) =>
    claim(cloud, at(template, 'spec'), numberAt(inputs, 'spec', 'replicas') ?? 1)
  )

/**
 * Disks and load balancers that Helm values and custom resources ask for, by the names that charts
 * and operators use. `replicas` is what the nearest mapping above says.
 */
function asked (cloud: Cloud, node: unknown, replicas: number): Charge[] {
  if (Array.isArray(node)) return node.flatMap((item) => asked(cloud, item, replicas))
  if (!isRecord(node)) return []
  const count = numberAt(node, 'replicas') ?? numberAt(node, 'replicaCount') ?? replicas
  return Object.entries(node).flatMap(([key, value]): Charge[] => {
    switch (key) {
      case 'volumeClaimTemplate':
        return [claim(cloud, at(value, 'spec'), count)]
      case 'volumeClaimTemplates':
        return Array.isArray(value) ? value.map((template) => claim(cloud, at(template, 'spec'), count)) : []
      case 'persistence':
      case 'persistentVolume': {
        const gb = storageGb(at(value, 'size'))
        return gb === undefined || at(value, 'enabled') === false
          ? []
          : [claimDisk(cloud, gb, textAt(value, 'storageClass') ?? textAt(value, 'storageClassName'), count)]
      }
      case 'service':
        return textAt(value, 'type') === 'LoadBalancer'
          ? loadBalancer(cloud, isInternal(at(value, 'annotations')), listAt(value, 'ports').length)
          : asked(cloud, value, count)
      default:
        return asked(cloud, value, count)
    }
  })
}

const release: Rule = ({ inputs }, { cloud, charts }) => {
  const name = (textAt(inputs, 'chart') ?? '').split('/').at(-1) ?? ''
  const chart = Object.hasOwn(charts, name) ? charts[name] : undefined
  const wanted = asked(cloud, at(inputs, 'values'), 1)
  const unsaid = chart?.loadBalancer === true && at(inputs, 'values', 'service', 'type') === undefined
    ? loadBalancer(cloud, isInternal(at(inputs, 'values', 'service', 'annotations')), includedPorts)
    : []
  return [
    ...wanted,
    ...unsaid,
    ...chart ? [] : [{ reason: `what the chart ${name} makes by default is not in the price table` }]
  ]
}

const customResource: Rule = ({ inputs }, { cloud }) => asked(cloud, at(inputs, 'spec'), 1)

/**
 * A CloudNativePG cluster: each instance has a disk for data and, when asked for, one for its log.
 */
const postgres: Rule = ({ inputs }, { cloud }) => {
  const count = numberAt(inputs, 'spec', 'instances') ?? 1
  return ['storage', 'walStorage'].flatMap((field): Charge[] => {
    const wanted = at(inputs, 'spec', field)
    if (wanted === undefined && field === 'walStorage') return []
    const gb = storageGb(at(wanted, 'size'))
    return [
      gb === undefined
        ? { reason: `the size of the database's ${field} is not known` }
        : claimDisk(cloud, gb, textAt(wanted, 'storageClass'), count)
    ]
  })
}

/** Rules by type token. */
export const kubernetesRules: Rules = {
  'kubernetes:core/v1:Service': service,
  'kubernetes:core/v1:PersistentVolumeClaim': (
    { inputs },
    { cloud }
  ) => [claim(cloud, at(inputs, 'spec'), 1)],
  'kubernetes:apps/v1:StatefulSet': statefulSet,
  'kubernetes:helm.sh/v3:Release': release,
  'kubernetes:helm.sh/v4:Chart': release,
  'kubernetes:postgresql.cnpg.io/v1:Cluster': postgres,
  'kubernetes:monitoring.coreos.com/v1:Prometheus': customResource,
  'kubernetes:monitoring.coreos.com/v1:Alertmanager': customResource,
  'kubernetes:monitoring.coreos.com/v1:ThanosRuler': customResource
}
