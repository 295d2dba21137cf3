/** Models of public addresses and the NAT gateways that use them. */
import { unknownValue } from '../../wire.ts'
import { type Draft } from '../draft.ts'
import { type ResourceModel, refersTo } from '../resource-model.ts'
import { objectAt, stringAt } from '../wire-values.ts'
import { natGatewayType, publicIpType } from './types.ts'

/** A public address out of Azure's 20.0.0.0/8. */
function publicAddress (draft: Draft): string {
  const octets = [
    40 + draft.make.integer(200, 'ip1'),
    draft.make.integer(256, 'ip2'),
    1 + draft.make.integer(254, 'ip3')
  ]
  return `20.${octets.join('.')}`
}

export const publicAddresses: Record<string, ResourceModel> = {
  [publicIpType]: {
    quota: [{ quota: 'azure:network:public-ips' }],
    check: (inputs) =>
      stringAt(inputs, 'sku.name') === 'Standard' &&
        ![undefined, 'Static', unknownValue].includes(stringAt(inputs, 'publicIPAllocationMethod'))
        ? [{
          property: 'publicIPAllocationMethod',
          reason: 'Standard sku publicIp must have AllocationMethod set to Static.'
        }]
        : [],
    outputs: (draft) => {
      const label = stringAt(draft.inputs, 'dnsSettings.domainNameLabel')
      return {
        ipAddress: stringAt(draft.inputs, 'ipAddress') ?? publicAddress(draft),
        publicIPAddressVersion: draft.inputs.publicIPAddressVersion ?? 'IPv4',
        publicIPAllocationMethod: draft.inputs.publicIPAllocationMethod ?? 'Static',
        resourceGuid: draft.make.uuid('guid'),
        ...(label !== undefined && {
          dnsSettings: {
            ...objectAt(draft.inputs, 'dnsSettings'),
            fqdn: `${label}.${draft.region}.cloudapp.azure.com`
          }
        })
      }
    }
  },
  [natGatewayType]: {
    references: [refersTo('publicIpAddresses[].id', publicIpType)],
    check: (inputs) =>
      inputs.sku === undefined
        ? [{ property: 'sku', reason: 'a NAT gateway needs the sku {name: "Standard"}' }]
        : []
  }
}
