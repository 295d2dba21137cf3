/** Azure locations: https://learn.microsoft.com/azure/reliability/regions-list. */

/** Locations with availability zones. */
const zonal = [
  'australiaeast',
  'brazilsouth',
  'canadacentral',
  'centralindia',
  'centralus',
  'eastasia',
  'eastus',
  'eastus2',
  'francecentral',
  'germanywestcentral',
  'israelcentral',
  'italynorth',
  'japaneast',
  'japanwest',
  'koreacentral',
  'mexicocentral',
  'newzealandnorth',
  'northeurope',
  'norwayeast',
  'polandcentral',
  'qatarcentral',
  'southafricanorth',
  'southcentralus',
  'southeastasia',
  'spaincentral',
  'swedencentral',
  'switzerlandnorth',
  'uaenorth',
  'uksouth',
  'westeurope',
  'westus2',
  'westus3',
  'indonesiacentral',
  'malaysiawest',
  'austriaeast',
  'chilecentral',
  'belgiumcentral'
]
const single = [
  'australiacentral',
  'australiasoutheast',
  'brazilsoutheast',
  'canadaeast',
  'francesouth',
  'germanynorth',
  'koreasouth',
  'northcentralus',
  'norwaywest',
  'southindia',
  'southafricawest',
  'swedensouth',
  'switzerlandwest',
  'uaecentral',
  'ukwest',
  'westcentralus',
  'westindia',
  'westus',
  'jioindiawest'
]

/** All locations, in the form without blanks. */
export const locations = [...zonal, ...single, 'global']

/**
 * vCPUs of a virtual machine size: the number after the family letters, `Standard_F8s_v2` has 8.
 */
export function vcpusOf (size: string): number {
  const match = /^(?:Standard|Basic)_[A-Z]+(\d+)/.exec(size)
  return match ? Number(match[1]) : 2
}
