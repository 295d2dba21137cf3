/** Data table: permissions of IAM that operations on each type ask for. */
/*
 * Sources: Google Cloud, "IAM permissions reference" and each service's "Access control with IAM"
 * (Compute Engine API reference: the permissions listed under each method); "use" of what a resource
 * names: Compute Engine, "IAM roles and permissions"; GKE, "Create IAM policies" and "Use least
 * privilege service accounts" (acting as the nodes' account).
 */

/** Permissions of a type: of each operation, and what it is called where the words name it. */
export interface PermissionRow {
  create: string
  read: string
  update: string
  delete: string
  /** Permissions on what inputs name, by path. */
  uses?: Readonly<Record<string, string>>
}

/** A collection whose four verbs are its own permissions. */
const own = (collection: string, uses?: PermissionRow['uses']): PermissionRow => ({
  create: `${collection}.create`,
  read: `${collection}.get`,
  update: `${collection}.update`,
  delete: `${collection}.delete`,
  ...(uses && { uses })
})
/** A part of a resource, which changes the whole. */
const part = (collection: string): PermissionRow => ({
  create: `${collection}.get ${collection}.update`,
  read: `${collection}.get`,
  update: `${collection}.update`,
  delete: `${collection}.update`
})
/** A grant: the policy is read and written as a whole. */
const grant = (resource: string, read = ''): PermissionRow => ({
  create: `${resource}.setIamPolicy ${resource}.getIamPolicy`,
  read: `${resource}.getIamPolicy ${read}`.trim(),
  update: `${resource}.setIamPolicy`,
  delete: `${resource}.setIamPolicy`
})

export const permissions: Readonly<Record<string, PermissionRow>> = {
  'gcp:compute/network:Network': own('compute.networks'),
  'gcp:compute/subnetwork:Subnetwork': own('compute.subnetworks', {
    network: 'compute.networks.updatePolicy'
  }),
  'gcp:compute/router:Router': own('compute.routers', { network: 'compute.networks.updatePolicy' }),
  'gcp:compute/routerNat:RouterNat': part('compute.routers'),
  'gcp:compute/routerInterface:RouterInterface': part('compute.routers'),
  'gcp:compute/routerPeer:RouterPeer': part('compute.routers'),
  'gcp:compute/firewall:Firewall': own('compute.firewalls', { network: 'compute.networks.updatePolicy' }),
  'gcp:compute/networkPeering:NetworkPeering': {
    create: 'compute.networks.addPeering',
    read: 'compute.networks.get',
    update: 'compute.networks.updatePeering',
    delete: 'compute.networks.removePeering'
  },
  'gcp:compute/haVpnGateway:HaVpnGateway': {
    ...own('compute.vpnGateways', { network: 'compute.networks.updatePolicy' }),
    update: 'compute.vpnGateways.setLabels'
  },
  'gcp:compute/externalVpnGateway:ExternalVpnGateway': {
    ...own('compute.externalVpnGateways'),
    update: 'compute.externalVpnGateways.setLabels'
  },
  'gcp:compute/vPNTunnel:VPNTunnel': {
    ...own('compute.vpnTunnels', {
      vpnGateway: 'compute.vpnGateways.use',
      peerExternalGateway: 'compute.externalVpnGateways.use',
      router: 'compute.routers.use'
    }),
    update: 'compute.vpnTunnels.setLabels'
  },
  'gcp:compute/healthCheck:HealthCheck': own('compute.healthChecks'),
  'gcp:compute/interconnectAttachment:InterconnectAttachment': own('compute.interconnectAttachments', {
    router: 'compute.routers.use'
  }),

  'gcp:container/cluster:Cluster': {
    ...own('container.clusters', { 'nodeConfig.serviceAccount': 'iam.serviceAccounts.actAs' }),
    update: 'container.clusters.update'
  },
  'gcp:container/nodePool:NodePool': {
    create: 'container.clusters.update',
    read: 'container.clusters.get',
    update: 'container.clusters.update',
    delete: 'container.clusters.update',
    uses: { 'nodeConfig.serviceAccount': 'iam.serviceAccounts.actAs' }
  },
  'gcp:container/getEngineVersions:getEngineVersions': {
    create: '',
    read: 'container.clusters.list',
    update: '',
    delete: ''
  },
  'gcp:serviceaccount/account:Account': own('iam.serviceAccounts'),
  'gcp:serviceaccount/iAMMember:IAMMember': grant('iam.serviceAccounts'),
  'gcp:projects/iAMMember:IAMMember': grant('resourcemanager.projects'),
  'gcp:storage/bucketIAMMember:BucketIAMMember': grant('storage.buckets'),
  'gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember': grant('cloudkms.cryptoKeys'),
  'gcp:iam/workloadIdentityPool:WorkloadIdentityPool': own('iam.googleapis.com/workloadIdentityPools'),
  'gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider': own(
    'iam.googleapis.com/workloadIdentityPoolProviders'
  ),
  // Records are changed by changes.
  'gcp:dns/recordSet:RecordSet': {
    create: 'dns.managedZones.get dns.changes.create dns.resourceRecordSets.create',
    read: 'dns.resourceRecordSets.list',
    update: 'dns.changes.create dns.resourceRecordSets.update',
    delete: 'dns.changes.create dns.resourceRecordSets.delete'
  },
  'gcp:organizations/getProject:getProject': {
    create: '',
    read: 'resourcemanager.projects.get',
    update: '',
    delete: ''
  },
  'gcp:cloudquota/getSQuotaInfo:getSQuotaInfo': {
    create: '',
    read: 'cloudquotas.quotas.get',
    update: '',
    delete: ''
  }
}

/** Functions that ask for no permission: they tell what the provider or its token says. */
export const open: ReadonlySet<string> = new Set([
  'gcp:organizations/getClientConfig:getClientConfig',
  'gcp:organizations/getClientOpenIdUserInfo:getClientOpenIdUserInfo'
])

/**
 * Permissions of Google's own roles that programs grant to whoever deploys: `x.*` stands for all of
 * a service. Source: "IAM basic and predefined roles reference".
 */
export const predefined: Readonly<Record<string, readonly string[]>> = {
  'roles/owner': ['*'],
  'roles/container.admin': ['container.*', 'resourcemanager.projects.get', 'resourcemanager.projects.list'],
  'roles/container.clusterViewer': [
    'container.clusters.get',
    'container.clusters.list',
    'container.clusters.connect',
    'resourcemanager.projects.get',
    'resourcemanager.projects.list'
  ],
  'roles/iam.serviceAccountTokenCreator': [
    'iam.serviceAccounts.get',
    'iam.serviceAccounts.getAccessToken',
    'iam.serviceAccounts.getOpenIdToken',
    'iam.serviceAccounts.implicitDelegation',
    'iam.serviceAccounts.list',
    'iam.serviceAccounts.signBlob',
    'iam.serviceAccounts.signJwt'
  ],
  'roles/iam.serviceAccountUser': [
    'iam.serviceAccounts.actAs',
    'iam.serviceAccounts.get',
    'iam.serviceAccounts.list',
    'resourcemanager.projects.get',
    'resourcemanager.projects.list'
  ]
}
