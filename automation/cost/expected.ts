/**
 * The resources that cost money, as a federation file lets expect them: for plans of what was never
 * run. The programs decide what is really made, and a test keeps this near to it. Pure.
 */
import { type CloudName } from '../../contract/words.ts'
import { type Resource } from '../../pricing/model.ts'
import { type Cluster } from '../../programs/types/cluster.ts'
import { type Federation } from '../../programs/types.ts'

type Inputs = Readonly<Record<string, unknown>>
type Make = (type: string, name: string, inputs?: Inputs, times?: number) => Resource[]

/**
 * Private endpoints of AWS services that a cluster has beside the free one of S3: ECR (two), STS,
 * EC2, EKS and its identities, autoscaling, keys and logs.
 */
const endpoints = 9
/** GB of the disks of a cluster's Prometheus, and how many of them: in pairs where much happens. */
const metricsDisks = { busy: { gb: 100, count: 2 }, quiet: { gb: 50, count: 1 } }
/** GB of the disks of the hub's long-term metrics, alerts and traces. */
const hubDiskGb = 500
/** GB of a database's disks, and how many of them a primary keeps; its standby keeps one. */
const databaseDiskGb = 120
const databaseInstances = 3
/** Clusters that watch a pair's primary, where there are as many. */
const observers = 3
/** Load balancers of each cluster: into it from outside, and from other clusters. */
const loadBalancers = [{ name: 'ingress', internal: false }, { name: 'east-west', internal: true }]

function makerOf (
  unit: string,
  place: {
    readonly cloud?: CloudName | undefined
    readonly region?: string | undefined
    readonly cluster?: string | undefined
  }
): Make {
  return (type, name, inputs = {}, times = 1) =>
    Array.from(
      { length: times },
      (_, index): Resource => ({
        urn: `expected::${unit}::${type}::${name}-${index}`,
        type,
        inputs,
        ...place
      })
    )
}

const of = (cluster: Cluster) => ({ cloud: cluster.cloud, region: cluster.region, cluster: cluster.name })

function prerequisites (cluster: Cluster, make: Make): Resource[] {
  switch (cluster.cloud) {
    case 'aws':
      return [
        ...make('aws:kms/key:Key', 'key'),
        ...make('aws:s3/bucket:Bucket', 'logs'),
        ...make('aws:s3/bucket:Bucket', 'backups'),
        ...make('aws:ecr/repository:Repository', 'registry')
      ]
    case 'gcp':
      return [
        ...make('gcp:kms/cryptoKey:CryptoKey', 'key'),
        ...make('gcp:storage/bucket:Bucket', 'logs'),
        ...make('gcp:storage/bucket:Bucket', 'backups'),
        ...make('gcp:artifactregistry/repository:Repository', 'registry')
      ]
    case 'azure':
      return [
        ...make('azure-native:keyvault:Vault', 'vault'),
        ...make('azure-native:storage:StorageAccount', 'storage', { sku: { name: 'Standard_ZRS' } }),
        ...make('azure-native:containerregistry:Registry', 'registry', { sku: { name: 'Premium' } }),
        ...make('azure-native:operationalinsights:Workspace', 'audit', { retentionInDays: 365 })
      ]
  }
}

function infrastructure (cluster: Cluster, make: Make): Resource[] {
  const pools = cluster.nodePools
  const zones = cluster.zones.length
  switch (cluster.cloud) {
    case 'aws':
      return [
        ...make('aws:eks/cluster:Cluster', 'cluster'),
        ...pools.flatMap((pool) => [
          ...make('aws:eks/nodeGroup:NodeGroup', pool.name, {
            instanceTypes: [pool.instanceType],
            capacityType: pool.spot ? 'SPOT' : 'ON_DEMAND',
            scalingConfig: { desiredSize: pool.desired, minSize: pool.min, maxSize: pool.max },
            launchTemplate: {}
          }),
          ...make('aws:ec2/launchTemplate:LaunchTemplate', pool.name, {
            blockDeviceMappings: [{ ebs: { volumeSize: pool.diskGb, volumeType: 'gp3' } }],
            monitoring: { enabled: true }
          })
        ]),
        ...make('aws:ec2/natGateway:NatGateway', 'nat', {}, zones),
        ...make('aws:ec2/eip:Eip', 'nat', {}, zones),
        ...make('aws:ec2/vpcEndpoint:VpcEndpoint', 'endpoint', {
          vpcEndpointType: 'Interface',
          subnetIds: cluster.zones
        }, endpoints),
        ...make('aws:ec2/flowLog:FlowLog', 'flows', { logDestinationType: 's3' }),
        ...make('aws:cloudwatch/logGroup:LogGroup', 'control-plane', { retentionInDays: 90 })
      ]
    case 'gcp':
      return [
        ...make('gcp:container/cluster:Cluster', 'cluster'),
        ...make('gcp:compute/routerNat:RouterNat', 'nat'),
        ...make('gcp:compute/subnetwork:Subnetwork', 'nodes', { logConfig: {} }),
        ...pools.flatMap((pool) =>
          make('gcp:container/nodePool:NodePool', pool.name, {
            nodeCount: pool.desired,
            autoscaling: { totalMinNodeCount: pool.min, totalMaxNodeCount: pool.max },
            nodeConfig: {
              machineType: pool.instanceType,
              diskType: 'pd-ssd',
              diskSizeGb: pool.diskGb,
              spot: pool.spot
            }
          })
        )
      ]
    case 'azure':
      return [
        ...make('azure-native:containerservice:ManagedCluster', 'cluster', {
          sku: { tier: 'Standard' },
          securityProfile: { defender: { securityMonitoring: { enabled: true } } },
          agentPoolProfiles: pools.map((pool) => ({
            name: pool.name,
            vmSize: pool.instanceType,
            count: pool.desired,
            minCount: pool.min,
            maxCount: pool.max,
            osDiskSizeGB: pool.diskGb,
            ...(pool.spot && { scaleSetPriority: 'Spot' })
          }))
        }),
        ...make('azure-native:network:NatGateway', 'nat'),
        ...make('azure-native:network:PublicIPAddress', 'nat', {}, 2)
      ]
  }
}

