/**
 * For every policy a resource that is right and one that is wrong, in the shapes that the programs
 * register (inputs after the provider's check; outputs for stack policies). A table, so it is long.
 */

import { UNKNOWN } from '../../rehearsal/wire.ts'

type Properties = Record<string, unknown>
export interface Resource {
  readonly type: string
  readonly props: Properties
  readonly name?: string
  readonly protect?: boolean
  readonly provider?: Properties
}
/**
 * `says` is part of what a violation tells to change. For stack policies both are whole stacks.
 * `facts` replace those of the common federation, `cost` is what the unit may cost and by which
 * prices.
 */
export interface Case {
  readonly right: Resource | readonly Resource[]
  readonly wrong: Resource | readonly Resource[]
  readonly says: string
  readonly facts?: Properties
  readonly cost?: Properties
}

const key = 'arn:aws:kms:us-east-1:123456789012:key/7de024fb'
const anywhere = '0.0.0.0/0'
const inside = '10.1.0.0/16'
const labels = { system: 'nautilus', owner: 'trading-platform' }
const document = (...statements: Properties[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements })
const of = (type: string) => (props: Properties, more: Omit<Resource, 'type' | 'props'> = {}): Resource => ({
  type,
  props,
  ...more
})

const launchTemplate = of('aws:ec2/launchTemplate:LaunchTemplate')
const eks = of('aws:eks/cluster:Cluster')
const gke = of('gcp:container/cluster:Cluster')
const aks = of('azure-native:containerservice:ManagedCluster')
const agentPool = of('azure-native:containerservice:AgentPool')
const nodePool = of('gcp:container/nodePool:NodePool')
const nodeGroup = of('aws:eks/nodeGroup:NodeGroup')
const gcsBucket = of('gcp:storage/bucket:Bucket')
const s3Bucket = of('aws:s3/bucket:Bucket')
const storage = of('azure-native:storage:StorageAccount')
const ingress = of('aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule')
const rds = of('aws:rds/instance:Instance')
const sql = of('gcp:sql/databaseInstance:DatabaseInstance')
const deployment = (container: Properties, pod: Properties = {}, labels: Properties = {}) =>
  of('kubernetes:apps/v1:Deployment')({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'gateway', labels },
    spec: { template: { spec: { ...pod, containers: [{ name: 'main', ...container }] } } }
  })
const release = (props: Properties) =>
  of('kubernetes:helm.sh/v3:Release')({
    chart: 'istiod',
    version: '1.31.0',
    repositoryOpts: { repo: 'https://blob.istio.io/istio-release/charts' },
    ...props
  })
const networkPolicy = (namespace: string, spec: Properties) =>
  of('kubernetes:networking.k8s.io/v1:NetworkPolicy')({ metadata: { name: 'policy', namespace }, spec })
const service = (annotations: Properties, ...ports: number[]) =>
  of('kubernetes:core/v1:Service')({
    metadata: { annotations },
    spec: { type: 'LoadBalancer', ports: ports.map((port) => ({ port })) }
  })
const gateway = (tls: Properties | undefined, protocol = 'HTTPS') =>
  of('kubernetes:networking.istio.io/v1:Gateway')({
    spec: { servers: [{ port: { number: 443, protocol }, ...(tls && { tls }) }] }
  })
const role = (rule: Properties) => of('kubernetes:rbac.authorization.k8s.io/v1:Role')({ rules: [rule] })

/** A cluster in a federation that has 100 USD a month for it, and only prices of nodes. */
const cost = {
  unit: 'infrastructure.primary',
  budget: 100,
  share: 'what budget.perUnit gives it',
  clusters: ['primary'],
  places: [{ name: 'primary', cloud: 'aws', region: 'us-east-1' }],
  volumes: { clusters: {}, shared: {} },
  table: {
    currency: 'USD',
    sources: { list: { name: 'a list', url: 'https://example.com', date: '2026-11-21', evidence: 'list' } },
    free: [{ why: 'a name', types: ['pulumi:pulumi:Stack'] }],
    charts: {},
    meters: {
      aws: { 'instance/c6i.large': { unit: 'hour', source: 'list', prices: { 'us-east-1': 0.1 } } },
      gcp: {},
      azure: {}
    }
  }
}
const group = (nodes: number, instanceType: unknown = 'c6i.large') =>
  nodeGroup({
    instanceTypes: [instanceType],
    capacityType: 'ON_DEMAND',
    scalingConfig: { desiredSize: nodes, minSize: nodes, maxSize: nodes }
  }, { name: 'trading' })
const stack = of('pulumi:pulumi:Stack')({})

