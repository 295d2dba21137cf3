/** Charges of AWS resources. Meters are those of the price table under `aws`. */
import { type Charge, type Rule, type Rules, type Surroundings } from '../charge.ts'
import { at, listAt, nameOf, numberAt, textAt } from '../inputs.ts'
import { type Resource } from '../model.ts'
import { bucketVolumes, networkVolumes } from './shared.ts'

/** GB of the root disk of EKS's own machine images when nothing says how large it is. */
const imageDiskGb = 20
/**
 * CloudWatch archives logs compressed; its own pricing examples count 0.15 of what was ingested.
 */
const logCompression = 0.15
/** EC2's detailed monitoring sends seven metrics an instance. */
const detailedMetrics = 7

/**
 * The launch template of a node group, when it is priced along: by its id or, before it has one, by
 * the name that both have.
 */
function templateOf (group: Resource, around: Surroundings): Resource | undefined {
  const templates = around.all.filter((other) =>
    other.type === 'aws:ec2/launchTemplate:LaunchTemplate' && other.cluster === group.cluster
  )
  const id = textAt(group.inputs, 'launchTemplate', 'id')
  return templates.find((template) => template.id !== undefined && template.id === id) ??
    templates.find((template) => nameOf(template.urn) === nameOf(group.urn))
}

const nodeGroup: Rule = (group, around) => {
  const count = numberAt(group.inputs, 'scalingConfig', 'desiredSize')
  const type = textAt(group.inputs, 'instanceTypes', 0)
  if (count === undefined || type === undefined) {
    return [{ reason: 'its number of nodes or its instance type is not known' }]
  }
  const [least, most] = [
    numberAt(group.inputs, 'scalingConfig', 'minSize') ?? count,
    numberAt(group.inputs, 'scalingConfig', 'maxSize') ?? count
  ]
  const times = (factor: number) => ({ quantity: count * factor, least: least * factor, most: most * factor })
  const spot = group.inputs['capacityType'] === 'SPOT'
  const nodes: Charge = {
    meter: `${spot ? 'spot' : 'instance'}/${type}`,
    ...times(1),
    what: `${spot ? 'spot ' : ''}nodes ${type}`
  }
  const template = templateOf(group, around)
  if (!template && at(group.inputs, 'launchTemplate') !== undefined) {
    return [nodes, {
      reason: 'its launch template, which says what disks its nodes have, is not among the resources'
    }]
  }
  const disks = template ? listAt(template.inputs, 'blockDeviceMappings') : []
  const diskCharges = disks.length === 0
    ? [{ meter: 'disk/gp3', ...times(numberAt(group.inputs, 'diskSize') ?? imageDiskGb), what: 'node disks' }]
    : disks.map((disk): Charge => {
      const size = numberAt(disk, 'ebs', 'volumeSize')
      return size === undefined
        ? { reason: 'the size of a node disk is not known' }
        : { meter: `disk/${textAt(disk, 'ebs', 'volumeType') ?? 'gp3'}`, ...times(size), what: 'node disks' }
    })
  return [
    nodes,
    ...diskCharges,
    ...at(template?.inputs, 'monitoring', 'enabled') === true
      ? [{ meter: 'metric', ...times(detailedMetrics), what: 'metrics of detailed monitoring' }]
      : []
  ]
}

const healthCheck: Rule = ({ inputs }) => {
  const type = textAt(inputs, 'type') ?? ''
  if (type === 'CALCULATED' || type === 'CLOUDWATCH_METRIC') return [{ meter: 'health-check', quantity: 1 }]
  // HTTPS, string matching, the short interval and latency measurement cost extra each.
  const options = [
    type.startsWith('HTTPS'),
    type.endsWith('STR_MATCH'),
    numberAt(inputs, 'requestInterval') === 10,
    inputs['measureLatency'] === true
  ].filter(Boolean).length
  return [
    {
      meter: 'health-check/outside',
      quantity: 1,
      what: 'health check of an endpoint that is not an AWS resource'
    },
    ...options > 0
      ? [{ meter: 'health-check/outside-option', quantity: options, what: 'options of the health check' }]
      : []
  ]
}

const vpcEndpoint: Rule = ({ inputs }) => {
  const type = textAt(inputs, 'vpcEndpointType') ?? 'Gateway'
  if (type === 'Gateway') return []
  return [{
    meter: 'vpc-endpoint',
    quantity: Math.max(1, listAt(inputs, 'subnetIds').length),
    what: 'endpoint interfaces, one a zone'
  }, { meter: 'vpc-endpoint-data', volume: 'endpointGb', what: 'through endpoints' }]
}

const logGroup: Rule = ({ inputs }) => {
  const days = numberAt(inputs, 'retentionInDays')
  const kept: Charge = days === undefined || days === 0
    ? { reason: 'its logs are kept for ever: they have no monthly price' }
    : {
      meter: 'log-storage',
      volume: 'logGb',
      factor: days / 30.4 * logCompression,
      what: `of logs kept ${days} days, compressed`
    }
  return [{ meter: 'log-ingest', volume: 'logGb', what: 'of logs taken in' }, kept]
}

