/** A cluster's part of the mesh: certificates from the federation's root, Istio, its gateways, and what every workload is held to. */
import * as kubernetes from '@pulumi/kubernetes'
import { secret } from '@pulumi/pulumi'
import { kubernetesProvider, upstream } from '../components/upstream.ts'
import { type PhaseProgram } from '../contract.ts'
import { clusterHost, failoverDomain } from '../federation/dns-service.ts'
import { namespace, objectLabels } from '../kubernetes/objects.ts'
import { type ClusterInfrastructure, type ClusterMesh, type FederationMesh, type Resolved } from '../outputs.ts'
import { clusterOf } from '../scopes.ts'
import { ClusterCertificates } from './certificates.ts'
import { MeshGateway } from './gateway.ts'
import { Istio } from './istio.ts'
import { authorityHours, eastWestPorts, ingressPorts, meshId, meshNamespace } from './settings.ts'
import { meshDefaults } from './defaults.ts'

export const program: PhaseProgram = (context): Resolved<ClusterMesh> => {
  const { federation, scope } = context
  const cluster = clusterOf(federation, scope.name)
  const provider = kubernetesProvider(context, cluster)
  const root = upstream<FederationMesh>(context, 'mesh', 'global')
  const infrastructure = upstream<ClusterInfrastructure>(context, 'infrastructure', cluster.name)

  const certificates = new ClusterCertificates(cluster.name, {
    cluster: cluster.name,
    organization: federation.owner,
    trustDomain: federation.mesh.trustDomain,
    rootCertificate: root('rootCertificate'),
    rootKey: root('rootKey'),
    hours: authorityHours(federation.mesh).intermediate,
    hosts: [federation.dns.host, `*.${federation.dns.host}`, `*.${failoverDomain(federation)}`, clusterHost(federation, cluster.name)]
  })
  // Privileged: Istio's node agent sets up the network of every pod.
  const system = namespace(context, meshNamespace, 'privileged', { 'topology.istio.io/network': cluster.name }, { provider })
  const inSystem = { provider, dependsOn: [system] }
  const authority = new kubernetes.core.v1.Secret('cacerts', {
    metadata: { name: 'cacerts', namespace: meshNamespace, labels: objectLabels(context, 'certificate-authority') },
    type: 'Opaque',
    stringData: {
      'ca-cert.pem': certificates.certificate,
      'ca-key.pem': certificates.key,
      'root-cert.pem': root('rootCertificate'),
      'cert-chain.pem': certificates.chain
    }
  }, inSystem)
  const istio = new Istio(`${cluster.name}-istio`, { federation, cluster, authority }, { providers: [provider] })
  const afterIstiod = { provider, dependsOn: [istio.istiod] }
  const gateways = { cluster, istioVersion: federation.mesh.istioVersion }
  const eastWest = new MeshGateway('istio-eastwestgateway', { ...gateways, reach: 'private', ports: eastWestPorts, network: cluster.name }, { providers: [provider], dependsOn: [istio.istiod] })
  const ingress = new MeshGateway('istio-ingressgateway', { ...gateways, reach: 'public', ports: ingressPorts }, { providers: [provider], dependsOn: [istio.istiod] })
  const ingressTls = new kubernetes.core.v1.Secret('ingress-tls', {
    metadata: { name: 'ingress-tls', namespace: meshNamespace, labels: objectLabels(context, 'ingress') },
    type: 'kubernetes.io/tls',
    stringData: { 'tls.crt': certificates.ingressChain, 'tls.key': certificates.ingressKey }
  }, inSystem)
  meshDefaults(context, { provider, dependsOn: [istio.istiod, ingressTls] })

  // The chart makes the account and binds it to read endpoints; the token is what other clusters' control planes show.
  const reader = new kubernetes.core.v1.Secret('istio-reader-token', {
    metadata: {
      name: 'istio-reader-token',
      namespace: meshNamespace,
      labels: objectLabels(context, 'discovery'),
      annotations: { 'kubernetes.io/service-account.name': 'istio-reader-service-account' }
    },
    type: 'kubernetes.io/service-account-token'
  }, afterIstiod)
  const field = (name: 'token' | 'ca.crt') => reader.data.apply((data) => {
    const value = data?.[name]
    if (!value) throw new Error(`MESH_NO_TOKEN: Secret ${meshNamespace}/istio-reader-token of ${cluster.name} holds no ${name}; Kubernetes fills it in soon after it is made: refresh the unit, then try again`)
    return value
  })

  return {
    network: cluster.name,
    meshId: meshId(federation.name),
    eastWestAddress: eastWest.address,
    ingressAddress: ingress.address,
    istioVersion: istio.version,
    readerToken: secret(field('token').apply((token) => Buffer.from(token, 'base64').toString('utf8'))),
    intermediateCertificate: certificates.certificate,
    mtlsMode: 'STRICT',
    apiServer: infrastructure('endpoint'),
    apiServerCa: secret(field('ca.crt')),
    rootCertificate: root('rootCertificate'),
    certificateValidity: certificates.validity,
    minTlsVersion: federation.mesh.minTlsVersion
  }
}
