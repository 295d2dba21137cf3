/**
 * The conventions of the simulated `azure-native` package. The tables beside it have the models of
 * types, by service.
 */
import { ProviderError, Status } from '../../provider.ts'
import { unknownValue, type WireObject, type WireValue } from '../../wire.ts'
import { type Caller } from '../caller.ts'
import { emptyValue } from '../conventions.ts'
import { type Draft, type Instance, type Place } from '../draft.ts'
import { type PackageModel } from '../package-model.ts'
import { typeFacts, type PropertyFacts } from '../schema-table.ts'
import { stringAt } from '../wire-values.ts'
import { containers } from './containers.ts'
import { dns } from './dns.ts'
import { azureError, azureFailures } from './failures.ts'
import { gateways } from './gateways.ts'
import { azureIdentities } from './identity/identities.ts'
import { identity } from './identity.ts'
import { invokes } from './invokes.ts'
import { checkKeyUse, keyQueries } from './key-use.ts'
import { locations } from './locations.ts'
import { publicAddresses } from './public-addresses.ts'
import { azureRegistrations } from './registrations.ts'
import {
  armType,
  conventionalId,
  conventionalName,
  groupOf,
  hasCheckedParent,
  normalLocation,
  parentId,
  pathProperties
} from './resource-ids.ts'
import { services } from './services.ts'
import { resourceGroupType, simulatedTenantId, subscriptionId } from './subscription.ts'
import { trafficRules } from './traffic-rules.ts'
import { virtualNetworks } from './virtual-networks.ts'

function configure (config: WireObject): Instance {
  const account = stringAt(config, 'subscriptionId') ?? subscriptionId
  const location = stringAt(config, 'location') ?? ''
  if (account === unknownValue || location === unknownValue) {
    return { account: account === unknownValue ? subscriptionId : account, region: '', config, unknown: true }
  }
  if (location !== '' && !locations.includes(normalLocation(location))) {
    throw new ProviderError(
      'autorest/azure: Service returned an error. Status=400 Code="LocationNotAvailableForResourceType" ' +
        `Message="The provided location '${location}' is not available."`,
      { code: Status.InvalidArgument }
    )
  }
  const clientId = stringAt(config, 'clientId')
  const caller: Caller = clientId === undefined
    ? { kind: 'base', cloud: 'azure' }
    : { kind: 'application', cloud: 'azure', clientId }
  return { account, region: normalLocation(location), config, caller }
}

function place (inputs: WireObject, instance: Instance): Place {
  const scope = stringAt(inputs, 'scope') ?? stringAt(inputs, 'resourceUri')
  const account = scope === undefined ? undefined : /^\/?subscriptions\/([^/]+)/.exec(scope)?.[1]
  const location = normalLocation(stringAt(inputs, 'location') ?? '')
  return {
    account: account ?? instance.account,
    region: location === 'global' ? '' : location || instance.region
  }
}

function computed (draft: Draft, { name, kind }: PropertyFacts): WireValue {
  if (name === 'name') return draft.name
  if (name === 'type') return armType(draft, typeFacts('azure-native', draft.type))
  if (name === 'location') return draft.region
  if (name === 'provisioningState') return 'Succeeded'
  if (name === 'azureApiVersion') return '2024-05-01'
  if (name === 'etag' || name === 'eTag') return `W/"${draft.make.uuid('etag')}"`
  if (name === 'systemData') {
    return {
      createdAt: draft.created,
      createdBy: 'windlass',
      createdByType: 'Application',
      lastModifiedAt: draft.created,
      lastModifiedBy: 'windlass',
      lastModifiedByType: 'Application'
    }
  }
  if (name === 'tenantId') return simulatedTenantId
  if (
    /(createdOn|createdDate|creationDate|modifiedDate|updatedOn|lastModifiedTime|createdAt|creationTime)$/
      .test(name)
  ) return draft.created
  if (/(Guid|UID|Id)$/.test(name) && kind === 's') return draft.make.uuid(name)
  return emptyValue(kind)
}

const idOf = (draft: Draft): string => conventionalId(draft, typeFacts('azure-native', draft.type))

export const azureNative: PackageModel = {
  pkg: 'azure-native',
  cloud: 'azure',
  models: {
    ...virtualNetworks,
    ...trafficRules,
    ...publicAddresses,
    ...gateways,
    ...dns,
    ...containers,
    ...identity,
    ...services
  },
  invokes,
  configure,
  replacingConfig: ['subscriptionId', 'tenantId'],
  place,
  nameRule: conventionalName,
  id: idOf,
  computed,
  replaces: (path, type, facts) => {
    const { name, parents } = pathProperties(type, facts)
    return path === name || path === 'resourceGroupName' || path === 'location' || path === 'scope' ||
      path === 'resourceUri' || parents.includes(path)
  },
  // The provider always deletes first: ARM ids are names, so that the two could not exist side by
  // side.
  deletesFirst: () => true,
  candidates: (value) => [value],
  looksAt: (draft) => {
    const id = idOf(draft)
    const group = groupOf(id)
    const parent = parentId(draft, typeFacts('azure-native', draft.type))
    return [
      ...group === undefined || draft.type === resourceGroupType
        ? []
        : [{ pkg: 'azure-native', type: resourceGroupType, account: draft.account, name: group }],
      ...parent === undefined ? [] : [{ pkg: 'azure-native', account: draft.account, id: parent }],
      ...keyQueries(draft)
    ]
  },
  validate: (draft, found, fail) => {
    const group = groupOf(draft.id)
    if (
      group !== undefined && draft.type !== resourceGroupType &&
      !found.of(resourceGroupType).some((record) => record.name === group)
    ) {
      throw fail({
        status: 404,
        code: 'ResourceGroupNotFound',
        message: `Resource group '${group}' could not be found.`
      })
    }
    const facts = typeFacts('azure-native', draft.type)
    const parent = parentId(draft, facts)
    if (parent !== undefined && hasCheckedParent(draft.type, facts) && !found.id(parent)) {
      throw fail({
        status: 404,
        code: 'ParentResourceNotFound',
        message:
          `Failed to perform 'write' on resource(s) of type '${armType(draft, facts)}', because the parent ` +
          `resource '${parent}' could not be found.`
      })
    }
    checkKeyUse(draft, found, fail)
    if (draft.region !== '' && !locations.includes(draft.region)) {
      throw fail({
        status: 400,
        code: 'LocationNotAvailableForResourceType',
        message: `The provided location '${draft.region}' is not available for resource type ` +
          `'${armType(draft, typeFacts('azure-native', draft.type))}'.`
      })
    }
  },
  defaults: async (inputs, instance, _type, facts, find): Promise<WireObject> => {
    if (!facts?.inputs.has('location') || inputs.location !== undefined) return {}
    if (instance.region !== '') return { location: stringAt(instance.config, 'location') ?? instance.region }
    const group = stringAt(inputs, 'resourceGroupName')
    if (group === undefined || group === unknownValue) return {}
    const record =
      (await find({ pkg: 'azure-native', type: resourceGroupType, account: instance.account, name: group }))
        .find((candidate) => candidate.type === resourceGroupType && candidate.name === group)
    return record ? { location: stringAt(record.outputs, 'location') ?? record.region } : {}
  },
  outputs: (draft): WireObject =>
    draft.inputs.location === undefined
      ? {}
      : { location: normalLocation(stringAt(draft.inputs, 'location') ?? '') },
  identities: azureIdentities,
  registrations: azureRegistrations,
  fail: (failure) => azureError(failure),
  failures: azureFailures
}
