/**
 * Permissions of IAM that deploying each type of Google Cloud resource needs. Pure. Source: Google
 * Cloud, "IAM permissions reference", and the calls that the resources of pulumi-gcp 9 make.
 */
import { type PhaseName } from '../../../contract/words.ts'
import { type Link } from '../../types/connections.ts'

/** One type: `permissions` in full; `phases` that register it. */
export interface GcpPermission {
  readonly type: string
  readonly permissions: readonly string[]
  readonly phases: readonly PhaseName[]
  /** Asked for only in the cloud that serves the federation's names. */
  readonly dns?: true
  /** Asked for only where the federation has links of this kind. */
  readonly link?: Link['kind']
}

const infrastructure: readonly PhaseName[] = ['infrastructure']
const networking: readonly PhaseName[] = ['networking']
const both: readonly PhaseName[] = ['infrastructure', 'networking']
const identities: readonly PhaseName[] = ['monitoring', 'disaster-recovery']
const dns: readonly PhaseName[] = ['federation', 'disaster-recovery']

const lifeCycle = 'create delete get update'
const of = (collection: string, verbs: string): string[] =>
  verbs.split(' ').map((verb) => `${collection}.${verb}`)
const compute = (
  type: string,
  collection: string,
  verbs: string,
  phases: readonly PhaseName[],
  where: 'global' | 'region' = 'region'
): GcpPermission => ({
  // Compute's calls return operations, which are asked until they are done.
  type: `gcp:compute/${type}`,
  permissions: [...of(`compute.${collection}`, verbs), `compute.${where}Operations.get`],
  phases
})

export const gcpPermissions: readonly GcpPermission[] = [
  compute('network:Network', 'networks', `${lifeCycle} updatePolicy`, infrastructure, 'global'),
  compute(
    'subnetwork:Subnetwork',
    'subnetworks',
    `${lifeCycle} setPrivateIpGoogleAccess expandIpCidrRange`,
    infrastructure
  ),
  compute('router:Router', 'routers', `${lifeCycle} use`, both),
  compute('routerNat:RouterNat', 'routers', 'get update', infrastructure),
  {
    ...compute('address:Address', 'addresses', 'create delete get use setLabels', infrastructure),
    link: 'mesh'
  },
  compute('firewall:Firewall', 'firewalls', lifeCycle, networking, 'global'),
  compute(
    'networkPeering:NetworkPeering',
    'networks',
    'addPeering removePeering updatePeering get',
    networking,
    'global'
  ),
  compute('haVpnGateway:HaVpnGateway', 'vpnGateways', 'create delete get setLabels', infrastructure),
  compute(
    'externalVpnGateway:ExternalVpnGateway',
    'externalVpnGateways',
    'create delete get use setLabels',
    networking,
    'global'
  ),
  {
    ...compute('vPNTunnel:VPNTunnel', 'vpnTunnels', 'create delete get setLabels', networking),
    permissions: [
      ...of('compute.vpnTunnels', 'create delete get setLabels'),
      'compute.vpnGateways.use',
      'compute.globalOperations.get',
      'compute.regionOperations.get'
    ]
  },
  compute('routerInterface:RouterInterface', 'routers', 'get update', networking),
  {
    ...compute(
      'interconnectAttachment:InterconnectAttachment',
      'interconnectAttachments',
      lifeCycle,
      networking
    ),
    link: 'interconnect'
  },
  compute('routerPeer:RouterPeer', 'routers', 'get update', networking),
  { ...compute('healthCheck:HealthCheck', 'healthChecks', `${lifeCycle} use`, dns, 'global'), dns: true },

  // What is done to a cluster that exists is in roles/container.admin, which phase 1 grants on the
  // federation's clusters. A cluster's pools are read with their instance groups.
  {
    type: 'gcp:container/cluster:Cluster',
    permissions: [
      'container.clusters.create',
      'container.operations.get',
      'compute.instanceGroupManagers.get'
    ],
    phases: infrastructure
  },
  {
    type: 'gcp:container/nodePool:NodePool',
    permissions: [
      'container.operations.get',
      'compute.instanceGroupManagers.get',
      'iam.serviceAccounts.actAs'
    ],
    phases: infrastructure
  },
  {
    type: 'gcp:serviceaccount/account:Account',
    permissions: of('iam.serviceAccounts', lifeCycle),
    phases: ['infrastructure', ...identities]
  },
  {
    type: 'gcp:projects/iAMMember:IAMMember',
    permissions: of('resourcemanager.projects', 'getIamPolicy setIamPolicy'),
    phases: infrastructure
  },
  {
    type: 'gcp:serviceaccount/iAMMember:IAMMember',
    permissions: of('iam.serviceAccounts', 'getIamPolicy setIamPolicy'),
    phases: identities
  },
  {
    type: 'gcp:storage/bucketIAMMember:BucketIAMMember',
    permissions: of('storage.buckets', 'getIamPolicy setIamPolicy'),
    phases: identities
  },
  {
    type: 'gcp:iam/workloadIdentityPool:WorkloadIdentityPool',
    permissions: of('iam.googleapis.com/workloadIdentityPools', lifeCycle),
    phases: identities
  },
  {
    type: 'gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider',
    permissions: of('iam.googleapis.com/workloadIdentityPoolProviders', lifeCycle),
    phases: identities
  },
  {
    type: 'gcp:dns/recordSet:RecordSet',
    permissions: [
      ...of('dns.resourceRecordSets', 'create delete list update'),
      ...of('dns.changes', 'create get'),
      'dns.managedZones.get'
    ],
    phases: dns,
    dns: true
  }
]
