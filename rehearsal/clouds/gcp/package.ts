/**
 * The conventions of the simulated `gcp` package. The tables beside it have the models of types, by
 * service.
 */
import { ProviderError, Status } from '../../provider.ts'
import { unknownValue, type WireObject, type WireValue } from '../../wire.ts'
import { type Caller } from '../caller.ts'
import { emptyValue, unknownInputs } from '../conventions.ts'
import { type Draft, type Instance, type Place } from '../draft.ts'
import { type PackageModel } from '../package-model.ts'
import { type PropertyFacts } from '../schema-table.ts'
import { tokenParts } from '../tokens.ts'
import { objectAt, stringAt } from '../wire-values.ts'
import { gcpApis } from './apis.ts'
import { containers } from './containers.ts'
import { gcpError, gcpFailures } from './failures.ts'
import { gcpIdentities } from './identity/identities.ts'
import { invokes } from './invokes.ts'
import { network } from './network.ts'
import { conventionalPath, lastOf, pathCandidates, regionOf, selfLink } from './paths.ts'
import { gcpRegionNames } from './regions.ts'
import { services } from './services.ts'

/** Project of a provider that names none. */
export const defaultProject = 'windlass-rehearsal'
/** Region of a provider that names none. */
const defaultRegion = 'us-central1'
/** Compute names follow RFC 1035. */
const computeName = {
  property: 'name',
  auto: 'random' as const,
  max: 63,
  lower: true,
  pattern: /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
  rule: '"name" must be 1-63 characters long and match the regular expression [a-z]([-a-z0-9]*[a-z0-9])? ' +
    '(RFC 1035)'
}

function configure (config: WireObject): Instance {
  const region = stringAt(config, 'region') ?? regionOf(stringAt(config, 'zone') ?? defaultRegion)
  const account = stringAt(config, 'project') ?? defaultProject
  if (region === unknownValue || account === unknownValue) {
    return {
      account: account === unknownValue ? defaultProject : account,
      region: region === unknownValue ? defaultRegion : region,
      config,
      unknown: true
    }
  }
  if (!gcpRegionNames.includes(region)) {
    throw new ProviderError(
      `googleapi: Error 400: Invalid value for field 'region': '${region}'. Unknown region., invalid`,
      { code: Status.InvalidArgument }
    )
  }
  const email = stringAt(config, 'impersonateServiceAccount')
  const caller: Caller = email === undefined
    ? { kind: 'base', cloud: 'gcp' }
    : { kind: 'service-account', cloud: 'gcp', email }
  return { account, region, config, caller }
}

/**
 * Place of a resource. Types of the compute API have a region by the table below, or are global.
 */
function place (inputs: WireObject, instance: Instance, type: string): Place {
  const account = lastOf(stringAt(inputs, 'project') ?? instance.account)
  const { module, name } = tokenParts(type)
  const zone = stringAt(inputs, 'zone')
  const region = stringAt(inputs, 'region')
  const location = stringAt(inputs, 'location')
  if (region !== undefined) return { account, region: lastOf(region) }
  if (zone !== undefined) return { account, region: regionOf(lastOf(zone)) }
  if (location !== undefined) {
    return {
      account,
      region: gcpRegionNames.includes(regionOf(location.toLowerCase()))
        ? regionOf(location.toLowerCase())
        : ''
    }
  }
  if (module === 'compute' && regional.test(name)) return { account, region: instance.region }
  return { account, region: '' }
}
const regional =
  /^(Subnetwork|Router|Address|ForwardingRule|HaVpnGateway|VPN|InterconnectAttachment|Region|NodeTemplate|ResourcePolicy|PacketMirroring|NetworkEndpointGroup$|TargetPool|ServiceAttachment|Instance|Disk|Reservation)/

function computed (draft: Draft, { name, kind }: PropertyFacts): WireValue {
  if (name === 'selfLink') return selfLink(draft)
  if (name === 'name') return draft.name
  if (name === 'project') return draft.account
  if (name === 'region') return draft.region
  if (name === 'deletionPolicy') return 'DELETE'
  if (/(creationTimestamp|createTime|creationTime|timeCreated|updateTime|updated)$/.test(name)) {
    return draft.created
  }
  if (name === 'etag') return draft.make.alnum(12, 'etag')
  if (name === 'uid') return draft.make.uuid('uid')
  if (kind === 's' && /(Id|Fingerprint|fingerprint)$/.test(name)) return draft.make.digits(19, name)
  return emptyValue(kind)
}

const replacing = new Set(['name', 'project', 'region', 'zone', 'location', 'network', 'subnetwork'])

export const gcp: PackageModel = {
  pkg: 'gcp',
  cloud: 'gcp',
  models: { ...network, ...containers, ...services },
  invokes,
  configure,
  replacingConfig: ['project'],
  place,
  nameRule: (type, facts) => {
    const name = facts?.inputs.get('name')
    if (name?.kind !== 's') {
      const own = tokenParts(type).name
      const id = `${own.slice(0, 1).toLowerCase()}${own.slice(1)}Id`
      return facts?.inputs.get(id)?.kind === 's' ? { property: id, auto: 'none' } : undefined
    }
    if (name.required) return { property: 'name', auto: 'none' }
    return tokenParts(type).module === 'compute'
      ? computeName
      : { property: 'name', auto: 'random', max: 63 }
  },
  id: conventionalPath,
  computed,
  replaces: (path, _type, facts) => {
    const top = path.split('.')[0] ?? path
    return facts?.inputs.get(top)?.replaces === true || replacing.has(path)
  },
  deletesFirst: (named) => named,
  candidates: pathCandidates,
  check: unknownInputs,
  outputs: (draft, facts): WireObject => {
    if (!facts?.computed.some(({ name }) => name === 'effectiveLabels')) return {}
    const labels = {
      ...objectAt(draft.instance.config, 'defaultLabels'),
      ...objectAt(draft.inputs, 'labels')
    }
    return { pulumiLabels: labels, effectiveLabels: { ...labels, 'goog-pulumi-provisioned': 'true' } }
  },
  identities: gcpIdentities,
  registrations: gcpApis,
  fail: (failure, operation, type) => gcpError(failure, operation, type),
  failures: gcpFailures
}
