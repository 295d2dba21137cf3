/**
 * The conventions of the simulated `aws` package. The tables beside it have the models of types, by
 * service.
 */
import { ProviderError, Status } from '../../provider.ts'
import { unknownValue, type WireObject, type WireValue } from '../../wire.ts'
import { type Caller } from '../caller.ts'
import { emptyValue, unknownInputs } from '../conventions.ts'
import { type Draft, type Instance, type Place } from '../draft.ts'
import { type PackageModel } from '../package-model.ts'
import { typeFacts, type PropertyFacts } from '../schema-table.ts'
import { kebab, tokenParts } from '../tokens.ts'
import { objectAt, stringAt, stringsAt } from '../wire-values.ts'
import { conventionalArn } from './arns.ts'
import { compute } from './compute.ts'
import { containers } from './containers.ts'
import { awsError, awsFailures } from './failures.ts'
import { gateways } from './gateways.ts'
import { iam } from './iam.ts'
import { awsIdentities } from './identity/identities.ts'
import { invokes } from './invokes.ts'
import { observability } from './observability.ts'
import { awsRegionNames } from './regions.ts'
import { route53 } from './route53.ts'
import { routes } from './routes.ts'
import { securityGroups } from './security-groups.ts'
import { storage } from './storage.ts'
import { transit } from './transit.ts'
import { vpc } from './vpc.ts'
import { vpn } from './vpn.ts'

/** Account of a provider that names none. */
export const defaultAccount = '123456789012'
/**
 * Region of a provider that names none. The SDK has no default: the real provider asks the
 * environment.
 */
const defaultRegion = 'us-east-1'

/** Services without a region. */
const globalModules = new Set([
  'iam',
  'route53',
  'cloudfront',
  'globalaccelerator',
  'organizations',
  'account',
  'budgets',
  'costexplorer',
  'shield',
  'route53domains'
])

function configure (config: WireObject): Instance {
  const region = stringAt(config, 'region') ?? defaultRegion
  const role = stringsAt(config, 'assumeRoles[].roleArn')[0] ?? stringAt(config, 'assumeRole.roleArn')
  const account = stringsAt(config, 'allowedAccountIds[]')[0] ?? role?.split(':')[4] ?? defaultAccount
  const session = stringsAt(config, 'assumeRoles[].sessionName')[0] ??
    stringAt(config, 'assumeRole.sessionName') ?? 'pulumi'
  const caller: Caller = role === undefined
    ? { kind: 'base', cloud: 'aws' }
    : { kind: 'role', cloud: 'aws', arn: role, session }
  if (region === unknownValue) return { account, region: defaultRegion, config, unknown: true }
  if (!awsRegionNames.includes(region)) {
    throw new ProviderError(`invalid AWS Region: ${region}`, { code: Status.InvalidArgument })
  }
  return { account, region, config, caller }
}

function place (inputs: WireObject, instance: Instance, type: string): Place {
  if (globalModules.has(tokenParts(type).module)) return { account: instance.account, region: '' }
  return { account: instance.account, region: stringAt(inputs, 'region') ?? instance.region }
}

function computed (draft: Draft, { name, kind }: PropertyFacts): WireValue {
  if (name === 'arn') return conventionalArn(draft)
  if (name === 'region') return draft.region || defaultRegion
  if (name === 'name') return draft.name
  if (name === 'ownerId' || name === 'registryId' || name === 'accountId') return draft.account
  if (name === 'status' || name === 'state') return 'ACTIVE'
  if (/(createdAt|createDate|creationDate|createdDate|createTime)$/.test(name)) return draft.created
  if (/Arn$/.test(name) && kind === 's') return `${conventionalArn(draft)}/${kebab(name.slice(0, -3))}`
  if (kind === 's' && /(Id|Name|Key|Token)$/.test(name)) return draft.make.hex(17, name)
  return emptyValue(kind)
}

/** Tags of the resource over the provider's default tags. */
function allTags (draft: Draft): WireObject {
  return { ...objectAt(draft.instance.config, 'defaultTags.tags'), ...objectAt(draft.inputs, 'tags') }
}

/** Inputs whose change always replaces. */
const replacing = new Set(['name', 'region', 'namePrefix', 'vpcId', 'availabilityZone', 'cidrBlock'])

export const aws: PackageModel = {
  pkg: 'aws',
  cloud: 'aws',
  models: {
    ...vpc,
    ...gateways,
    ...routes,
    ...securityGroups,
    ...vpn,
    ...transit,
    ...compute,
    ...containers,
    ...iam,
    ...storage,
    ...route53,
    ...observability
  },
  modelOf: (type) => globalModules.has(tokenParts(type).module) ? { global: true } : undefined,
  invokes,
  configure,
  checkConfig: (config) => {
    const region = stringAt(config, 'region')
    return region === undefined || region === unknownValue || awsRegionNames.includes(region)
      ? []
      : [{ property: 'region', reason: `invalid AWS Region: ${region}` }]
  },
  replacingConfig: ['region', 'allowedAccountIds', 'assumeRoles', 'profile'],
  place,
  nameRule: (_type, facts) => {
    const name = facts?.inputs.get('name')
    return name?.kind === 's' ? { property: 'name', auto: name.required ? 'none' : 'random' } : undefined
  },
  // Names repeat from region to region; ids that AWS makes up, ARNs and URLs do not.
  storedId: (id, region) =>
    region === '' || /-0[0-9a-f]{16}$|^[0-9a-f]{8}-[0-9a-f-]{27}$|^arn:|^https:/.test(id)
      ? id
      : `${id}@${region}`,
  id: (draft) => {
    const { name } = tokenParts(draft.type)
    if (draft.inputs.name === undefined) return `${kebab(name)}-0${draft.make.hex(16, 'id')}`
    // The name of a resource inside another one is unique only there.
    const owners = [...typeFacts('aws', draft.type)?.inputs.values() ?? []].filter((input) =>
      input.required && input.kind === 's' && /(Name|Id|Arn)$/.test(input.name)
    )
    return [...owners.map((input) => stringAt(draft.inputs, input.name) ?? ''), draft.name].join('/')
  },
  computed,
  replaces: (path, _type, facts) => {
    const top = path.split('.')[0] ?? path
    return facts?.inputs.get(top)?.replaces === true || replacing.has(path)
  },
  deletesFirst: (named) => named,
  candidates: (value) => {
    if (!value.startsWith('arn:')) return [value]
    const resource = value.split(':').slice(5).join(':')
    return [value, resource, resource.split(/[/:]/).at(-1) ?? resource]
  },
  check: unknownInputs,
  outputs: (draft, facts): WireObject =>
    facts?.computed.some(({ name }) => name === 'tagsAll') ? { tagsAll: allTags(draft) } : {},
  identities: awsIdentities,
  fail: (failure, operation, type, name, make) => awsError(failure, operation, type, name, make),
  failures: awsFailures
}
