/**
 * Phase 4: the certificate hierarchy and Istio in every cluster, multi-primary on different
 * networks. Pure.
 */
import { metricsPasswordName } from '../monitoring/hub.ts'
import { hasPublicGateway, peerAddressUnits } from '../networking/gateway-peers.ts'
import { meshPorts } from '../networking/mesh-ports.ts'
import { clusterOf, clusterScopes, federationScopes, linkName, unitRef } from '../scopes.ts'
import { type EstimateStep, type PaidResource, type Phase, type TakeOver, type UnitKind } from '../types.ts'
import { ingressPorts } from './settings.ts'

const metricsPassword: TakeOver = {
  from: unitRef('monitoring', 'global'),
  taken: ({ type, name }) =>
    type === 'random:index/randomPassword:RandomPassword' && name === metricsPasswordName ? name : undefined
}

const root: UnitKind = {
  scope: 'federation',
  scopes: federationScopes,
  dependsOn: () => [],
  estimate: (): EstimateStep[] => [
    { key: 'key', type: 'tls:index/privateKey:PrivateKey' },
    { key: 'certificate', type: 'tls:index/selfSignedCert:SelfSignedCert', after: ['key'] }
  ],
  // Ledgers' certificates were in their pairs' stacks until each side had one of its own, and the
  // metrics' password in the hub's until clusters came before that.
  takesOver: (federation) => [
    metricsPassword,
    ...federation.disasterRecovery.pairs.map(({ primary, standby }): TakeOver => ({
      from: unitRef('disaster-recovery', linkName(primary, standby)),
      taken: ({ type, name }) => type === 'windlass:disaster-recovery:LedgerCertificates' ? name : undefined
    }))
  ],
  load: () => import('./root.ts')
}

/** The load balancer that a gateway's Service makes; an internal one has no public address. */
function loadBalancer (name: string, internal: boolean, ports: readonly object[]): PaidResource {
  const annotations = {
    'service.beta.kubernetes.io/aws-load-balancer-internal': 'true',
    'service.beta.kubernetes.io/azure-load-balancer-internal': 'true'
  }
  return {
    name,
    inputs: {
      metadata: { annotations: internal ? annotations : {} },
      spec: { type: 'LoadBalancer', ports }
    }
  }
}

const cluster: UnitKind = {
  scope: 'cluster',
  scopes: clusterScopes,
  dependsOn: (federation, scope) => [
    unitRef('infrastructure', scope.name),
    unitRef('networking', scope.name),
    unitRef('mesh', 'global'),
    // On AWS the load balancer's security group names the peers.
    ...(scope.cloud === 'aws' ? [] : peerAddressUnits(federation, clusterOf(federation, scope.name)))
  ],
  estimate: (federation, scope): EstimateStep[] => [
    { key: 'certificates', type: 'tls:index/locallySignedCert:LocallySignedCert' },
    { key: 'namespace', type: 'kubernetes:core/v1:Namespace' },
    { key: 'cacerts', type: 'kubernetes:core/v1:Secret', after: ['certificates', 'namespace'] },
    { key: 'base', type: 'kubernetes:helm.sh/v3:Release', after: ['cacerts'] },
    { key: 'cni', type: 'kubernetes:helm.sh/v3:Release', after: ['base'] },
    { key: 'istiod', type: 'kubernetes:helm.sh/v3:Release', after: ['cni', 'cacerts'] },
    { key: 'gateways', type: 'kubernetes:helm.sh/v3:Release', count: 2, after: ['istiod'] },
    {
      key: 'addresses',
      type: 'kubernetes:core/v1:Service',
      count: 2,
      after: ['gateways'],
      costs: [
        loadBalancer('ingress', false, ingressPorts),
        loadBalancer(
          'east-west',
          !hasPublicGateway(federation, clusterOf(federation, scope.name)),
          meshPorts
        )
      ]
    }
  ],
  load: () => import('./cluster.ts')
}

export const mesh: Phase = { number: 4, name: 'mesh', title: 'Service mesh', units: [root, cluster] }
