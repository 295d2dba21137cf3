/**
 * The standby of a pair: room on its nodes, rules by which it grows, and the settings of
 * replication.
 */
import * as kubernetes from '@pulumi/kubernetes'
import { boundedName } from '../components/naming.ts'
import { servicesIn } from '../federation/topology.ts'
import { objectLabels } from '../kubernetes/objects.ts'
import { type Cluster } from '../types/cluster.ts'
import { type DrPair } from '../types/recovery.ts'
import { type UnitContext } from '../types.ts'
import { ledgerHost, recoveryNamespace } from './names.ts'
import { replicationOf } from './recovery.ts'
import { runbookOf } from './runbook.ts'

const pauseImage = 'registry.k8s.io/pause:3.10'

/**
 * The namespace of a pair in one of its clusters or observers; `prefix` begins the resource's name.
 * Outside the mesh: a sidecar would take a prober's probe over and ask in its own way.
 */
export function pairNamespace (
  context: UnitContext,
  pair: DrPair,
  prefix: string,
  provider: kubernetes.Provider
): kubernetes.core.v1.Namespace {
  return new kubernetes.core.v1.Namespace(`${prefix}-namespace`, {
    metadata: {
      name: recoveryNamespace(pair),
      labels: {
        ...objectLabels(context, 'namespace'),
        'pod-security.kubernetes.io/enforce': 'restricted',
        'istio-injection': 'disabled'
      }
    }
  }, { provider })
}

/**
 * Pods that do nothing, one a node that runs anyway, each as large as half of what a trading pod
 * asks for: on failover they are the first to go (negative priority), trading pods start at once,
 * and those evicted make the autoscaler add nodes up to `failoverNodes`.
 */
export function reserve (
  context: UnitContext,
  pair: DrPair,
  standby: Cluster,
  space: kubernetes.core.v1.Namespace,
  provider: kubernetes.Provider
): void {
  const labels = { ...objectLabels(context, 'reserve'), app: 'reserve' }
  const priority = new kubernetes.scheduling.v1.PriorityClass('reserve', {
    metadata: { name: boundedName(63, 'reserve', pair.primary), labels },
    value: -10,
    globalDefault: false,
    preemptionPolicy: 'Never',
    description: 'Holds room for a failover: gives way to everything'
  }, { provider })
  const nodes = standby.nodePools.reduce((sum, pool) => sum + pool.min, 0)
  new kubernetes.apps.v1.Deployment('reserve', {
    // Waiting for a node is what these pods are for.
    metadata: {
      name: 'reserve',
      namespace: recoveryNamespace(pair),
      labels,
      annotations: { 'pulumi.com/skipAwait': 'true' }
    },
    spec: {
      replicas: Math.max(1, nodes),
      selector: { matchLabels: { app: 'reserve' } },
      template: {
        metadata: { labels },
        spec: {
          priorityClassName: priority.metadata.name,
          terminationGracePeriodSeconds: 0,
          automountServiceAccountToken: false,
          securityContext: {
            runAsNonRoot: true,
            runAsUser: 65535,
            seccompProfile: { type: 'RuntimeDefault' }
          },
          topologySpreadConstraints: [{
            maxSkew: 1,
            topologyKey: 'kubernetes.io/hostname',
            whenUnsatisfiable: 'ScheduleAnyway',
            labelSelector: { matchLabels: { app: 'reserve' } }
          }],
          containers: [{
            name: 'pause',
            image: pauseImage,
            resources: { requests: { cpu: '2', memory: '4Gi' }, limits: { cpu: '2', memory: '4Gi' } },
            securityContext: {
              allowPrivilegeEscalation: false,
              readOnlyRootFilesystem: true,
              capabilities: { drop: ['ALL'] }
            }
          }]
        }
      }
    }
  }, { provider, dependsOn: [space] })
}

/**
 * Autoscalers of the services that the standby takes over: from one pod to two a node of the
 * failover's size, doubling every 15 s.
 */
export function failoverScaling (
  context: UnitContext,
  pair: DrPair,
  standby: Cluster,
  provider: kubernetes.Provider
): string[] {
  return servicesIn(context.federation, standby).map((service) => {
    new kubernetes.autoscaling.v2.HorizontalPodAutoscaler(`${service.namespace}-${service.name}`, {
      metadata: {
        name: `${service.name}-failover`,
        namespace: service.namespace,
        labels: objectLabels(context, 'failover'),
        annotations: { 'pulumi.com/skipAwait': 'true' }
      },
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: service.name },
        minReplicas: 1,
        maxReplicas: Math.max(2, 2 * pair.failoverNodes),
        metrics: [{
          type: 'Resource',
          resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 60 } }
        }],
        behavior: {
          scaleUp: {
            stabilizationWindowSeconds: 0,
            selectPolicy: 'Max',
            policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }]
          },
          // Failing back is a decision: what was scaled up stays for ten minutes.
          scaleDown: {
            stabilizationWindowSeconds: 600,
            policies: [{ type: 'Percent', value: 25, periodSeconds: 60 }]
          }
        }
      }
    }, { provider })
    return service.name
  })
}

/**
 * Registers how the data services of one side replicate, as they read it, and what people do by
 * hand.
 */
export function replicationSettings (
  context: UnitContext,
  pair: DrPair,
  cluster: Cluster,
  side: 'primary' | 'standby',
  space: kubernetes.core.v1.Namespace,
  provider: kubernetes.Provider
): void {
  const { mode, heartbeatSeconds, maxLagSeconds } = replicationOf(context.federation, pair)
  new kubernetes.core.v1.ConfigMap(`${cluster.name}-replication`, {
    metadata: {
      name: 'replication',
      namespace: recoveryNamespace(pair),
      labels: objectLabels(context, 'replication')
    },
    data: {
      side,
      peer: side === 'primary' ? pair.standby : pair.primary,
      mode,
      heartbeatSeconds: String(heartbeatSeconds),
      maxLagSeconds: String(maxLagSeconds),
      objectiveSeconds: String(pair.rpoSeconds),
      ...(mode !== 'none' && { ledger: ledgerHost(pair, cluster.name) }),
      ...(side === 'standby' && { 'runbook.md': runbookOf(context.federation, pair) })
    }
  }, { provider, dependsOn: [space] })
}
