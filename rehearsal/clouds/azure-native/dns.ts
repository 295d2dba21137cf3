/** Models of DNS zones and Traffic Manager. */
import { type ResourceModel } from '../resource-model.ts'
import { objectAt, stringAt } from '../wire-values.ts'

const profileType = 'azure-native:trafficmanager:Profile'

export const dns: Record<string, ResourceModel> = {
  'azure-native:dns:Zone': {
    name: {
      property: 'zoneName',
      auto: 'none',
      pattern: /^[\w-]+(\.[\w-]+)+$/,
      rule: 'a zone is named by a domain, without a trailing dot'
    },
    defaults: () => ({ location: 'global' }),
    outputs: (draft) => ({
      name: draft.name,
      location: 'global',
      maxNumberOfRecordSets: 10000,
      numberOfRecordSets: 2,
      nameServers: ['com', 'net', 'org', 'info'].map((suffix, index) =>
        `ns${index + 1}-${String(1 + draft.make.integer(40, 'ns')).padStart(2, '0')}.azure-dns.${suffix}.`
      ),
      type: 'Microsoft.Network/dnszones'
    })
  },
  'azure-native:dns:RecordSet': {
    immutable: ['recordType'],
    outputs: (draft) => ({
      name: draft.name,
      fqdn: `${draft.name === '@' ? '' : `${draft.name}.`}${stringAt(draft.inputs, 'zoneName')}.`,
      type: `Microsoft.Network/dnszones/${stringAt(draft.inputs, 'recordType')}`
    })
  },
  [profileType]: {
    name: { property: 'profileName', auto: 'random', separator: '', max: 63, pattern: /^[a-zA-Z0-9.-]+$/ },
    defaults: () => ({ location: 'global' }),
    looksAt: () => [{ pkg: 'azure-native', type: profileType }],
    validate: (draft, found, fail) => {
      const label = stringAt(draft.inputs, 'dnsConfig.relativeName')
      if (
        found.of(profileType).some((record) =>
          record.id !== draft.id && label !== undefined &&
          stringAt(record.inputs, 'dnsConfig.relativeName') === label
        )
      ) {
        throw fail({
          status: 409,
          code: 'Conflict',
          message:
            `Domain name ${label}.trafficmanager.net already exists. Please choose a different DNS prefix.`
        })
      }
    },
    outputs: (draft) => ({
      dnsConfig: {
        ...objectAt(draft.inputs, 'dnsConfig'),
        fqdn: `${stringAt(draft.inputs, 'dnsConfig.relativeName') ?? draft.name}.trafficmanager.net`
      },
      name: draft.name,
      type: 'Microsoft.Network/trafficManagerProfiles',
      profileStatus: draft.inputs.profileStatus ?? 'Enabled'
    })
  },
  'azure-native:trafficmanager:Endpoint': {
    check: (inputs) =>
      inputs.target === undefined && inputs.targetResourceId === undefined
        ? [{ property: 'target', reason: 'one of target, targetResourceId must be specified' }]
        : [],
    outputs: (draft) => ({
      name: draft.name,
      endpointStatus: draft.inputs.endpointStatus ?? 'Enabled',
      endpointMonitorStatus: 'CheckingEndpoint'
    })
  }
}
