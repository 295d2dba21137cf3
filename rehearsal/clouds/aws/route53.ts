/** Models of Route 53. */
import { unknownValue } from '../../wire.ts'
import { type Draft } from '../draft.ts'
import { type ResourceModel } from '../resource-model.ts'
import { numberAt, objectAt, stringAt, stringsAt } from '../wire-values.ts'

const zoneType = 'aws:route53/zone:Zone'
const recordType = 'aws:route53/record:Record'
const healthCheckType = 'aws:route53/healthCheck:HealthCheck'
const policies = [
  'failoverRoutingPolicies',
  'latencyRoutingPolicies',
  'weightedRoutingPolicies',
  'geolocationRoutingPolicies',
  'geoproximityRoutingPolicy',
  'multivalueAnswerRoutingPolicy',
  'cidrRoutingPolicy'
]

/** Full name of a record: its name in its zone, without a trailing dot. */
function fqdn (draft: Draft, zone: string): string {
  const name = (stringAt(draft.inputs, 'name') ?? '').toLowerCase().replace(/\.$/, '')
  if (name === '' || name === zone) return zone
  return name.endsWith(`.${zone}`) ? name : `${name}.${zone}`
}

export const route53: Record<string, ResourceModel> = {
  [zoneType]: {
    global: true,
    id: (draft) => `Z${draft.make.alnum(20, 'id').toUpperCase()}`,
    immutable: ['name', 'delegationSetId'],
    name: {
      property: 'name',
      auto: 'none',
      pattern: /^[a-zA-Z0-9_*-]+(\.[a-zA-Z0-9_-]+)+\.?$/,
      rule: 'a hosted zone is named by a domain'
    },
    references: [{ path: 'vpcs[].vpcId', types: ['aws:ec2/vpc:Vpc'], anywhere: true }],
    defaults: () => ({ comment: 'Managed by Pulumi', forceDestroy: false }),
    outputs: (draft) => {
      const servers = ['com', 'net', 'org', 'co.uk'].map((suffix, index) =>
        `ns-${index * 512 + draft.make.integer(512, suffix)}.awsdns-${
          String(draft.make.integer(64, `p${suffix}`)).padStart(2, '0')
        }.${suffix}`
      )
      return {
        zoneId: draft.id,
        arn: `arn:aws:route53:::hostedzone/${draft.id}`,
        nameServers: servers,
        primaryNameServer: servers[0] ?? ''
      }
    }
  },
  [recordType]: {
    global: true,
    // AWS names a record by zone, name, type and set identifier.
    id: (draft) =>
      [
        stringAt(draft.inputs, 'zoneId'),
        stringAt(draft.inputs, 'name'),
        stringAt(draft.inputs, 'type'),
        ...stringAt(draft.inputs, 'setIdentifier') === undefined
          ? []
          : [stringAt(draft.inputs, 'setIdentifier')]
      ].join('_'),
    immutable: ['name', 'zoneId', 'type', 'setIdentifier'],
    references: [{ path: 'zoneId', types: [zoneType] }, { path: 'healthCheckId', types: [healthCheckType] }],
    check: (inputs) => {
      if (inputs.aliases === undefined && inputs.records === undefined) {
        return [{ property: 'records', reason: 'one of aliases, records must be specified' }]
      }
      if (inputs.aliases === undefined && inputs.ttl === undefined) {
        return [{ property: 'ttl', reason: 'all of records, ttl must be specified' }]
      }
      return policies.some((policy) => inputs[policy] !== undefined) && inputs.setIdentifier === undefined
        ? [{ property: 'setIdentifier', reason: 'a record with a routing policy needs a setIdentifier' }]
        : []
    },
    taken: (draft) => ({
      status: 400,
      code: 'InvalidChangeBatch',
      message: `[Tried to create resource record set [name='${stringAt(draft.inputs, 'name')}.', ` +
        `type='${stringAt(draft.inputs, 'type')}'] but it already exists]`
    }),
    outputs: (draft, found) => ({
      fqdn: fqdn(draft, found.by(zoneType, draft.inputs.zoneId)?.name ?? ''),
      allowOverwrite: draft.inputs.allowOverwrite ?? false
    })
  },
  [healthCheckType]: {
    global: true,
    id: (draft) => draft.make.uuid('id'),
    immutable: ['type', 'requestInterval', 'referenceName', 'measureLatency'],
    references: [{ path: 'childHealthchecks[]', types: [healthCheckType] }],
    check: (inputs) => {
      const interval = numberAt(inputs, 'requestInterval', 30)
      if (inputs.requestInterval !== unknownValue && ![10, 30].includes(interval)) {
        return [{
          property: 'requestInterval',
          reason: `expected requestInterval to be one of [10 30], got ${interval}`
        }]
      }
      const endpoint = !['CALCULATED', 'CLOUDWATCH_METRIC', 'RECOVERY_CONTROL', unknownValue].includes(
        stringAt(inputs, 'type') ?? ''
      )
      return endpoint && inputs.fqdn === undefined && inputs.ipAddress === undefined
        ? [{ property: 'fqdn', reason: 'one of fqdn, ipAddress must be specified' }]
        : []
    },
    outputs: (draft) => ({
      arn: `arn:aws:route53:::healthcheck/${draft.id}`,
      failureThreshold: numberAt(draft.inputs, 'failureThreshold', 3),
      enableSni: draft.inputs.enableSni ?? draft.inputs.type === 'HTTPS',
      regions: stringsAt(draft.inputs, 'regions[]'),
      triggers: objectAt(draft.inputs, 'triggers')
    })
  }
}
