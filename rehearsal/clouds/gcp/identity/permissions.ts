/** Data table: permissions of IAM that operations on each type ask for. */
/*
 * Sources: Google Cloud, "IAM permissions reference" and each service's "Access control with IAM"
 * (Compute Engine API reference: the permissions listed under each method); "use" of what a resource
 * names: Compute Engine, "IAM roles and permissions"; GKE, "Create IAM policies" and "Use least
 * privilege service accounts" (acting as the nodes' account). Calls of Compute Engine and GKE answer
 * with an operation, which the provider asks for until it is done (the waiters of
 * terraform-provider-google); to read a cluster it also reads the instance groups of its pools, and
 * fails without their permission (resource_container_node_pool.go, `flattenNodePool`).
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
/** What is done by operations, which are asked for until they are done. */
const waited = (row: PermissionRow, operations: string): PermissionRow => ({
  ...row,
  create: `${row.create} ${operations}.get`,
  update: `${row.update} ${operations}.get`,
  delete: `${row.delete} ${operations}.get`
})
const worldwide = (row: PermissionRow): PermissionRow => waited(row, 'compute.globalOperations')
const regional = (row: PermissionRow): PermissionRow => waited(row, 'compute.regionOperations')
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
  'gcp:compute/network:Network': worldwide(own('compute.networks')),
  // Ranges and private access are changed by methods of their own.
  'gcp:compute/subnetwork:Subnetwork': regional({
    ...own('compute.subnetworks', { network: 'compute.networks.updatePolicy' }),
    update: 'compute.subnetworks.update compute.subnetworks.expandIpCidrRange ' +
      'compute.subnetworks.setPrivateIpGoogleAccess'
  }),
  'gcp:compute/router:Router': regional(
    own('compute.routers', { network: 'compute.networks.updatePolicy' })
  ),
  'gcp:compute/routerNat:RouterNat': regional({
    ...part('compute.routers'),
    uses: { 'natIps[]': 'compute.addresses.use' }
  }),
  // Labels alone change in place: GoogleCloudPlatform/magic-modules, mmv1/products/compute/Address.yaml.
  'gcp:compute/address:Address': regional({
    ...own('compute.addresses'),
    update: 'compute.addresses.setLabels'
  }),
  'gcp:compute/routerInterface:RouterInterface': regional(part('compute.routers')),
  'gcp:compute/routerPeer:RouterPeer': regional(part('compute.routers')),
  'gcp:compute/firewall:Firewall': worldwide(
    own('compute.firewalls', { network: 'compute.networks.updatePolicy' })
  ),
  'gcp:compute/networkPeering:NetworkPeering': worldwide({
    create: 'compute.networks.addPeering',
    read: 'compute.networks.get',
    update: 'compute.networks.updatePeering',
    delete: 'compute.networks.removePeering'
  }),
  'gcp:compute/haVpnGateway:HaVpnGateway': regional({
    ...own('compute.vpnGateways', { network: 'compute.networks.updatePolicy' }),
    update: 'compute.vpnGateways.setLabels'
  }),
  'gcp:compute/externalVpnGateway:ExternalVpnGateway': worldwide({
    ...own('compute.externalVpnGateways'),
    update: 'compute.externalVpnGateways.setLabels'
  }),
  'gcp:compute/vPNTunnel:VPNTunnel': regional({
    ...own('compute.vpnTunnels', {
      vpnGateway: 'compute.vpnGateways.use',
      peerExternalGateway: 'compute.externalVpnGateways.use',
      router: 'compute.routers.use'
    }),
    update: 'compute.vpnTunnels.setLabels'
  }),
  'gcp:compute/healthCheck:HealthCheck': worldwide(own('compute.healthChecks')),
  'gcp:compute/interconnectAttachment:InterconnectAttachment': regional(
    own('compute.interconnectAttachments', { router: 'compute.routers.use' })
  ),

  'gcp:container/cluster:Cluster': waited({
    ...own('container.clusters', { 'nodeConfig.serviceAccount': 'iam.serviceAccounts.actAs' }),
    read: 'container.clusters.get compute.instanceGroupManagers.get'
  }, 'container.operations'),
  'gcp:container/nodePool:NodePool': waited({
    create: 'container.clusters.update',
    read: 'container.clusters.get compute.instanceGroupManagers.get',
    update: 'container.clusters.update',
    delete: 'container.clusters.update',
    uses: { 'nodeConfig.serviceAccount': 'iam.serviceAccounts.actAs' }
  }, 'container.operations'),
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
    create: 'dns.managedZones.get dns.changes.create dns.changes.get dns.resourceRecordSets.create',
    read: 'dns.resourceRecordSets.list',
    update: 'dns.changes.create dns.changes.get dns.resourceRecordSets.update',
    delete: 'dns.changes.create dns.changes.get dns.resourceRecordSets.delete'
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

/**
 * Permissions that are asked for on the project: of what is not there yet, of operations, and of
 * instance groups, which are not the resource that the call is about.
 */
export const onProject =
  /^container\.(clusters\.create|operations\..*)$|^compute\.((global|region)Operations|instanceGroupManagers)\./

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
  // Of those below, what models ask for.
  'roles/cloudkms.cryptoKeyEncrypterDecrypter': [
    'cloudkms.cryptoKeyVersions.useToEncrypt',
    'cloudkms.cryptoKeyVersions.useToDecrypt'
  ],
  'roles/container.defaultNodeServiceAccount': ['logging.logEntries.create', 'monitoring.timeSeries.create'],
  'roles/artifactregistry.reader': ['artifactregistry.repositories.downloadArtifacts'],
  'roles/storage.objectCreator': ['storage.objects.create'],
  'roles/storage.objectAdmin': [
    'storage.objects.create',
    'storage.objects.delete',
    'storage.objects.get',
    'storage.objects.list',
    'storage.objects.update'
  ],
  'roles/storage.legacyBucketReader': ['storage.buckets.get', 'storage.objects.list'],
  'roles/iam.workloadIdentityUser': [
    'iam.serviceAccounts.get',
    'iam.serviceAccounts.getAccessToken',
    'iam.serviceAccounts.getOpenIdToken',
    'iam.serviceAccounts.list'
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
