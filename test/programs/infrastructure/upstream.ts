/** Outputs of earlier units, as the programs of phases 2 and 3 read them. */
import { egressAddressCount } from '../../../programs/networking/gateway-peers.ts'
import {
  type ClusterAudit,
  type ClusterGateways,
  type ClusterNetworking,
  type ClusterPrerequisites,
  type InfrastructureOutputs
} from '../../../programs/outputs.ts'
import { type Cluster } from '../../../programs/types/cluster.ts'
import { type Federation } from '../../../programs/types.ts'
import { type Upstream } from '../../fixtures/programs/mock-engine.ts'

const kmsKeys = {
  aws: 'arn:aws:kms:us-east-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef',
  gcp: 'projects/nautilus-trading/locations/europe-west1/keyRings/ring/cryptoKeys/key',
  azure: 'https://kv-primary-asia-01234567.vault.azure.net/keys/cluster/0123456789abcdef'
}

function foundation ({ name, cloud }: Cluster): ClusterPrerequisites & ClusterAudit {
  return {
    kmsKey: kmsKeys[cloud],
    logBucket: `${name}-logs`,
    backupBucket: `${name}-backups`,
    auditWorkspace: cloud === 'azure'
      ? `/subscriptions/s/resourceGroups/${name}/providers/Microsoft.OperationalInsights/workspaces/` +
        `${name}-audit`
      : '',
    resourceGroup: cloud === 'azure' ? name : '',
    registry: `registry.example/${name}`
  }
}

function infrastructure (cluster: Cluster): InfrastructureOutputs {
  const { name, cloud } = cluster
  const ids = (kind: string): string[] => cluster.subnets.map(({ zone }) => `${name}-${kind}-${zone}`)
  return {
    ...gateways(cluster),
    egressAddresses: egressOf(cluster),
    networkId: `${name}-network`,
    networkName: name,
    resourceGroup: cloud === 'azure' ? name : '',
    privateSubnets: ids('private'),
    publicSubnets: ids('public'),
    intraSubnets: ids('intra'),
    routeTables: cloud === 'aws' ? [...ids('table'), `${name}-table-intra`] : [],
    clusterName: name,
    clusterId: `${name}-id`,
    endpoint: `https://${name}.example`,
    kubeconfig: '{"apiVersion":"v1","kind":"Config"}',
    oidcIssuer: `https://issuer.example/${name}`,
    nodeSecurityGroup: cloud === 'azure'
      ? `/subscriptions/s/resourceGroups/${name}/providers/Microsoft.Network/networkSecurityGroups/` +
        `${name}-nodes`
      : `${name}-nodes`,
    nodeGroups: cluster.nodePools.map((pool) => pool.name),
    storageKey: kmsKeys[cloud]
  }
}

/** Addresses by which a cluster goes out: 203.0.{place of its network}.{1, 2, 3}. */
export function egressOf (cluster: Cluster): string[] {
  return Array.from(
    { length: egressAddressCount(cluster) },
    (_, index) => `203.0.${cluster.cidr.split('.')[1]}.${index + 1}`
  )
}

function gateways ({ name, cloud }: Cluster): ClusterGateways {
  return {
    transitGateway: cloud === 'aws' ? `${name}-tgw` : '',
    transitRouteTable: cloud === 'aws' ? `${name}-tgw-rtb` : '',
    vpnGateway: cloud === 'aws' ? '' : `${name}-vpn`,
    vpnAddresses: cloud === 'aws' ? [] : ['203.0.113.1', '203.0.113.2']
  }
}

function attachments (cluster: Cluster): ClusterNetworking {
  const { name, cloud } = cluster
  return {
    ...gateways(cluster),
    router: cloud === 'gcp' ? `${name}-router` : '',
    gatewaySecurityGroup: cloud === 'aws' ? `${name}-east-west` : '',
    tuning: []
  }
}

/** Outputs of the first three phases' cluster units, for every cluster. */
export function deployed (federation: Federation): Upstream {
  return Object.fromEntries(federation.clusters.flatMap((cluster) => [
    [`prerequisites.${cluster.name}`, { ...foundation(cluster) }],
    [`infrastructure.${cluster.name}`, { ...infrastructure(cluster) }],
    [`networking.${cluster.name}`, { ...attachments(cluster) }]
  ]))
}

/** Outputs of the mesh's common unit: certificates of a ledger for each recovery pair. */
export function withLedgers (federation: Federation): Upstream {
  const ledger = {
    authority: 'a',
    serverCertificate: 's',
    serverKey: 'k',
    replicationCertificate: 'r',
    replicationKey: 'k'
  }
  const { pairs } = federation.disasterRecovery
  return {
    'mesh.global': {
      ledgers: Object.fromEntries(pairs.map(({ primary }) => [primary, ledger])),
      metricsPassword: 'p',
      metricsPasswordHash: 'h'
    }
  }
}
