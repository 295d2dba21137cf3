/** Models of AKS and the container registry. */
import { type CloudRecord } from '../../store.ts'
import { unknownValue, type WireObject } from '../../wire.ts'
import { type Draft } from '../draft.ts'
import { identifiersOf } from '../identifiers.ts'
import { endpointOf, kubernetesObjectsOf } from '../kubernetes/objects-of.ts'
import { authorityOf } from '../kubernetes/service-account-token.ts'
import { type ResourceModel } from '../resource-model.ts'
import { minorOf, refusedStep } from '../version-steps.ts'
import {
  equal,
  isObject,
  numberAt,
  objectAt,
  stringAt,
  stringsAt,
  valueAt,
  valuesAt
} from '../wire-values.ts'
import { checkHostEncryption, featureQueries } from './features.ts'
import { vcpusOf } from './locations.ts'
import { kernelFailures } from './node-settings.ts'
import { subnetExists, subnetQueries, subnetReference } from './subnets.ts'
import { simulatedTenantId } from './subscription.ts'
import { managedClusterType } from './types.ts'

const agentPoolType = 'azure-native:containerservice:AgentPool'
const defaultVersion = '1.34.1'
/** A pool's name on Linux: https://learn.microsoft.com/azure/aks/create-node-pools#limitations. */
const poolName = /^[a-z][a-z0-9]{0,11}$/

const coresOf = (pool: unknown): number =>
  isObject(pool)
    ? numberAt(pool, 'count', numberAt(pool, 'minCount', 1)) *
      vcpusOf(stringAt(pool, 'vmSize') ?? 'Standard_D2s_v3')
    : 0
const coresUsed = (inputs: WireObject, type: string): number =>
  type === managedClusterType
    ? valuesAt(inputs, 'agentPoolProfiles[]').reduce((sum: number, pool) => sum + coresOf(pool), 0)
    : coresOf(inputs)
const cores = { quota: 'azure:compute:cores', types: [managedClusterType, agentPoolType], units: coresUsed }

/**
 * Host names of the API server. A private cluster has one in its own zone, and a public one unless
 * that is switched off.
 */
function hostsOf (draft: Draft): { fqdn: string, privateFQDN: string, azurePortalFQDN: string } {
  const prefix = stringAt(draft.inputs, 'dnsPrefix') ?? stringAt(draft.inputs, 'fqdnSubdomain') ?? draft.name
  const host = `${prefix.toLowerCase()}-${draft.make.alnum(8, 'fqdn')}`
  const access = objectAt(draft.inputs, 'apiServerAccessProfile')
  const closed = access.enablePrivateCluster === true
  return {
    fqdn: closed && access.enablePrivateClusterPublicFQDN === false
      ? ''
      : `${host}.hcp.${draft.region}.azmk8s.io`,
    privateFQDN: closed ? `${host}.${draft.make.uuid('zone')}.privatelink.${draft.region}.azmk8s.io` : '',
    azurePortalFQDN: `${host}.portal.hcp.${draft.region}.azmk8s.io`
  }
}

/**
 * Property of a pool inside the cluster that an update would change and AKS does not: "You can't
 * change the VM size of a node pool after you create it" (Microsoft, "Manage node pools for a
 * cluster in AKS", Limitations). The others are those for which terraform-provider-azurerm makes
 * the default node pool anew (kubernetes_cluster, `temporary_name_for_rotation`); the words are
 * those of its issue 10951.
 */
function changedPool (draft: Draft): string | undefined {
  const before = new Map(
    valuesAt(draft.previous, 'agentPoolProfiles[]').map((pool) => [stringAt(pool, 'name'), pool])
  )
  for (const pool of valuesAt(draft.inputs, 'agentPoolProfiles[]')) {
    const old = before.get(stringAt(pool, 'name'))
    const changed = old !== undefined && fixedInPools.find((property) => {
      const [was, is] = [valueAt(old, property), valueAt(pool, property)]
      return was !== undefined && is !== undefined && !equal(was, is)
    })
    if (changed) return `agentPoolProfile.${changed}`
  }
  return undefined
}
const fixedInPools = ['vmSize', 'osDiskSizeGB', 'osDiskType', 'maxPods'] as const