export const cases: Readonly<Record<string, readonly Case[]>> = {
  'cost-unit-under-budget': [
    {
      right: [stack, group(1)],
      wrong: [stack, group(2)],
      says: 'infrastructure.primary costs 146 USD a month at list prices, above its 100 USD (what ' +
        'budget.perUnit gives it); the dearest are trading-1 (aws:eks/nodeGroup:NodeGroup, 146 USD)',
      cost
    },
    // What is not known yet and what has no price are told, not taken for nothing.
    {
      right: [group(1, UNKNOWN)],
      wrong: [group(1), group(1), group(1, UNKNOWN), of('aws:made/up:Thing')({})],
      says: 'not in it, since not priced: aws:made/up:Thing (its type is not in the price table)',
      cost
    },
    { right: [], wrong: [group(1000)], says: 'budget.perUnit["infrastructure.primary"]', cost }
  ],
  'aws-ebs-encryption-by-default': [{
    right: of('aws:ebs/encryptionByDefault:EncryptionByDefault')({ enabled: true }),
    wrong: of('aws:ebs/encryptionByDefault:EncryptionByDefault')({ enabled: false }),
    says: 'enabled'
  }],
  'aws-ec2-encrypted-disks': [{
    right: launchTemplate({
      blockDeviceMappings: [{ deviceName: '/dev/xvda', ebs: { encrypted: 'true', kmsKeyId: key } }]
    }),
    wrong: launchTemplate({ blockDeviceMappings: [{ deviceName: '/dev/xvda', ebs: { volumeType: 'gp3' } }] }),
    says: 'blockDeviceMappings[0].ebs.encrypted'
  }],
  'aws-ec2-metadata-service-v2': [
    {
      right: launchTemplate({
        metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'required', httpPutResponseHopLimit: 1 }
      }),
      wrong: launchTemplate({ metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'optional' } }),
      says: 'httpTokens'
    },
    {
      right: launchTemplate({ metadataOptions: { httpEndpoint: 'disabled' } }),
      wrong: launchTemplate({ metadataOptions: { httpTokens: 'required', httpPutResponseHopLimit: 2 } }),
      says: 'HopLimit'
    }
  ],
  'aws-ec2-flow-logs': [{
    right: [
      of('aws:ec2/vpc:Vpc')({ arn: 'arn:aws:ec2:us-east-1:1:vpc/vpc-1' }),
      of('aws:ec2/flowLog:FlowLog')({ trafficType: 'ALL', vpcId: 'vpc-1' })
    ],
    wrong: [
      of('aws:ec2/vpc:Vpc')({ arn: 'arn:aws:ec2:us-east-1:1:vpc/vpc-1' }),
      of('aws:ec2/flowLog:FlowLog')({ trafficType: 'REJECT', vpcId: 'vpc-1' })
    ],
    says: 'FlowLog'
  }],
  'aws-vpc-no-open-ingress': [
    {
      right: ingress({ cidrIpv4: anywhere, fromPort: 443, toPort: 443, ipProtocol: 'tcp' }),
      wrong: ingress({ cidrIpv4: anywhere, ipProtocol: '-1' }),
      says: 'whole internet'
    },
    {
      right: ingress({ cidrIpv4: inside, ipProtocol: '-1' }),
      wrong: ingress({ cidrIpv6: '::/0', fromPort: 22, toPort: 22, ipProtocol: 'tcp' }),
      says: 'whole internet'
    },
    {
      right: of('aws:ec2/defaultSecurityGroup:DefaultSecurityGroup')({ ingress: [], egress: [] }),
      wrong: of('aws:ec2/securityGroup:SecurityGroup')({
        ingress: [{ cidrBlocks: [anywhere], fromPort: 0, toPort: 65535 }]
      }),
      says: 'ingress[0]'
    }
  ],
  'aws-eks-private-endpoint': [{
    right: eks({ vpcConfig: { endpointPrivateAccess: true, endpointPublicAccess: false } }),
    wrong: eks({ vpcConfig: { endpointPrivateAccess: true } }),
    says: 'endpointPublicAccess'
  }],
  'aws-eks-encrypted-secrets': [{
    right: eks({ encryptionConfig: { provider: { keyArn: key }, resources: ['secrets'] } }),
    wrong: eks({}),
    says: 'encryptionConfig'
  }],
  'aws-eks-control-plane-logs': [{
    right: eks({ enabledClusterLogTypes: ['api', 'audit', 'authenticator'] }),
    wrong: eks({ enabledClusterLogTypes: ['api'] }),
    says: 'audit, authenticator'
  }],
  'aws-s3-encrypted-with-own-key': [{
    right: of('aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration')({
      rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: key } }]
    }),
    wrong: of('aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration')({
      rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }]
    }),
    says: 'kmsMasterKeyId'
  }],
  'aws-s3-no-public-access': [{
    right: of('aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock')({
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true
    }),
    wrong: of('aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock')({
      blockPublicAcls: true,
      blockPublicPolicy: false,
      ignorePublicAcls: true,
      restrictPublicBuckets: true
    }),
    says: 'blockPublicPolicy'
  }],
  'aws-s3-versioning': [{
    right: of('aws:s3/bucketVersioning:BucketVersioning')({ versioningConfiguration: { status: 'Enabled' } }),
    wrong: of('aws:s3/bucketVersioning:BucketVersioning')({
      versioningConfiguration: { status: 'Suspended' }
    }),
    says: 'Enabled'
  }],
  'aws-s3-guarded-buckets': [{
    right: [
      'bucket:Bucket',
      'bucketPublicAccessBlock:BucketPublicAccessBlock',
      'bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration',
      'bucketVersioning:BucketVersioning'
    ].map((type) => of(`aws:s3/${type}`)({ bucket: 'logs' })),
    wrong: [
      'bucket:Bucket',
      'bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration',
      'bucketVersioning:BucketVersioning'
    ].map((type) => of(`aws:s3/${type}`)({ bucket: 'logs' })),
    says: 'BucketPublicAccessBlock'
  }],
  'aws-kms-rotation': [{
    right: of('aws:kms/key:Key')({ enableKeyRotation: true, deletionWindowInDays: 30 }),
    wrong: of('aws:kms/key:Key')({ deletionWindowInDays: 7 }),
    says: 'enableKeyRotation'
  }],
  'aws-ecr-immutable-scanned': [{
    right: of('aws:ecr/repository:Repository')({
      imageTagMutability: 'IMMUTABLE',
      imageScanningConfiguration: { scanOnPush: true }
    }),
    wrong: of('aws:ecr/repository:Repository')({ imageTagMutability: 'MUTABLE' }),
    says: 'IMMUTABLE'
  }],
  'aws-cloudwatch-kept-encrypted': [{
    right: of('aws:cloudwatch/logGroup:LogGroup')({ kmsKeyId: key, retentionInDays: 90 }),
    wrong: of('aws:cloudwatch/logGroup:LogGroup')({ retentionInDays: 7 }),
    says: 'retentionInDays'
  }],
  'aws-iam-no-wildcards': [
    {
      right: of('aws:iam/rolePolicy:RolePolicy')({
        policy: document({ Effect: 'Allow', Action: ['s3:GetObject'], Resource: 'arn:aws:s3:::logs/*' })
      }),
      wrong: of('aws:iam/rolePolicy:RolePolicy')({
        policy: document({ Effect: 'Allow', Action: 's3:*', Resource: 'arn:aws:s3:::logs' })
      }),
      says: 's3:*'
    },
    {
      right: of('aws:iam/policy:Policy')({
        policy: document({ Effect: 'Deny', Action: '*', Resource: '*' })
      }),
      wrong: of('aws:iam/policy:Policy')({
        policy: document({ Effect: 'Allow', Action: ['ec2:RunInstances'], Resource: '*' })
      }),
      says: 'resources'
    },
    {
      right: of('aws:iam/role:Role')({
        assumeRolePolicy: document({
          Effect: 'Allow',
          Principal: { Service: 'eks.amazonaws.com' },
          Action: 'sts:AssumeRole'
        })
      }),
      wrong: of('aws:iam/role:Role')({
        assumeRolePolicy: document({ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' })
      }),
      says: 'assume'
    }
  ],
  'aws-iam-no-administrators': [{
    right: of('aws:iam/rolePolicyAttachment:RolePolicyAttachment')({
      policyArn: 'arn:aws:iam::aws:policy/AmazonEKSClusterPolicy'
    }),
    wrong: of('aws:iam/rolePolicyAttachment:RolePolicyAttachment')({
      policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess'
    }),
    says: 'attach'
  }],
  'gcp-container-private': [{
    right: gke({ privateClusterConfig: { enablePrivateEndpoint: true, enablePrivateNodes: true } }),
    wrong: gke({ privateClusterConfig: { enablePrivateNodes: true } }),
    says: 'enablePrivateEndpoint'
  }],
  'gcp-container-encrypted-secrets': [{
    right: gke({ databaseEncryption: { state: 'ENCRYPTED', keyName: 'projects/p/key' } }),
    wrong: gke({ databaseEncryption: { state: 'DECRYPTED' } }),
    says: 'databaseEncryption'
  }],
  'gcp-container-control-plane-logs': [{
    right: gke({ loggingConfig: { enableComponents: ['SYSTEM_COMPONENTS', 'APISERVER'] } }),
    wrong: gke({ loggingConfig: { enableComponents: ['SYSTEM_COMPONENTS'] } }),
    says: 'APISERVER'
  }],
  'gcp-container-workload-identity': [{
    right: gke({ workloadIdentityConfig: { workloadPool: 'p.svc.id.goog' }, enableShieldedNodes: true }),
    wrong: gke({ enableShieldedNodes: false }),
    says: 'workloadPool'
  }],
  'gcp-container-hardened-nodes': [{
    right: nodePool({
      nodeConfig: {
        shieldedInstanceConfig: { enableSecureBoot: true },
        workloadMetadataConfig: { mode: 'GKE_METADATA' },
        metadata: { 'disable-legacy-endpoints': 'true' },
        serviceAccount: 'nodes@p.iam.gserviceaccount.com'
      }
    }),
    wrong: nodePool({
      nodeConfig: {
        shieldedInstanceConfig: { enableSecureBoot: true },
        workloadMetadataConfig: { mode: 'GCE_METADATA' },
        metadata: { 'disable-legacy-endpoints': 'true' },
        serviceAccount: 'nodes@p.iam.gserviceaccount.com'
      }
    }),
    says: 'GKE_METADATA'
  }],
  'gcp-container-encrypted-disks': [{
    right: nodePool({ nodeConfig: { bootDiskKmsKey: 'projects/p/key' } }),
    wrong: nodePool({ nodeConfig: {} }),
    says: 'bootDiskKmsKey'
  }],
  'gcp-storage-no-public-access': [{
    right: gcsBucket({ publicAccessPrevention: 'enforced', uniformBucketLevelAccess: true }),
    wrong: gcsBucket({ publicAccessPrevention: 'inherited', uniformBucketLevelAccess: true }),
    says: 'publicAccessPrevention'
  }],
  'gcp-storage-encrypted-with-own-key': [{
    right: gcsBucket({ encryption: { defaultKmsKeyName: 'projects/p/key' } }),
    wrong: gcsBucket({}),
    says: 'defaultKmsKeyName'
  }],
  'gcp-storage-versioning': [{
    right: gcsBucket({ versioning: { enabled: true } }),
    wrong: gcsBucket({}),
    says: 'versioning'
  }],
  'gcp-kms-rotation': [{
    right: of('gcp:kms/cryptoKey:CryptoKey')({ purpose: 'ENCRYPT_DECRYPT', rotationPeriod: '7776000s' }),
    wrong: of('gcp:kms/cryptoKey:CryptoKey')({ purpose: 'ENCRYPT_DECRYPT' }),
    says: 'rotationPeriod'
  }],
  'gcp-compute-no-open-ingress': [{
    right: of('gcp:compute/firewall:Firewall')({
      direction: 'INGRESS',
      sourceRanges: [anywhere],
      allows: [{ protocol: 'tcp', ports: ['443'] }]
    }),
    wrong: of('gcp:compute/firewall:Firewall')({
      direction: 'INGRESS',
      sourceRanges: [anywhere],
      allows: [{ protocol: 'tcp', ports: ['443', '22'] }]
    }),
    says: 'port 22'
  }],
  'gcp-compute-flow-logs': [{
    right: of('gcp:compute/subnetwork:Subnetwork')({
      logConfig: { flowSampling: 0.5 },
      privateIpGoogleAccess: true
    }),
    wrong: of('gcp:compute/subnetwork:Subnetwork')({ privateIpGoogleAccess: true }),
    says: 'logConfig'
  }],
  'gcp-iam-narrow-roles': [
    {
      right: of('gcp:projects/iAMMember:IAMMember')({
        role: 'roles/artifactregistry.reader',
        member: 'serviceAccount:a'
      }),
      wrong: of('gcp:projects/iAMMember:IAMMember')({ role: 'roles/editor', member: 'serviceAccount:a' }),
      says: 'roles/editor'
    },
    {
      right: of('gcp:storage/bucketIAMMember:BucketIAMMember')({
        role: 'roles/storage.objectAdmin',
        member: 'serviceAccount:a'
      }),
      wrong: of('gcp:storage/bucketIAMMember:BucketIAMMember')({
        role: 'roles/storage.objectViewer',
        member: 'allUsers'
      }),
      says: 'everybody'
    }
  ],
  'gcp-artifactregistry-immutable': [{
    right: of('gcp:artifactregistry/repository:Repository')({
      format: 'DOCKER',
      dockerConfig: { immutableTags: true }
    }),
    wrong: of('gcp:artifactregistry/repository:Repository')({ format: 'DOCKER' }),
    says: 'immutableTags'
  }],
  'azure-containerservice-private': [{
    right: aks({ apiServerAccessProfile: { enablePrivateCluster: true } }),
    wrong: aks({ apiServerAccessProfile: {} }),
    says: 'enablePrivateCluster'
  }],
  'azure-containerservice-encrypted-secrets': [{
    right: aks({
      securityProfile: { azureKeyVaultKms: { enabled: true, keyId: 'https://v.vault.azure.net/keys/k/1' } }
    }),
    wrong: aks({ securityProfile: {} }),
    says: 'azureKeyVaultKms'
  }],
  'azure-containerservice-workload-identity': [{
    right: aks({
      securityProfile: { workloadIdentity: { enabled: true } },
      oidcIssuerProfile: { enabled: true }
    }),
    wrong: aks({ oidcIssuerProfile: { enabled: true } }),
    says: 'workloadIdentity'
  }],
  'azure-containerservice-private-nodes': [{
    right: agentPool({ enableNodePublicIP: false }),
    wrong: agentPool({ enableNodePublicIP: true }),
    says: 'enableNodePublicIP'
  }],
  'azure-containerservice-encrypted-disks': [
    {
      right: agentPool({ enableEncryptionAtHost: true }),
      wrong: agentPool({}),
      says: 'enableEncryptionAtHost'
    },
    {
      right: aks({ agentPoolProfiles: [{ enableEncryptionAtHost: true }] }),
      wrong: aks({ agentPoolProfiles: [{ enableEncryptionAtHost: true }, {}] }),
      says: 'agentPoolProfiles[1]'
    }
  ],
  'azure-storage-no-public-access': [
    {
      right: storage({ allowBlobPublicAccess: false, allowSharedKeyAccess: false }),
      wrong: storage({ allowSharedKeyAccess: false }),
      says: 'allowBlobPublicAccess'
    },
    {
      right: of('azure-native:storage:BlobContainer')({ publicAccess: 'None' }),
      wrong: of('azure-native:storage:BlobContainer')({ publicAccess: 'Blob' }),
      says: 'publicAccess'
    }
  ],
  'azure-storage-encrypted-with-own-key': [{
    right: storage({ encryption: { keySource: 'Microsoft.Keyvault' } }),
    wrong: storage({ encryption: { keySource: 'Microsoft.Storage' } }),
    says: 'keySource'
  }],
  'azure-storage-versioning': [{
    right: of('azure-native:storage:BlobServiceProperties')({
      isVersioningEnabled: true,
      deleteRetentionPolicy: { enabled: true }
    }),
    wrong: of('azure-native:storage:BlobServiceProperties')({ deleteRetentionPolicy: { enabled: true } }),
    says: 'isVersioningEnabled'
  }],
  'azure-keyvault-protected': [{
    right: of('azure-native:keyvault:Vault')({
      properties: { enablePurgeProtection: true, enableRbacAuthorization: true }
    }),
    wrong: of('azure-native:keyvault:Vault')({ properties: { enableRbacAuthorization: true } }),
    says: 'enablePurgeProtection'
  }],
  'azure-keyvault-rotation': [{
    right: of('azure-native:keyvault:Key')({
      properties: { rotationPolicy: { lifetimeActions: [{ action: { type: 'rotate' } }] } }
    }),
    wrong: of('azure-native:keyvault:Key')({ properties: {} }),
    says: 'lifetimeAction'
  }],
  'azure-network-no-open-ingress': [{
    right: of('azure-native:network:SecurityRule')({
      access: 'Allow',
      direction: 'Inbound',
      sourceAddressPrefix: 'Internet',
      destinationPortRange: '443'
    }),
    wrong: of('azure-native:network:SecurityRule')({
      access: 'Allow',
      direction: 'Inbound',
      sourceAddressPrefix: '*',
      destinationPortRanges: ['443', '22']
    }),
    says: 'whole internet'
  }],
  'azure-authorization-narrow-roles': [{
    right: of('azure-native:authorization:RoleAssignment')({
      roleDefinitionId: '/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c',
      scope: '/subscriptions/1/resourceGroups/g/providers/Microsoft.Compute/proximityPlacementGroups/p'
    }),
    wrong: of('azure-native:authorization:RoleAssignment')({
      roleDefinitionId: '/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635',
      scope: '/subscriptions/1'
    }),
    says: 'Owner'
  }],
  'azure-containerregistry-no-admin': [{
    right: of('azure-native:containerregistry:Registry')({ adminUserEnabled: false }),
    wrong: of('azure-native:containerregistry:Registry')({ adminUserEnabled: true }),
    says: 'adminUserEnabled'
  }],
  'database-no-public-access': [{
    right: rds({ publiclyAccessible: false }),
    wrong: rds({ publiclyAccessible: true }),
    says: 'publiclyAccessible'
  }, {
    right: sql({ settings: { ipConfiguration: { ipv4Enabled: false } } }),
    wrong: sql({ settings: { ipConfiguration: { ipv4Enabled: true } } }),
    says: 'ipv4Enabled'
  }],
  'database-encrypted': [
    { right: rds({ storageEncrypted: true }), wrong: rds({}), says: 'storageEncrypted' },
    {
      right: of('azure-native:dbforpostgresql:Server')({ dataEncryption: { type: 'AzureKeyVault' } }),
      wrong: of('azure-native:dbforpostgresql:Server')({}),
      says: 'dataEncryption'
    }
  ],
  'database-deletion-protection': [{
    right: rds({ deletionProtection: true }),
    wrong: rds({}),
    says: 'deletionProtection'
  }, {
    right: rds({}, { protect: true }),
    wrong: sql({ deletionProtection: false }),
    says: 'deletionProtection'
  }],
  'database-backups': [{
    right: rds({ backupRetentionPeriod: 14 }),
    wrong: rds({ backupRetentionPeriod: 1 }),
    says: 'backupRetentionPeriod'
  }, {
    right: sql({ settings: { backupConfiguration: { enabled: true } } }),
    wrong: sql({ settings: {} }),
    says: 'backupConfiguration'
  }],
  'storage-backups-not-emptied': [{
    right: s3Bucket({ bucket: 'nautilus-backups', forceDestroy: false }),
    wrong: s3Bucket({ bucket: 'nautilus-backups', forceDestroy: true }),
    says: 'forceDestroy'
  }, {
    right: gcsBucket({ name: 'nautilus-logs', forceDestroy: true }),
    wrong: gcsBucket({ name: 'nautilus-backups', forceDestroy: true }),
    says: 'forceDestroy'
  }],
  'tls-minimum-version': [{
    right: storage({ minimumTlsVersion: 'TLS1_2' }),
    wrong: storage({ minimumTlsVersion: 'TLS1_0' }),
    says: 'minimumTlsVersion'
  }, {
    right: of('aws:lb/listener:Listener')({
      protocol: 'TLS',
      sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06'
    }),
    wrong: of('aws:lb/listener:Listener')({ protocol: 'HTTPS' }),
    says: 'sslPolicy'
  }],
  'network-inside-cluster-range': [
    {
      right: of('aws:ec2/subnet:Subnet')({ cidrBlock: '10.1.128.0/20' }),
      wrong: of('aws:ec2/subnet:Subnet')({ cidrBlock: '10.2.0.0/20' }),
      says: '10.1.0.0/16'
    },
    {
      right: of('gcp:compute/subnetwork:Subnetwork')({
        ipCidrRange: '10.1.0.0/20',
        secondaryIpRanges: [{ ipCidrRange: '100.64.0.0/16' }]
      }),
      wrong: of('azure-native:network:VirtualNetwork')({
        addressSpace: { addressPrefixes: ['10.1.0.0/16', '192.168.0.0/16'] }
      }),
      says: '192.168.0.0/16'
    }
  ],
  'place-allowed-region': [
    {
      right: of('pulumi:providers:aws')({ region: 'us-east-1' }),
      wrong: of('pulumi:providers:aws')({ region: 'us-west-1' }),
      says: 'us-east-1'
    },
    {
      right: of('gcp:storage/bucket:Bucket')({ location: 'EUROPE-WEST1' }),
      wrong: of('azure-native:resources:ResourceGroup')({ location: 'westeurope' }),
      says: 'japaneast'
    }
  ],
  'place-data-residency': [
    {
      right: s3Bucket({ bucket: 'logs' }, { provider: { region: 'us-east-1' } }),
      wrong: gcsBucket({ location: 'EUROPE-WEST1' }),
      says: 'residency'
    },
    {
      right: of('gcp:compute/router:Router')({ region: 'europe-west1' }),
      wrong: s3Bucket({ bucket: 'logs' }, { provider: { region: 'eu-central-1' } }),
      says: 'eu',
      facts: { areas: { 'us-east-1': 'us', 'eu-central-1': 'eu' } }
    }
  ],
  'cluster-nodes-inside-bounds': [
    {
      right: nodeGroup({ labels: { 'windlass.dev/pool': 'trading' }, scalingConfig: { maxSize: 5 } }),
      wrong: nodeGroup({ labels: { 'windlass.dev/pool': 'trading' }, scalingConfig: { maxSize: 16 } }),
      says: '15 nodes'
    },
    {
      right: aks({ agentPoolProfiles: [{ nodeLabels: { 'windlass.dev/pool': 'trading' }, maxCount: 15 }] }),
      wrong: agentPool({ nodeLabels: { 'windlass.dev/pool': 'gpu' }, maxCount: 1 }),
      says: 'gpu'
    }
  ],
  'cluster-allowed-instance-types': [{
    right: nodeGroup({ labels: { 'windlass.dev/pool': 'trading' }, instanceTypes: ['c6i.4xlarge'] }),
    wrong: nodePool({
      nodeConfig: { labels: { 'windlass.dev/pool': 'trading' }, machineType: 'm3-ultramem-160' }
    }),
    says: 'c6i.4xlarge'
  }],
  'label-required-by-default': [
    {
      right: of('pulumi:providers:aws')({ defaultTags: JSON.stringify({ tags: labels }) }),
      wrong: of('pulumi:providers:aws')({ region: 'us-east-1' }),
      says: 'owner: trading-platform'
    },
    {
      right: of('pulumi:providers:gcp')({ defaultLabels: JSON.stringify(labels) }),
      wrong: of('pulumi:providers:gcp')({ defaultLabels: JSON.stringify({ system: 'nautilus' }) }),
      says: 'owner'
    }
  ],
  'label-required-on-azure': [{
    right: storage({ tags: labels }),
    wrong: storage({ tags: { owner: 'someone' } }),
    says: 'system: nautilus'
  }],
  'label-owner-on-workloads': [{
    right: deployment({}, {}, { 'windlass.io/owner': 'trading-platform' }),
    wrong: deployment({}),
    says: 'windlass.io/owner'
  }],
  'recovery-standby-in-other-cloud': [{
    right: of('pulumi:pulumi:Stack')({}),
    wrong: of('pulumi:pulumi:Stack')({}),
    says: 'another cloud',
    facts: {
      pairs: [{ primary: 'a', standby: 'b', primaryCloud: 'aws', standbyCloud: 'aws', crossCloud: true }]
    }
  }],
  'recovery-backup-schedules': [{
    right: of('kubernetes:velero.io/v1:Schedule')({
      spec: { schedule: '0 */6 * * *', template: { ttl: '720h0m0s' } }
    }),
    wrong: of('kubernetes:velero.io/v1:Schedule')({
      spec: { schedule: '0 */6 * * *', paused: true, template: { ttl: '720h0m0s' } }
    }),
    says: 'paused'
  }],
  'recovery-backups-present': [{
    right: [of('kubernetes:velero.io/v1:Schedule')({})],
    wrong: [of('kubernetes:core/v1:Namespace')({})],
    says: 'Velero',
    facts: { phase: 'disaster-recovery', scope: 'primary' }
  }],
  'kubernetes-pinned-images': [
    {
      right: deployment({ image: 'registry.k8s.io/pause:3.10' }),
      wrong: deployment({ image: 'docker.io/library/nginx:latest' }),
      says: 'nginx:latest'
    },
    {
      right: deployment({ image: 'localhost:5000/app@sha256:0123' }),
      wrong: deployment({ image: 'localhost:5000/app' }),
      says: 'names no version'
    }
  ],
  'kubernetes-requests-and-limits': [{
    right: deployment({ resources: { requests: { cpu: '1', memory: '1Gi' }, limits: { memory: '1Gi' } } }),
    wrong: deployment({ resources: { requests: { cpu: '1', memory: '1Gi' } } }),
    says: 'limits.memory'
  }],
  'kubernetes-non-root': [{
    right: deployment({}, { securityContext: { runAsNonRoot: true } }),
    wrong: deployment({ securityContext: { runAsNonRoot: false } }, {
      securityContext: { runAsNonRoot: true }
    }),
    says: 'runAsNonRoot'
  }],
  'kubernetes-unprivileged': [{
    right: deployment({}),
    wrong: deployment({ securityContext: { privileged: true } }),
    says: 'privileged'
  }, {
    right: deployment({}, { hostNetwork: false }),
    wrong: deployment({}, { hostPID: true }),
    says: 'hostPID'
  }],
  'kubernetes-no-plain-secrets': [
    {
      right: deployment({
        env: [{ name: 'DB_PASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } }]
      }),
      wrong: deployment({ env: [{ name: 'DB_PASSWORD', value: 'hunter2' }] }),
      says: 'env[0] (DB_PASSWORD)'
    },
    {
      right: deployment({ env: [{ name: 'MODE', value: 'fast' }] }),
      wrong: deployment({ env: [{ name: 'DATABASE', value: 'postgres://user:hunter2@db/x' }] }),
      says: 'secretKeyRef'
    }
  ],
  'kubernetes-no-secrets-in-config-maps': [{
    right: of('kubernetes:core/v1:ConfigMap')({ data: { mode: 'fast' } }),
    wrong: of('kubernetes:core/v1:ConfigMap')({ data: { 'tls.key': '-----BEGIN EC PRIVATE KEY-----\nx' } }),
    says: 'data.tls.key'
  }],
  'kubernetes-pod-security': [{
    right: of('kubernetes:core/v1:Namespace')({
      metadata: { labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } }
    }),
    wrong: of('kubernetes:core/v1:Namespace')({ metadata: { name: 'trading' } }),
    says: 'pod-security'
  }],
  'kubernetes-public-edges-only': [
    {
      right: service({ 'service.beta.kubernetes.io/aws-load-balancer-type': 'nlb' }, 443),
      wrong: service({ 'service.beta.kubernetes.io/aws-load-balancer-type': 'nlb' }, 15021, 443),
      says: '15021'
    },
    {
      right: service({ 'networking.gke.io/load-balancer-type': 'Internal' }, 15443),
      wrong: service({}, 8080),
      says: '8080'
    }
  ],
  'kubernetes-rbac-no-wildcards': [
    {
      right: role({ apiGroups: [''], resources: ['configmaps'], verbs: ['get'] }),
      wrong: role({ apiGroups: [''], resources: ['*'], verbs: ['get'] }),
      says: 'resources of rules[0]'
    },
    {
      right: of('kubernetes:rbac.authorization.k8s.io/v1:RoleBinding')({ roleRef: { name: 'reader' } }),
      wrong: of('kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding')({
        roleRef: { name: 'cluster-admin' }
      }),
      says: 'cluster-admin'
    }
  ],
  'kubernetes-default-deny': [
    {
      right: [
        networkPolicy('trading', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }),
        networkPolicy('trading', {
          podSelector: { matchLabels: { app: 'x' } },
          policyTypes: ['Ingress'],
          ingress: [{}]
        })
      ],
      wrong: [
        networkPolicy('trading', {
          podSelector: { matchLabels: { app: 'x' } },
          policyTypes: ['Ingress'],
          ingress: [{}]
        })
      ],
      says: 'trading'
    },
    {
      right: [networkPolicy('trading', { podSelector: {}, policyTypes: ['Ingress'] })],
      wrong: [],
      says: 'deny by default',
      facts: { phase: 'federation', scope: 'primary' }
    },
    {
      right: [networkPolicy('monitoring', { podSelector: {}, policyTypes: ['Ingress'] })],
      wrong: [],
      says: 'the namespaces of monitoring in primary',
      facts: { phase: 'monitoring', scope: 'primary' }
    }
  ],
  'kubernetes-no-open-policies': [{
    right: networkPolicy('trading', { ingress: [{ from: [{ podSelector: {} }] }] }),
    wrong: networkPolicy('trading', { ingress: [{}] }),
    says: 'spec.ingress[0]'
  }],
  'mesh-strict-mtls': [
    {
      right: of('kubernetes:security.istio.io/v1:PeerAuthentication')({ spec: { mtls: { mode: 'STRICT' } } }),
      wrong: of('kubernetes:security.istio.io/v1:PeerAuthentication')({
        spec: { mtls: { mode: 'PERMISSIVE' } }
      }),
      says: 'STRICT'
    },
    {
      right: of('kubernetes:networking.istio.io/v1:DestinationRule')({
        spec: { trafficPolicy: { tls: { mode: 'ISTIO_MUTUAL' } } }
      }),
      wrong: of('kubernetes:networking.istio.io/v1:DestinationRule')({
        spec: { trafficPolicy: { tls: { mode: 'DISABLE' } } }
      }),
      says: 'DISABLE'
    }
  ],
  'mesh-gateway-tls': [
    {
      right: gateway({ mode: 'SIMPLE', minProtocolVersion: 'TLSV1_3' }),
      wrong: gateway({ mode: 'SIMPLE', minProtocolVersion: 'TLSV1_2' }),
      says: 'TLSV1_3'
    },
    {
      right: gateway({ mode: 'AUTO_PASSTHROUGH' }, 'TLS'),
      wrong: gateway(undefined, 'HTTP'),
      says: 'httpsRedirect'
    }
  ],
  'helm-pinned-charts': [{ right: release({}), wrong: release({ version: '^1.31' }), says: 'version' }],
  'helm-pinned-images': [{
    right: release({ values: { image: { tag: '1.31.0' } } }),
    wrong: release({ values: { image: { tag: 'latest' } } }),
    says: 'values.image.tag'
  }],
  'helm-secure-repositories': [{
    right: release({}),
    wrong: release({ repositoryOpts: { repo: 'http://charts.example.com' } }),
    says: 'https'
  }]
}
