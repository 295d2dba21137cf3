/**
 * Secrets by which a cluster's control plane discovers the others' endpoints: a kubeconfig per
 * peer, with a token that may read endpoints and nothing else.
 */
import * as kubernetes from '@pulumi/kubernetes'
import { all, type CustomResourceOptions, secret } from '@pulumi/pulumi'
import { upstream } from '../components/upstream.ts'
import { secretLabels } from '../kubernetes/objects.ts'
import { apiServerName, meshNamespace } from '../mesh/settings.ts'
import { type ClusterMesh } from '../outputs.ts'
import { type Cluster } from '../types/cluster.ts'
import { type UnitContext } from '../types.ts'

/**
 * A kubeconfig (JSON, which is YAML) that reaches the API server behind `server`, whose
 * certificates `authority` (base64 PEM) signs, with a bearer token.
 */
export function tokenKubeconfig (name: string, server: string, authority: string, token: string): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    // The gateway on the way there does not end TLS: it passes on by the name asked for.
    clusters: [{
      name,
      cluster: {
        server: server.startsWith('https://') ? server : `https://${server}`,
        'tls-server-name': apiServerName,
        'certificate-authority-data': authority
      }
    }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    users: [{ name, user: { token } }],
    'current-context': name
  })
}

/**
 * Registers the Secret that lets this cluster's istiod read the peer's endpoints, as `istioctl
 * create-remote-secret` makes it.
 */
export function remoteSecret (
  context: UnitContext,
  peer: Cluster,
  options: CustomResourceOptions
): kubernetes.core.v1.Secret {
  const mesh = upstream<ClusterMesh>(context, 'mesh', peer.name)
  const kubeconfig = all([mesh('apiServer'), mesh('apiServerCa'), mesh('readerToken')])
    .apply(([server, authority, token]) => tokenKubeconfig(peer.name, server, authority, token))
  return new kubernetes.core.v1.Secret(`istio-remote-secret-${peer.name}`, {
    metadata: {
      name: `istio-remote-secret-${peer.name}`,
      namespace: meshNamespace,
      annotations: { 'networking.istio.io/cluster': peer.name },
      labels: { ...secretLabels(context, 'discovery'), 'istio/multiCluster': 'true' }
    },
    type: 'Opaque',
    stringData: { [peer.name]: secret(kubeconfig) }
  }, options)
}
