/**
 * A cluster's part of the mesh: certificates from the federation's root, Istio, its gateways, and
 * the rules that every workload is held to.
 */
import * as kubernetes from '@pulumi/kubernetes'
import {
  type ComponentResourceOptions,
  type CustomResourceOptions,
  interpolate,
  type Output
} from '@pulumi/pulumi'
import { kubernetesProvider, upstream } from '../components/upstream.ts'
import { clusterHost, commonHealthHost, failoverDomain, healthHost } from '../federation/dns-service.ts'
import { namespace, secretLabels } from '../kubernetes/objects.ts'
import { hasPublicGateway } from '../networking/gateway-peers.ts'
import { meshPorts } from '../networking/mesh-ports.ts'
import { peerSources } from '../networking/peer-sources.ts'
import { type ClusterMesh, type ClusterNetworking, type FederationMesh, type Resolved } from '../outputs.ts'
import { clusterOf } from '../scopes.ts'
import { type Cluster } from '../types/cluster.ts'
import { type PhaseProgram, type UnitContext } from '../types.ts'
import { ClusterCertificates } from './certificates.ts'
import { meshDefaults } from './defaults.ts'
import { apiPassthrough, meshReader } from './discovery.ts'
import { MeshGateway } from './gateway.ts'
import { meshIsolation } from './isolation.ts'
import { Istio } from './istio.ts'
import { authorityHours, ingressPorts, meshId, meshNamespace } from './settings.ts'

export const program: PhaseProgram = (context): Resolved<ClusterMesh> => {
  const { federation, scope } = context
  const cluster = clusterOf(federation, scope.name)
  const provider = kubernetesProvider(context, cluster)
  const root = upstream<FederationMesh>(context, 'mesh', 'global')

  const certificates = certificatesOf(context, cluster)
  // Privileged: Istio's node agent sets up the network of every pod.
  const system = namespace(context, meshNamespace, 'privileged', {
    'topology.istio.io/network': cluster.name
  }, { provider })
  const inSystem = { provider, dependsOn: [system] }
  const authority = authoritySecret(context, certificates, inSystem)
  const istio = new Istio(`${cluster.name}-istio`, { federation, cluster, authority }, {
    providers: [provider],
    // What it may call is settled before it starts, not while it does.
    dependsOn: meshIsolation(context, cluster, inSystem)
  })
  const { eastWest, ingress } = gateways(context, cluster, {
    providers: [provider],
    dependsOn: [istio.istiod]
  })
  // Its authority is the mesh's own where the file names none that public clients trust.
  const given = federation.dns.certificate
  const ingressTls = new kubernetes.core.v1.Secret('ingress-tls', {
    metadata: { name: 'ingress-tls', namespace: meshNamespace, labels: secretLabels(context, 'ingress') },
    type: 'kubernetes.io/tls',
    stringData: given
      ? { 'tls.crt': context.secret(given.chain), 'tls.key': context.secret(given.key) }
      : { 'tls.crt': certificates.ingressChain, 'tls.key': certificates.ingressKey }
  }, inSystem)
  meshDefaults(context, cluster, { provider, dependsOn: [istio.istiod, ingressTls] })
  apiPassthrough(context, { provider, dependsOn: [istio.istiod] })
  const reader = meshReader(context, cluster, inSystem)

  return {
    network: cluster.name,
    meshId: meshId(federation.name),
    eastWestAddress: eastWest.address,
    ingressAddress: ingress.address,
    istioVersion: istio.version,
    readerToken: reader.token,
    intermediateCertificate: certificates.certificate,
    mtlsMode: 'STRICT',
    apiServer: interpolate`https://${eastWest.address}`,
    apiServerCa: reader.authority,
    rootCertificate: root('rootCertificate'),
    certificateValidity: certificates.validity,
    minTlsVersion: federation.mesh.minTlsVersion
  }
}

/**
 * Registers the cluster's own authority under the federation's root, and its ingress' certificate.
 */
function certificatesOf (context: UnitContext, cluster: Cluster): ClusterCertificates {
  const { federation } = context
  const root = upstream<FederationMesh>(context, 'mesh', 'global')
  return new ClusterCertificates(cluster.name, {
    cluster: cluster.name,
    organization: federation.owner,
    trustDomain: federation.mesh.trustDomain,
    rootCertificate: signingRoot(root('rootCertificate')),
    rootKey: root('rootKey'),
    hours: authorityHours(federation.mesh),
    hosts: [
      federation.dns.host,
      `*.${federation.dns.host}`,
      `*.${failoverDomain(federation)}`,
      clusterHost(federation, cluster.name),
      healthHost(federation, cluster.name),
      commonHealthHost(federation)
    ]
  })
}

/** The first of several roots, which signs: another that is trusted too changes nothing here. */
function signingRoot (roots: Output<string>): Output<string> {
  return roots.apply((pem) => /^[\s\S]*?-----END CERTIFICATE-----\n?/.exec(pem)?.[0] ?? pem)
}

/** Registers the secret from which Istio takes its authority. */
function authoritySecret (
  context: UnitContext,
  certificates: ClusterCertificates,
  options: CustomResourceOptions
): kubernetes.core.v1.Secret {
  return new kubernetes.core.v1.Secret('cacerts', {
    metadata: {
      name: 'cacerts',
      namespace: meshNamespace,
      labels: secretLabels(context, 'certificate-authority')
    },
    type: 'Opaque',
    stringData: {
      'ca-cert.pem': certificates.certificate,
      'ca-key.pem': certificates.key,
      // More than one while a root is replaced: workloads whose certificates come from either know
      // each other then (https://github.com/istio/istio/issues/50420).
      'root-cert.pem': upstream<FederationMesh>(context, 'mesh', 'global')('rootCertificate'),
      'cert-chain.pem': certificates.chain
    }
  }, options)
}

/** Registers the gateway of the other clusters and that of the world outside. */
function gateways (
  context: UnitContext,
  cluster: Cluster,
  options: ComponentResourceOptions
): { eastWest: MeshGateway, ingress: MeshGateway } {
  const { federation } = context
  const common = { cluster, istioVersion: federation.mesh.istioVersion }
  const eastWest = new MeshGateway('istio-eastwestgateway', {
    ...common,
    reach: hasPublicGateway(federation, cluster) ? 'public' : 'private',
    ports: meshPorts,
    network: cluster.name,
    sources: cluster.cloud === 'aws' ? [] : peerSources(context, cluster).map(({ cidr }) => cidr),
    securityGroup: upstream<ClusterNetworking>(context, 'networking', cluster.name)('gatewaySecurityGroup')
  }, options)
  const ingress = new MeshGateway('istio-ingressgateway', {
    ...common,
    reach: 'public',
    ports: ingressPorts
  }, options)
  return { eastWest, ingress }
}