/** Load balancers as Services, and the disks of claims, in the cluster's cloud. */
function mesh (make: Make): Resource[] {
  return loadBalancers.flatMap(({ name, internal }) =>
    make('kubernetes:core/v1:Service', name, {
      metadata: {
        annotations: internal
          ? {
            'service.beta.kubernetes.io/aws-load-balancer-internal': 'true',
            'service.beta.kubernetes.io/azure-load-balancer-internal': 'true'
          }
          : {}
      },
      spec: { type: 'LoadBalancer', ports: [{}, {}] }
    })
  )
}

const disk = (make: Make, gb: number, count = 1): Resource[] =>
  make('kubernetes:core/v1:PersistentVolumeClaim', 'metrics', {
    spec: { resources: { requests: { storage: `${gb}Gi` } } }
  }, count)

function hasVpn (federation: Federation, cluster: Cluster): boolean {
  return federation.links.some((link) =>
    link.kind === 'vpn' && (link.from === cluster.name || link.to === cluster.name)
  )
}

function networking (federation: Federation, cluster: Cluster, make: Make): Resource[] {
  switch (cluster.cloud) {
    case 'aws':
      return make('aws:ec2transitgateway/vpcAttachment:VpcAttachment', 'vpc')
    case 'gcp':
      return []
    case 'azure':
      return hasVpn(federation, cluster)
        ? [
          ...make('azure-native:network:VirtualNetworkGateway', 'vpn', {
            gatewayType: 'Vpn',
            sku: { name: 'VpnGw2AZ' }
          }),
          ...make('azure-native:network:PublicIPAddress', 'vpn', {}, 2)
        ]
        : []
  }
}

const peeringTypes: Readonly<Partial<Record<CloudName, string>>> = {
  aws: 'aws:ec2transitgateway/peeringAttachment:PeeringAttachment',
  azure: 'azure-native:network:VirtualNetworkPeering'
}

/**
 * Networks of one cloud joined each to each: AWS pays for both ends of a peering, Azure for what
 * goes through.
 */
function peerings (federation: Federation, cloud: CloudName, unit: string): Resource[] {
  const clusters = federation.clusters.filter((cluster) => cluster.cloud === cloud)
  const type = peeringTypes[cloud]
  if (type === undefined) return []
  return clusters.flatMap((cluster) =>
    clusters.filter((other) => other !== cluster).flatMap((other) =>
      makerOf(unit, of(cluster))(type, other.name)
    )
  )
}

function vpnEnd (cluster: Cluster, tunnels: number, make: Make): Resource[] {
  switch (cluster.cloud) {
    case 'aws':
      return make('aws:ec2/vpnConnection:VpnConnection', 'connection', { transitGatewayId: '' }, tunnels / 2)
    case 'gcp':
      return make('gcp:compute/vPNTunnel:VPNTunnel', 'tunnel', {}, tunnels)
    case 'azure':
      return []
  }
}

/**
 * A VPN between two clouds: four tunnels with AWS at one end, else two. AWS sells them in pairs.
 */
function vpn (ends: readonly Cluster[], unit: string): Resource[] {
  const tunnels = ends.some((cluster) => cluster.cloud === 'aws') ? 4 : 2
  return ends.flatMap((cluster) => vpnEnd(cluster, tunnels, makerOf(unit, of(cluster))))
}

const zones: Readonly<Record<CloudName, string>> = {
  aws: 'aws:route53/zone:Zone',
  gcp: 'gcp:dns/managedZone:ManagedZone',
  azure: 'azure-native:dns:Zone'
}

