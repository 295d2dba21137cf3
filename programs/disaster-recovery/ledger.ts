/**
 * The ledger of a pair: PostgreSQL by CloudNativePG, a cluster on each side, of which the standby's
 * follows the primary's by streaming replication over the mesh. Which side writes is one field,
 * `replica.primary`; the other follows, whichever it is.
 */
import * as kubernetes from '@pulumi/kubernetes'
import { type Output, type Resource } from '@pulumi/pulumi'
import { apiEgress, dnsEgress, inNamespace, tcp } from '../kubernetes/network-policy.ts'
import { customResource, objectLabels, secretLabels } from '../kubernetes/objects.ts'
import { meshNamespace } from '../mesh/settings.ts'
import { monitoringNamespace } from '../monitoring/hub.ts'
import { gatewayBlocks } from '../networking/gateway-peers.ts'
import { type LedgerIdentity } from '../outputs.ts'
import { clusterOf } from '../scopes.ts'
import { type Cluster } from '../types/cluster.ts'
import { type DrPair } from '../types/recovery.ts'
import { type UnitContext } from '../types.ts'
import { ledgerInstances, ledgerVolumes } from './ledger-size.ts'
import { ledgerHost, ledgerName, ledgerNamespace } from './names.ts'
import { operatorNamespace } from './postgres-operator.ts'
import { type Replication, type SideOf } from './recovery.ts'

const image = 'ghcr.io/cloudnative-pg/postgresql:17.6'
const postgres = 5432
// The operator and Prometheus speak to the pod itself, past its sidecar.
/** Port at which the operator asks an instance for its status. */
const status = 8000
/** Port at which Prometheus reads an instance's metrics. */
const metrics = 9187
const secrets = {
  authority: 'ledger-ca',
  server: 'ledger-server',
  replication: 'ledger-replication'
} as const

/** One side of a pair. */
export interface Side {
  readonly cluster: Cluster
  readonly provider: kubernetes.Provider
}

/**
 * The way from a side to the other: by certificate, over TLS inside the mesh's own. The writer
 * knows whoever follows by the name of its ledger, so that a standby that is lost can be told from
 * a replica beside the writer.
 */
function connection (pair: DrPair, cluster: string, self: string): Record<string, unknown> {
  return {
    name: ledgerName(cluster),
    connectionParameters: {
      host: ledgerHost(pair, cluster),
      port: String(postgres),
      user: 'streaming_replica',
      dbname: 'postgres',
      sslmode: 'verify-ca',
      application_name: self
    },
    sslCert: { name: secrets.replication, key: 'tls.crt' },
    sslKey: { name: secrets.replication, key: 'tls.key' },
    sslRootCert: { name: secrets.authority, key: 'ca.crt' }
  }
}

/**
 * Nobody but the ledger's own pods, the platform's services through their sidecars, the operator
 * and Prometheus gets in; out go DNS, the mesh, the peer and the API.
 */
