/** Data table: cases of the policies about what is the same in all clouds. */
import { unknownValue } from '../../../rehearsal/wire.ts'
import {
  labels,
  resourceOf,
  aks,
  agentPool,
  nodePool,
  gcsBucket,
  storage,
  deployment,
  type Cases
} from '../case.ts'

const nodeGroup = resourceOf('aws:eks/nodeGroup:NodeGroup')
const s3Bucket = resourceOf('aws:s3/bucket:Bucket')
const rds = resourceOf('aws:rds/instance:Instance')
const sql = resourceOf('gcp:sql/databaseInstance:DatabaseInstance')

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
const stack = resourceOf('pulumi:pulumi:Stack')({})

export const anyCases: Cases = {
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
      right: [group(1, unknownValue)],
      wrong: [group(1), group(1), group(1, unknownValue), resourceOf('aws:made/up:Thing')({})],
      says: 'not in it, since not priced: aws:made/up:Thing (its type is not in the price table)',
      cost
    },
    { right: [], wrong: [group(1000)], says: 'budget.perUnit["infrastructure.primary"]', cost }
  ],
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
      right: resourceOf('azure-native:dbforpostgresql:Server')({ dataEncryption: { type: 'AzureKeyVault' } }),
      wrong: resourceOf('azure-native:dbforpostgresql:Server')({}),
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
    right: resourceOf('aws:lb/listener:Listener')({
      protocol: 'TLS',
      sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06'
    }),
    wrong: resourceOf('aws:lb/listener:Listener')({ protocol: 'HTTPS' }),
    says: 'sslPolicy'
  }],
  'network-inside-cluster-range': [
    {
      right: resourceOf('aws:ec2/subnet:Subnet')({ cidrBlock: '10.1.128.0/20' }),
      wrong: resourceOf('aws:ec2/subnet:Subnet')({ cidrBlock: '10.2.0.0/20' }),
      says: '10.1.0.0/16'
    },
    {
      right: resourceOf('gcp:compute/subnetwork:Subnetwork')({
        ipCidrRange: '10.1.0.0/20',
        secondaryIpRanges: [{ ipCidrRange: '100.64.0.0/16' }]
      }),
      wrong: resourceOf('azure-native:network:VirtualNetwork')({
        addressSpace: { addressPrefixes: ['10.1.0.0/16', '192.168.0.0/16'] }
      }),
      says: '192.168.0.0/16'
    }
  ],
  'place-allowed-region': [
    {
      right: resourceOf('pulumi:providers:aws')({ region: 'us-east-1' }),
      wrong: resourceOf('pulumi:providers:aws')({ region: 'us-west-1' }),
      says: 'us-east-1'
    },
    {
      right: resourceOf('gcp:storage/bucket:Bucket')({ location: 'EUROPE-WEST1' }),
      wrong: resourceOf('azure-native:resources:ResourceGroup')({ location: 'westeurope' }),
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
      right: resourceOf('gcp:compute/router:Router')({ region: 'europe-west1' }),
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
      right: resourceOf('pulumi:providers:aws')({ defaultTags: JSON.stringify({ tags: labels }) }),
      wrong: resourceOf('pulumi:providers:aws')({ region: 'us-east-1' }),
      says: 'owner: trading-platform'
    },
    {
      right: resourceOf('pulumi:providers:gcp')({ defaultLabels: JSON.stringify(labels) }),
      wrong: resourceOf('pulumi:providers:gcp')({ defaultLabels: JSON.stringify({ system: 'nautilus' }) }),
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
    right: resourceOf('pulumi:pulumi:Stack')({}),
    wrong: resourceOf('pulumi:pulumi:Stack')({}),
    says: 'another cloud',
    facts: {
      pairs: [{ primary: 'a', standby: 'b', primaryCloud: 'aws', standbyCloud: 'aws', crossCloud: true }]
    }
  }],
  'recovery-backup-schedules': [{
    right: resourceOf('kubernetes:velero.io/v1:Schedule')({
      spec: { schedule: '0 */6 * * *', template: { ttl: '720h0m0s' } }
    }),
    wrong: resourceOf('kubernetes:velero.io/v1:Schedule')({
      spec: { schedule: '0 */6 * * *', paused: true, template: { ttl: '720h0m0s' } }
    }),
    says: 'paused'
  }],
  'recovery-backups-present': [{
    right: [resourceOf('kubernetes:velero.io/v1:Schedule')({})],
    wrong: [resourceOf('kubernetes:core/v1:Namespace')({})],
    says: 'Velero',
    facts: { phase: 'disaster-recovery', scope: 'primary' }
  }]
}