export const containers: Record<string, ResourceModel> = {
  [managedClusterType]: {
    filledIn: ['identity.principalId', 'identity.tenantId', 'oidcIssuerProfile.issuerURL'],
    name: {
      property: 'resourceName',
      auto: 'random',
      separator: '',
      max: 63,
      pattern: /^[a-zA-Z0-9]([-_a-zA-Z0-9]*[a-zA-Z0-9])?$/,
      rule:
        'it must begin and end with a letter or digit and hold letters, digits, underscores and hyphens only'
    },
    quota: [{ quota: 'azure:containerservice:clusters' }, cores],
    immutable: [
      'dnsPrefix',
      'fqdnSubdomain',
      'networkProfile.networkPlugin',
      'networkProfile.podCidr',
      'networkProfile.serviceCidr',
      'networkProfile.dnsServiceIP',
      'networkProfile.outboundType',
      'nodeResourceGroup',
      'servicePrincipalProfile.clientId',
      'apiServerAccessProfile.enablePrivateCluster',
      'diskEncryptionSetID'
    ],
    references: [subnetReference('agentPoolProfiles[].vnetSubnetID'), {
      path: 'identity.userAssignedIdentities[]',
      types: ['azure-native:managedidentity:UserAssignedIdentity'],
      holds: false
    }],
    check: (inputs) => {
      const failures = inputs.dnsPrefix === undefined && inputs.fqdnSubdomain === undefined
        ? [{ property: 'dnsPrefix', reason: 'one of dnsPrefix, fqdnSubdomain must be specified' }]
        : []
      const pools = valuesAt(inputs, 'agentPoolProfiles[]').filter(isObject)
      if (
        inputs.agentPoolProfiles !== unknownValue &&
        !pools.some((pool) => stringAt(pool, 'mode') === 'System' || stringAt(pool, 'mode') === unknownValue)
      ) {
        failures.push({
          property: 'agentPoolProfiles',
          reason: 'There has to be at least one system agent pool (mode: System)'
        })
      }
      for (const pool of pools) {
        const name = stringAt(pool, 'name') ?? ''
        if (name !== unknownValue && !poolName.test(name)) {
          failures.push({
            property: 'agentPoolProfiles',
            reason: `The agent pool name '${name}' is invalid: it must begin with a lowercase letter, hold ` +
              'lowercase letters and digits only, and have at most 12 characters'
          })
        }
        failures.push(...kernelFailures(pool, 'agentPoolProfiles'))
      }
      return failures
    },
    looksAt: (draft) => [
      ...subnetQueries(draft, 'agentPoolProfiles[].vnetSubnetID'),
      ...featureQueries(draft)
    ],
    validate: (draft, found, fail) => {
      checkHostEncryption(draft, found, fail)
      // AKS, "Upgrade options": minor versions cannot be skipped, and a cluster is not downgraded.
      const now = stringAt(draft.previous, 'currentKubernetesVersion')
      const wanted = stringAt(draft.inputs, 'kubernetesVersion')
      if (refusedStep(now, wanted)) {
        throw fail({
          status: 400,
          code: 'OperationNotAllowed',
          message: `Upgrading Kubernetes version ${now} to ${wanted} is not allowed. Available upgrades: ` +
            `[1.${
              (minorOf(now) ?? 0) + 1
            }]. Please see https://aka.ms/aks-supported-k8s-ver for version details.`
        })
      }
      subnetExists(draft, found, 'agentPoolProfiles[].vnetSubnetID', fail)
      const before = stringsAt(draft.previous, 'agentPoolProfiles[].vnetSubnetID')
      if (
        before.length > 0 &&
        stringsAt(draft.inputs, 'agentPoolProfiles[].vnetSubnetID').some((id) => !before.includes(id))
      ) {
        throw fail({
          status: 400,
          code: 'PropertyChangeNotAllowed',
          message: "Changing property 'agentPoolProfile.vnetSubnetID' is not allowed."
        })
      }
      const changed = changedPool(draft)
      if (changed !== undefined) {
        throw fail({
          status: 400,
          code: 'PropertyChangeNotAllowed',
          message: `Changing property '${changed}' is not allowed.`
        })
      }
    },
    sweeps: (record) => {
      const objects = kubernetesObjectsOf(record)
      return {
        query: {
          any: [objects.query, { pkg: 'azure-native', type: agentPoolType, account: record.account }]
        },
        goes: (other) =>
          objects.goes(other) || (other.type === agentPoolType && other.id.startsWith(`${record.id}/`))
      }
    },
    outputs: (draft) => {
      const version = stringAt(draft.inputs, 'kubernetesVersion') ??
        stringAt(draft.previous, 'currentKubernetesVersion') ?? defaultVersion
      return {
        ...hostsOf(draft),
        currentKubernetesVersion: version,
        kubernetesVersion: version,
        maxAgentPools: 100,
        powerState: { code: 'Running' },
        provisioningState: 'Succeeded',
        resourceUID: draft.make.hex(24, 'uid'),
        nodeResourceGroup: stringAt(draft.inputs, 'nodeResourceGroup') ??
          `MC_${stringAt(draft.inputs, 'resourceGroupName')}_${draft.name}_${draft.region}`,
        ...(draft.inputs.identity !== undefined && {
          identity: {
            ...objectAt(draft.inputs, 'identity'),
            principalId: draft.make.uuid('principal'),
            tenantId: simulatedTenantId
          }
        }),
        identityProfile: {
          kubeletidentity: {
            clientId: draft.make.uuid('kubelet-client'),
            objectId: draft.make.uuid('kubelet-object'),
            resourceId: `/subscriptions/${draft.account}/resourceGroups/MC_${draft.name}/providers` +
              `/Microsoft.ManagedIdentity/userAssignedIdentities/${draft.name}-agentpool`
          }
        },
        ...(objectAt(draft.inputs, 'oidcIssuerProfile').enabled === true && {
          oidcIssuerProfile: {
            enabled: true,
            issuerURL: `https://${draft.region}.oic.prod-aks.azure.com/${simulatedTenantId}/${
              draft.make.uuid('issuer')
            }/`
          }
        }),
        agentPoolProfiles: valuesAt(draft.inputs, 'agentPoolProfiles[]').map((pool) =>
          isObject(pool)
            ? {
              count: 1,
              osType: 'Linux',
              ...pool,
              provisioningState: 'Succeeded',
              powerState: { code: 'Running' },
              currentOrchestratorVersion: version
            }
            : pool
        ),
        networkProfile: {
          networkPlugin: 'azure',
          serviceCidr: '10.0.0.0/16',
          dnsServiceIP: '10.0.0.10',
          loadBalancerSku: 'standard',
          outboundType: 'loadBalancer',
          ...objectAt(draft.inputs, 'networkProfile')
        }
      }
    }
  },
  [agentPoolType]: {
    name: {
      property: 'agentPoolName',
      auto: 'copy',
      max: 12,
      pattern: poolName,
      rule:
        'it must begin with a lowercase letter, hold lowercase letters and digits only, and have at most ' +
        '12 characters'
    },
    quota: [cores],
    immutable: [
      'vmSize',
      'osDiskSizeGB',
      'osDiskType',
      'osType',
      'vnetSubnetID',
      'podSubnetID',
      'availabilityZones',
      'maxPods',
      'scaleSetPriority',
      'spotMaxPrice',
      'scaleSetEvictionPolicy',
      'proximityPlacementGroupID',
      'enableNodePublicIP',
      'kubeletConfig',
      'linuxOSConfig'
    ],
    references: [subnetReference('vnetSubnetID'), {
      path: 'proximityPlacementGroupID',
      types: ['azure-native:compute:ProximityPlacementGroup']
    }],
    check: (inputs) => {
      const [min, max] = [inputs.minCount, inputs.maxCount]
      if (inputs.enableAutoScaling === true && (min === undefined || max === undefined)) {
        return [{
          property: 'minCount',
          reason: 'minCount and maxCount are required when enableAutoScaling is true'
        }]
      }
      return [
        ...typeof min === 'number' && typeof max === 'number' && min > max
          ? [{ property: 'minCount', reason: `minCount (${min}) must be at most maxCount (${max})` }]
          : [],
        ...kernelFailures(inputs, 'linuxOSConfig')
      ]
    },
    looksAt: (draft) => [...subnetQueries(draft, 'vnetSubnetID'), ...featureQueries(draft)],
    validate: (draft, found, fail) => {
      checkHostEncryption(draft, found, fail)
      subnetExists(draft, found, 'vnetSubnetID', fail)
      const cluster = found.id(draft.id.split('/agentPools/')[0] ?? '')
      const wanted = stringAt(draft.inputs, 'orchestratorVersion')
      const control = stringAt(cluster?.outputs, 'currentKubernetesVersion')
      if ((minorOf(wanted) ?? 0) > (minorOf(control) ?? Infinity)) {
        throw fail({
          status: 400,
          code: 'NodePoolMcVersionIncompatible',
          message:
            `Node pool version ${wanted} and control plane version ${control} are incompatible. Minor ` +
            "version of node pool cannot be bigger than control plane's version. For more information, " +
            'please check https://aka.ms/aks/UpgradeVersionRules.'
        })
      }
      const inline = valuesAt(cluster?.inputs, 'agentPoolProfiles[]').some((pool) =>
        stringAt(pool, 'name') === draft.name
      )
      if (inline && !draft.previous) {
        throw fail({
          status: 409,
          code: 'Conflict',
          message: `A resource with the ID '${draft.id}' already exists: the cluster was made with this pool`
        })
      }
    },
    outputs: (draft, found) => {
      const version = stringAt(draft.inputs, 'orchestratorVersion') ??
        stringAt(found.id(draft.id.split('/agentPools/')[0] ?? '')?.outputs, 'currentKubernetesVersion') ??
        defaultVersion
      return {
        currentOrchestratorVersion: version,
        count: numberAt(draft.inputs, 'count', numberAt(draft.inputs, 'minCount', 1)),
        nodeImageVersion: 'AKSAzureLinux-V3gen2-202601.07.0',
        powerState: { code: 'Running' },
        type: 'Microsoft.ContainerService/managedClusters/agentPools'
      }
    }
  },
  'azure-native:containerregistry:Registry': {
    name: {
      property: 'registryName',
      auto: 'random',
      separator: '',
      max: 50,
      pattern: /^[a-zA-Z0-9]{5,50}$/,
      rule: 'alphanumeric characters only, 5 to 50 of them'
    },
    unique: 'world',
    outputs: (draft) => ({
      loginServer: `${draft.name.toLowerCase()}.azurecr.io`,
      creationDate: draft.created
    })
  }
}

/** Kubeconfig of a cluster for one user, as AKS gives it out. The record has plain outputs. */
export function kubeconfigOf (record: CloudRecord, user: string): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': record.name,
    clusters: [{
      name: record.name,
      cluster: {
        server: `https://${endpointOf(record) ?? ''}:443`,
        'certificate-authority-data': authorityOf(record)
      }
    }],
    contexts: [{ name: record.name, context: { cluster: record.name, user } }],
    users: [{ name: user, user: { token: identifiersOf(record).hex(128, user) } }],
    preferences: {}
  })
}