/** What belongs to the federation as a whole: the zone, and health checks of what clients reach. */
function shared (federation: Federation, phase: string, unit: string): Resource[] {
  const { dns } = federation
  const make = makerOf(unit, {
    cloud: dns.provider,
    region: federation.clusters.find(({ cloud }) => cloud === dns.provider)?.region
  })
  const hub = federation.clusters.find(({ name }) => name === federation.monitoring.hub)
  switch (phase) {
    case 'prerequisites':
      return make(zones[dns.provider], 'zone')
    case 'federation':
      return dns.provider !== 'aws'
        ? []
        : federation.clusters.filter(({ role }) => role !== 'analytics').flatMap((cluster) =>
          makerOf(unit, { cloud: 'aws', region: 'us-east-1', cluster: cluster.name })(
            'aws:route53/healthCheck:HealthCheck',
            'health',
            { type: 'HTTPS', requestInterval: dns.healthCheckIntervalSeconds, measureLatency: true }
          )
        )
    case 'monitoring':
      return hub ? disk(makerOf(unit, of(hub)), hubDiskGb) : []
    default:
      return []
  }
}

/** Who did what in a whole account; Google Cloud keeps that without a charge of its own. */
function auditOf ({ cloud }: Cluster, make: Make): Resource[] {
  switch (cloud) {
    case 'aws':
      return [
        ...make('aws:kms/key:Key', 'audit'),
        ...make('aws:s3/bucket:Bucket', 'audit-log'),
        ...make('aws:cloudtrail/trail:Trail', 'audit', { advancedEventSelectors: ['Data'] })
      ]
    case 'gcp':
      return []
    case 'azure':
      return make('azure-native:operationalinsights:Workspace', 'activity', {
        workspaceName: 'activity',
        retentionInDays: 365
      })
  }
}

/**
 * What decides on a pair's failover by Route 53: checks of both sides, the verdicts of the
 * observers, and two that sum them up.
 */
function failoverChecks (federation: Federation, unit: string): Resource[] {
  if (federation.dns.provider !== 'aws') return []
  const make = makerOf(unit, { cloud: 'aws', region: 'us-east-1' })
  const checks = {
    type: 'HTTPS',
    requestInterval: federation.dns.healthCheckIntervalSeconds,
    measureLatency: true
  }
  return [
    ...make('aws:route53/healthCheck:HealthCheck', 'side', checks, 2),
    ...make('aws:route53/healthCheck:HealthCheck', 'verdict', checks, observers),
    ...make('aws:route53/healthCheck:HealthCheck', 'sum', { type: 'CALCULATED' }, 2)
  ]
}

/** What a unit (`{phase}.{scope}`) is expected to pay for. */
export function expectedResources (federation: Federation, unit: string): Resource[] {
  const phase = unit.slice(0, unit.indexOf('.'))
  const scope = unit.slice(unit.indexOf('.') + 1)
  const cluster = federation.clusters.find(({ name }) => name === scope)
  if (cluster) {
    const make = makerOf(unit, of(cluster))
    switch (phase) {
      case 'prerequisites':
        return prerequisites(cluster, make)
      case 'infrastructure':
        return infrastructure(cluster, make)
      case 'networking':
        return networking(federation, cluster, make)
      case 'mesh':
        return mesh(make)
      case 'monitoring': {
        const { gb, count } =
          metricsDisks[cluster.role === 'primary' || cluster.role === 'hub' ? 'busy' : 'quiet']
        return disk(make, gb, count)
      }
      default:
        return []
    }
  }
  if (scope === 'global') return shared(federation, phase, unit)
  if (scope === 'aws' || scope === 'gcp' || scope === 'azure') {
    const first = federation.clusters.find(({ cloud }) => cloud === scope)
    if (phase === 'prerequisites') return first ? auditOf(first, makerOf(unit, of(first))) : []
    return phase === 'networking' ? peerings(federation, scope, unit) : []
  }
  const pair = phase === 'disaster-recovery'
    ? federation.disasterRecovery.pairs.find(({ primary, standby }) => `${primary}.${standby}` === scope)
    : undefined
  if (pair) {
    return [
      ...failoverChecks(federation, unit),
      ...federation.clusters.filter(({ name, stateful }) =>
        stateful && (name === pair.primary || name === pair.standby)
      ).flatMap((side) =>
        disk(
          makerOf(unit, of(side)),
          side.name === pair.primary ? databaseDiskGb * databaseInstances : databaseDiskGb
        )
      )
    ]
  }
  const link = phase === 'networking'
    ? federation.links.find(({ from, to }) => `${from}.${to}` === scope)
    : undefined
  return link?.kind === 'vpn'
    ? vpn(federation.clusters.filter(({ name }) => name === link.from || name === link.to), unit)
    : []
}
