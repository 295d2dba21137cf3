/** Openings of the monitoring namespace; nobody else gets in from outside it. */
import * as kubernetes from '@pulumi/kubernetes'
import { type CustomResourceOptions } from '@pulumi/pulumi'
import { apiServers, inNamespace, type NetworkPolicySpec, tcp } from '../kubernetes/network-policy.ts'
import { objectLabels } from '../kubernetes/objects.ts'
import { meshNamespace } from '../mesh/settings.ts'
import { type Cluster } from '../types/cluster.ts'
import { type UnitContext } from '../types.ts'
import { observerLabel, reportNamespace } from '../validation/places.ts'
import { monitoringNamespace, prober, prometheusPort } from './hub.ts'

type Openings = Readonly<Record<string, NetworkPolicySpec>>

/**
 * Nothing comes in from elsewhere, and inside the namespace everybody may talk to everybody:
 * Prometheus asks all that is in it, and the metrics store is a dozen kinds of pods that ask each
 * other.
 *
 * What they send is left open. Prometheus asks each pod and node of the cluster, Alertmanager, the
 * metrics store and the prober speak to addresses of the internet that have no fixed ranges (Slack,
 * PagerDuty, buckets, identities), so a list of destinations would name everything; pods that send
 * to them are limited where they are.
 */
const closed: Openings = {
  'default-deny': { podSelector: {}, policyTypes: ['Ingress'] },
  'allow-inside': { podSelector: {}, policyTypes: ['Ingress'], ingress: [{ from: [{ podSelector: {} }] }] }
}

/**
 * The policies of a cluster's own monitoring, by name. Ports: 4317 traces of any pod's proxy; 10250
 * webhooks of the Prometheus operator, which the API server calls through the network or a tunnel
 * that ends in kube-system.
 */
export function clusterOpenings (cluster: Cluster): Openings {
  return {
    ...closed,
    'allow-traces': {
      podSelector: { matchLabels: { 'app.kubernetes.io/name': 'opentelemetry-collector' } },
      policyTypes: ['Ingress'],
      ingress: [{ from: [{ namespaceSelector: {} }], ports: tcp(4317) }]
    },
    // Peers' probers, through the east-west gateway.
    'allow-peers': {
      podSelector: { matchLabels: { ...prober.labels } },
      policyTypes: ['Ingress'],
      ingress: [{ from: [inNamespace(meshNamespace)], ports: tcp(prober.port) }]
    },
    // Jobs of phase 8 that ask what was measured.
    'allow-validation': {
      podSelector: { matchLabels: { 'app.kubernetes.io/name': 'prometheus' } },
      policyTypes: ['Ingress'],
      ingress: [{
        from: [{ ...inNamespace(reportNamespace), podSelector: { matchLabels: { ...observerLabel } } }],
        ports: tcp(prometheusPort)
      }]
    },
    'allow-webhooks': {
      podSelector: { matchLabels: { app: 'kube-prometheus-stack-operator' } },
      policyTypes: ['Ingress'],
      ingress: [{ from: [...apiServers(cluster), inNamespace('kube-system')], ports: tcp(10250) }]
    }
  }
}

/**
 * Those of the hub's services, which other clusters reach through the east-west gateway of the
 * hub's mesh: 8080 the metrics' gateway, 9093 Alertmanager, 4317 and 16686 Jaeger. Proxies ask for
 * certificates there (`access.ts`).
 */
export function hubOpenings (): Openings {
  return {
    ...Object.fromEntries(Object.entries(closed).map(([name, spec]) => [`hub-${name}`, spec])),
    'hub-allow-peers': {
      podSelector: {
        matchExpressions: [{ key: 'sidecar.istio.io/inject', operator: 'In', values: ['true'] }]
      },
      policyTypes: ['Ingress'],
      ingress: [{ from: [inNamespace(meshNamespace)], ports: tcp(8080, 9093, 4317, 16686) }]
    }
  }
}

/** Registers them. `options` carry the cluster's provider and come after the namespace. */
export function isolate (context: UnitContext, openings: Openings, options: CustomResourceOptions): void {
  for (const [name, spec] of Object.entries(openings)) {
    new kubernetes.networking.v1.NetworkPolicy(`monitoring-${name}`, {
      metadata: { name, namespace: monitoringNamespace, labels: objectLabels(context, 'network-policy') },
      spec
    }, options)
  }
}