const loadBalancer: Rule = ({ inputs }) => {
  const kind = textAt(inputs, 'loadBalancerType') ?? 'application'
  return [
    { meter: `load-balancer/${kind}`, quantity: 1 },
    { meter: `load-balancer-data/${kind}`, volume: 'loadBalancerGb', what: 'through load balancers' },
    ...inputs['internal'] === true
      ? []
      : [{
        meter: 'public-address',
        quantity: Math.max(1, listAt(inputs, 'subnets').length || listAt(inputs, 'subnetMappings').length),
        what: 'public addresses of the load balancer'
      }]
  ]
}

const instance: Rule = ({ inputs }) => {
  const type = textAt(inputs, 'instanceType')
  return type === undefined
    ? [{ reason: 'its instance type is not known' }]
    : [{ meter: `instance/${type}`, quantity: 1, what: `instance ${type}` }, {
      meter: 'disk/gp3',
      quantity: numberAt(inputs, 'rootBlockDevice', 'volumeSize') ?? imageDiskGb,
      what: 'root disk'
    }]
}

const one = (meter: string): Rule => () => [{ meter, quantity: 1 }]

/** Rules by type token. */
export const awsRules: Rules = {
  'aws:eks/cluster:Cluster':
    () => [{ meter: 'kubernetes-control-plane', quantity: 1 }, ...networkVolumes('aws')],
  'aws:eks/nodeGroup:NodeGroup': nodeGroup,
  'aws:ec2/instance:Instance': instance,
  'aws:ec2/natGateway:NatGateway': () => [{ meter: 'nat-gateway', quantity: 1 }, {
    meter: 'nat-data',
    volume: 'natGb',
    what: 'through NAT'
  }],
  'aws:ec2/eip:Eip': one('public-address'),
  'aws:ec2/vpcEndpoint:VpcEndpoint': vpcEndpoint,
  'aws:ec2/vpnConnection:VpnConnection': (
    { inputs }
  ) => [
    { meter: 'vpn-connection', quantity: 1 },
    ...inputs['transitGatewayId'] === undefined
      ? []
      : [{ meter: 'transit-attachment', quantity: 1, what: 'transit gateway attachment of the VPN' }]
  ],
  'aws:ec2transitgateway/vpcAttachment:VpcAttachment': () => [
    { meter: 'transit-attachment', quantity: 1 },
    { meter: 'transit-data', volume: 'interRegionGb', what: 'through the transit gateway to other regions' },
    { meter: 'transit-data', volume: 'interCloudGb', what: 'through the transit gateway to other clouds' }
  ],
  // Both ends of a peering are attachments of their own gateways; the accepter adds none, it stands
  // for the second end.
  'aws:ec2transitgateway/peeringAttachment:PeeringAttachment': one('transit-attachment'),
  'aws:ec2transitgateway/peeringAttachmentAccepter:PeeringAttachmentAccepter': one('transit-attachment'),
  'aws:ec2/flowLog:FlowLog': (
    { inputs }
  ) => [{
    meter: textAt(inputs, 'logDestinationType') === 's3' ? 'flow-logs/s3' : 'flow-logs/cloudwatch',
    volume: 'flowLogGb',
    what: 'of flow logs'
  }],
  'aws:cloudwatch/logGroup:LogGroup': logGroup,
  // The first copy of management events is free.
  'aws:cloudtrail/trail:Trail': ({ inputs }) =>
    JSON.stringify(inputs['advancedEventSelectors'] ?? inputs['eventSelectors'] ?? []).match(
        /"Data"|dataResources/
      )
      ? [{ meter: 'audit-events', volume: 'auditEventsMillions', what: 'accesses to data recorded' }]
      : [],
  'aws:cloudwatch/metricAlarm:MetricAlarm': one('metric-alarm'),
  'aws:kms/key:Key': () => [{ meter: 'key', quantity: 1 }, {
    meter: 'key-requests',
    volume: 'keyRequestsMillions',
    what: 'requests to keys'
  }],
  'aws:kms/replicaKey:ReplicaKey': one('key'),
  'aws:secretsmanager/secret:Secret': one('secret'),
  'aws:s3/bucket:Bucket': (bucket) => bucketVolumes(bucket, 'object-storage'),
  'aws:s3/bucketV2:BucketV2': (bucket) => bucketVolumes(bucket, 'object-storage'),
  'aws:ecr/repository:Repository':
    () => [{ meter: 'registry-storage', volume: 'registryGb', what: 'of images kept' }],
  'aws:route53/zone:Zone': () => [{ meter: 'dns-zone', quantity: 1 }, {
    meter: 'dns-queries',
    volume: 'dnsQueriesMillions',
    what: 'queries'
  }],
  'aws:route53/healthCheck:HealthCheck': healthCheck,
  'aws:lb/loadBalancer:LoadBalancer': loadBalancer,
  'aws:ebs/volume:Volume': ({ inputs }) => {
    const size = numberAt(inputs, 'size')
    return size === undefined
      ? [{ reason: 'its size is not known' }]
      : [{ meter: `disk/${textAt(inputs, 'type') ?? 'gp2'}`, quantity: size, what: 'disk' }]
  }
}