function isolation (
  context: UnitContext,
  pair: DrPair,
  { cluster, provider }: Side,
  peer: Cluster,
  space: Resource
): Resource[] {
  const namespace = ledgerNamespace(pair)
  const callers = [
    ...new Set(
      context.federation.mesh.services.filter(({ roles }) => roles.includes(cluster.role)).map((service) =>
        service.namespace
      )
    )
  ].map(inNamespace)
  const policy = (name: string, spec: kubernetes.types.input.networking.v1.NetworkPolicySpec): Resource =>
    new kubernetes.networking.v1.NetworkPolicy(`${cluster.name}-ledger-${name}`, {
      metadata: { name, namespace, labels: objectLabels(context, 'network-policy') },
      spec
    }, { provider, dependsOn: [space] })
  return [
    policy('default-deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }),
    policy('allow-ledger', {
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
      ingress: [
        { from: [{ podSelector: {} }, inNamespace(meshNamespace), ...callers], ports: tcp(postgres) },
        // The operator's documentation asks for both ports.
        { from: [inNamespace(operatorNamespace)], ports: tcp(status, postgres) },
        { from: [{ podSelector: {} }], ports: tcp(status) },
        { from: [inNamespace(monitoringNamespace)], ports: tcp(metrics, 15090) }
      ],
      egress: [
        dnsEgress(cluster),
        { to: [{ podSelector: {} }], ports: tcp(postgres, status) },
        { to: [inNamespace(meshNamespace)], ports: tcp(15012) },
        { to: [inNamespace(monitoringNamespace)], ports: tcp(4317) },
        { to: gatewayBlocks(context.federation, cluster, [peer]), ports: tcp(15443) },
        { to: apiEgress(cluster), ports: tcp(443) }
      ]
    })
  ]
}

/**
 * Registers one side's database. `role`: the primary begins as the writer, the standby follows it.
 */
function instances (
  context: UnitContext,
  pair: DrPair,
  { heartbeatSeconds, maxLagSeconds }: Replication,
  { cluster, provider }: Side,
  role: 'primary' | 'standby',
  after: Resource[]
): Resource {
  const namespace = ledgerNamespace(pair)
  const name = ledgerName(cluster.name)
  const peer = role === 'primary' ? pair.standby : pair.primary
  return customResource(context, {
    apiVersion: 'postgresql.cnpg.io/v1',
    kind: 'Cluster',
    name,
    namespace,
    resourceName: `${cluster.name}-ledger`
  }, {
    imageName: image,
    instances: ledgerInstances[role],
    ...ledgerVolumes,
    certificates: {
      serverCASecret: secrets.authority,
      serverTLSSecret: secrets.server,
      clientCASecret: secrets.authority,
      replicationTLSSecret: secrets.replication
    },
    postgresql: {
      parameters: {
        // What the standby has received is told every heartbeat; a connection that is silent for as
        // long as the lag may be is dropped and made again.
        wal_receiver_status_interval: `${heartbeatSeconds}s`,
        wal_sender_timeout: `${maxLagSeconds}s`,
        wal_receiver_timeout: `${maxLagSeconds}s`,
        // Local commits wait for the local disk, not for the other side of the Atlantic.
        synchronous_commit: 'local',
        // What the standby still needs after it was away; more than that, and it is made anew.
        wal_keep_size: '4GB'
      }
    },
    replica: { self: name, primary: ledgerName(pair.primary), source: ledgerName(peer) },
    externalClusters: [pair.primary, pair.standby].map((one) => connection(pair, one, name)),
    bootstrap: role === 'primary'
      ? { initdb: { database: 'ledger', owner: 'ledger', dataChecksums: true } }
      : { pg_basebackup: { source: ledgerName(pair.primary) } },
    affinity: {
      enablePodAntiAffinity: true,
      topologyKey: 'topology.kubernetes.io/zone',
      podAntiAffinityType: 'preferred'
    },
    resources: { requests: { cpu: '1', memory: '2Gi' }, limits: { cpu: '2', memory: '2Gi' } },
    primaryUpdateStrategy: 'unsupervised',
    inheritedMetadata: {
      annotations: { 'traffic.sidecar.istio.io/excludeInboundPorts': `${status},${metrics}` }
    }
  }, { provider, dependsOn: after })
}

/** Registers one side's namespace. */
function ledgerSpace (context: UnitContext, pair: DrPair, { cluster, provider }: Side): Resource {
  return new kubernetes.core.v1.Namespace(`${cluster.name}-ledger`, {
    metadata: {
      name: ledgerNamespace(pair),
      labels: {
        ...objectLabels(context, 'namespace'),
        'pod-security.kubernetes.io/enforce': 'restricted',
        'istio-injection': 'enabled'
      }
    }
  }, { provider })
}

/** Registers the secrets from which one side takes its certificates. */
function certificateSecrets (
  context: UnitContext,
  pair: DrPair,
  { cluster, provider }: Side,
  certificates: Output<LedgerIdentity>,
  space: Resource
): Resource[] {
  const secret = (name: string, type: string, stringData: Record<string, unknown>): Resource =>
    new kubernetes.core.v1.Secret(`${cluster.name}-${name}`, {
      metadata: {
        name,
        namespace: ledgerNamespace(pair),
        labels: { ...secretLabels(context, 'certificate'), 'cnpg.io/reload': 'true' }
      },
      type,
      stringData: stringData as Record<string, string>
    }, { provider, dependsOn: [space] })
  return [
    secret(secrets.authority, 'Opaque', { 'ca.crt': certificates.authority }),
    secret(secrets.server, 'kubernetes.io/tls', {
      'tls.crt': certificates.serverCertificate,
      'tls.key': certificates.serverKey
    }),
    secret(secrets.replication, 'kubernetes.io/tls', {
      'tls.crt': certificates.replicationCertificate,
      'tls.key': certificates.replicationKey
    })
  ]
}

/**
 * Registers one side's namespace, certificates, policies and database. Only for pairs
 * whose primary keeps state. A standby begins as a copy of the primary: its first instance asks for
 * one until the primary gives it.
 */
export function ledger (
  context: UnitContext,
  { pair, side: role }: SideOf,
  replication: Replication,
  side: Side,
  certificates: Output<LedgerIdentity>
): void {
  const peer = clusterOf(context.federation, role === 'primary' ? pair.standby : pair.primary)
  const space = ledgerSpace(context, pair, side)
  const ready = [
    ...certificateSecrets(context, pair, side, certificates, space),
    ...isolation(context, pair, side, peer, space)
  ]
  instances(context, pair, replication, side, role, ready)
}
