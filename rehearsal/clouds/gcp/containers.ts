/** Models of GKE. */
import { type WireObject } from '../../wire.ts'
import { addressAt, parseCidr } from '../cidr.ts'
import { clusterAuthority } from '../cluster-authority.ts'
import { type Draft } from '../draft.ts'
import { kubernetesObjectsOf } from '../kubernetes/objects-of.ts'
import { type ResourceModel } from '../resource-model.ts'
import { minorOf, refusedStep } from '../version-steps.ts'
import { numberAt, objectAt, stringAt, stringsAt } from '../wire-values.ts'
import { checkKeyUse, clusterKey, keyQueries } from './key-use.ts'
import { kernelFailures } from './node-settings.ts'
import { lastOf, selfLink } from './paths.ts'
import { vcpusOf, zonesOf } from './regions.ts'

const clusterType = 'gcp:container/cluster:Cluster'
const nodePoolType = 'gcp:container/nodePool:NodePool'
/**
 * Version of a cluster that asks for none, in the regular channel
 * (https://cloud.google.com/kubernetes-engine/docs/release-notes, early 2026).
 */
const defaultVersion = '1.34.1-gke.1829001'

const location = (draft: Draft): string => stringAt(draft.inputs, 'location') ?? draft.region
/** Nodes at the start of a pool, over all its zones: a regional pool counts them by zone. */
function nodesOf (inputs: Draft['inputs']): number {
  const zones = stringsAt(inputs, 'nodeLocations[]').length ||
    (/-[a-z]$/.test(stringAt(inputs, 'location') ?? '') ? 1 : 3)
  const total = numberAt(inputs, 'autoscaling.totalMinNodeCount', -1)
  return total >= 0
    ? total
    : zones *
      numberAt(
        inputs,
        'nodeCount',
        numberAt(inputs, 'initialNodeCount', numberAt(inputs, 'autoscaling.minNodeCount', 1))
      )
}

const isSpot = (inputs: WireObject): boolean => objectAt(inputs, 'nodeConfig').spot === true
const cpusOf = (inputs: WireObject): number =>
  nodesOf(inputs) * vcpusOf(stringAt(inputs, 'nodeConfig.machineType') ?? 'e2-medium')

export const containers: Record<string, ResourceModel> = {
  [clusterType]: {
    filledIn: [
      'masterAuth.clusterCaCertificate',
      'masterAuth.clientCertificate',
      'masterAuth.clientKey',
      'privateClusterConfig.privateEndpoint',
      'privateClusterConfig.publicEndpoint',
      'privateClusterConfig.peeringName'
    ],
    name: {
      property: 'name',
      auto: 'random',
      max: 40,
      lower: true,
      pattern: /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
      rule: '"name" can only contain lowercase letters, numbers and hyphens, must start with a letter and ' +
        'must be 40 characters or less'
    },
    id: (draft) => `projects/${draft.account}/locations/${location(draft)}/clusters/${draft.name}`,
    immutable: [
      'clusterIpv4Cidr',
      'ipAllocationPolicy',
      'privateClusterConfig.masterIpv4CidrBlock',
      'privateClusterConfig.enablePrivateNodes',
      'networkingMode',
      'datapathProvider',
      'enableAutopilot',
      'initialNodeCount',
      'masterAuth',
      'confidentialNodes',
      'defaultMaxPodsPerNode',
      'nodeConfig'
    ],
    quota: [{ quota: 'gcp:container:clusters' }],
    references: [{ path: 'network', types: ['gcp:compute/network:Network'], except: /(^|\/)default$/ }, {
      path: 'subnetwork',
      types: ['gcp:compute/subnetwork:Subnetwork'],
      except: /(^|\/)default$/
    }, {
      path: 'databaseEncryption.keyName',
      types: ['gcp:kms/cryptoKey:CryptoKey'],
      anywhere: true,
      holds: false
    }],
    defaults: () => ({ deletionProtection: true }),
    check: (inputs) =>
      inputs.enableAutopilot !== true && inputs.initialNodeCount === undefined &&
        inputs.nodePools === undefined
        ? [{
          property: 'initialNodeCount',
          reason:
            'a cluster needs initialNodeCount or nodePools: "Cluster.initial_node_count must be greater ' +
            'than zero"'
        }]
        : [],
    looksAt: (draft) => keyQueries(draft, clusterKey),
    validate: (draft, found, fail) => {
      checkKeyUse(draft, found, clusterKey, fail)
      // GKE, "Standard cluster upgrades": the control plane cannot skip minor versions; it is not
      // downgraded to an earlier one.
      const now = stringAt(draft.previous, 'masterVersion')
      const wanted = stringAt(draft.inputs, 'minMasterVersion')
      if (refusedStep(now, wanted)) {
        throw fail({
          status: 400,
          code: 'badRequest',
          message: (minorOf(wanted) ?? 0) < (minorOf(now) ?? 0)
            ? `Master cannot be downgraded from "${now}" to "${wanted}".`
            : `Master cannot be upgraded to "${wanted}": cannot upgrade the master more than a minor ` +
              'version at a time.'
        })
      }
      const subnet = found.by('gcp:compute/subnetwork:Subnetwork', draft.inputs.subnetwork)
      const ranges = stringsAt(subnet?.inputs, 'secondaryIpRanges[].rangeName')
      for (const key of ['clusterSecondaryRangeName', 'servicesSecondaryRangeName']) {
        const range = stringAt(draft.inputs, `ipAllocationPolicy.${key}`)
        if (subnet && range !== undefined && !ranges.includes(range)) {
          throw fail({
            status: 400,
            code: 'badRequest',
            message: `secondary range "${range}" does not exist in subnetwork "${subnet.name}".`
          })
        }
      }
    },
    refusesDelete: (record) =>
      record.inputs.deletionProtection === false
        ? undefined
        : {
          status: 400,
          code: 'failedPrecondition',
          message: 'Cannot destroy cluster because deletion_protection is set to true. Set it to false to ' +
            'proceed with cluster deletion'
        },
    sweeps: kubernetesObjectsOf,
    outputs: (draft, found) => {
      const version = stringAt(draft.inputs, 'minMasterVersion') ??
        stringAt(draft.previous, 'masterVersion') ?? defaultVersion
      const workload = objectAt(draft.inputs, 'workloadIdentityConfig')
      const publicEndpoint = `35.${184 + draft.make.integer(64, 'e1')}.${draft.make.integer(256, 'e2')}.` +
        `${1 + draft.make.integer(254, 'e3')}`
      const closed = objectAt(draft.inputs, 'privateClusterConfig')
      const range = parseCidr(stringAt(closed, 'masterIpv4CidrBlock') ?? '')
      // Without a range of its own, a private control plane gets an address of the cluster's
      // subnetwork.
      const subnet = parseCidr(
        stringAt(
          found.by('gcp:compute/subnetwork:Subnetwork', draft.inputs.subnetwork)?.inputs,
          'ipCidrRange'
        ) ?? ''
      )
      const privateEndpoint = range ? addressAt(range, 2) : subnet ? addressAt(subnet, 2) : ''
      return {
        endpoint: closed.enablePrivateEndpoint === true && privateEndpoint !== ''
          ? privateEndpoint
          : publicEndpoint,
        ...(Object.keys(closed).length > 0 && {
          privateClusterConfig: {
            ...closed,
            privateEndpoint,
            publicEndpoint: closed.enablePrivateEndpoint === true ? '' : publicEndpoint,
            peeringName: ''
          }
        }),
        masterAuth: {
          clientCertificateConfig: { issueClientCertificate: false },
          ...objectAt(draft.inputs, 'masterAuth'),
          clusterCaCertificate: clusterAuthority(draft, draft.make.uuid('ca')),
          clientCertificate: '',
          clientKey: ''
        },
        masterVersion: version,
        nodeVersion: draft.inputs.nodeVersion ?? version,
        location: location(draft),
        selfLink: selfLink(draft),
        labelFingerprint: draft.make.hex(8, 'label'),
        operation: `operation-${draft.make.digits(13, 'op')}-${draft.make.uuid('op')}`,
        servicesIpv4Cidr: stringAt(draft.inputs, 'ipAllocationPolicy.servicesIpv4CidrBlock') ??
          secondary(draft, found, 'servicesSecondaryRangeName'),
        clusterIpv4Cidr: stringAt(draft.inputs, 'clusterIpv4Cidr') ??
          secondary(draft, found, 'clusterSecondaryRangeName'),
        nodeLocations: draft.inputs.nodeLocations ?? zonesOf(draft.region).slice(0, 3),
        ...(Object.keys(workload).length > 0 && { workloadIdentityConfig: workload }),
        networkingMode: 'VPC_NATIVE',
        datapathProvider: draft.inputs.datapathProvider ?? 'LEGACY_DATAPATH',
        nodePools: draft.inputs.nodePools ?? []
      }
    },
    secrets: []
  },
  [nodePoolType]: {
    name: {
      property: 'name',
      auto: 'random',
      max: 40,
      lower: true,
      pattern: /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
      rule: 'lowercase letters, numbers and hyphens, starting with a letter, 40 characters or less'
    },
    id: (draft) =>
      `projects/${draft.account}/locations/${location(draft)}/clusters/` +
      `${lastOf(stringAt(draft.inputs, 'cluster') ?? '')}/nodePools/${draft.name}`,
    immutable: [
      'cluster',
      'maxPodsPerNode',
      'placementPolicy',
      'nodeConfig.spot',
      'nodeConfig.preemptible',
      'nodeConfig.localSsdCount',
      'nodeConfig.serviceAccount',
      'nodeConfig.gcfsConfig',
      'networkConfig.podRange'
    ],
    mutable: ['nodeLocations'],
    quota: [{ quota: 'gcp:compute:cpus', units: (inputs) => isSpot(inputs) ? 0 : cpusOf(inputs) }, {
      quota: 'gcp:compute:cpus-spot',
      units: (inputs) => isSpot(inputs) ? cpusOf(inputs) : 0
    }],
    references: [{ path: 'cluster', types: [clusterType] }, {
      path: 'nodeConfig.serviceAccount',
      types: ['gcp:serviceaccount/account:Account'],
      except: /^(default|.*-compute@developer\.gserviceaccount\.com)$/,
      holds: false
    }],
    check: (inputs) => {
      const [min, max] = ['minNodeCount', 'maxNodeCount'].map((key) => objectAt(inputs, 'autoscaling')[key])
      return [
        ...typeof min === 'number' && typeof max === 'number' && min > max
          ? [{
            property: 'autoscaling',
            reason: `minNodeCount (${min}) must be at most maxNodeCount (${max})`
          }]
          : [],
        ...kernelFailures(inputs)
      ]
    },
    outputs: (draft, found) => {
      const zones = stringsAt(draft.inputs, 'nodeLocations[]').length > 0
        ? stringsAt(draft.inputs, 'nodeLocations[]')
        : zonesOf(draft.region).slice(0, 3)
      const cluster = lastOf(stringAt(draft.inputs, 'cluster') ?? '')
      const groups = zones.map((zone) =>
        `https://www.googleapis.com/compute/v1/projects/${draft.account}/zones/` +
        `${zone}/instanceGroupManagers/gke-${cluster}-${draft.name}-${draft.make.hex(8, zone)}-grp`
      )
      const count = numberAt(
        draft.inputs,
        'nodeCount',
        numberAt(draft.inputs, 'initialNodeCount', numberAt(draft.inputs, 'autoscaling.minNodeCount', 1))
      )
      return {
        instanceGroupUrls: groups,
        managedInstanceGroupUrls: groups.map((url) => url.replace('instanceGroupManagers', 'instanceGroups')),
        location: location(draft),
        nodeLocations: zones,
        version: draft.inputs.version ??
          stringAt(found.by(clusterType, draft.inputs.cluster)?.outputs, 'masterVersion') ?? defaultVersion,
        nodeCount: count,
        initialNodeCount: numberAt(draft.inputs, 'initialNodeCount', count),
        maxPodsPerNode: draft.inputs.maxPodsPerNode ?? 110
      }
    }
  }
}

function secondary (
  draft: Draft,
  found: Parameters<NonNullable<ResourceModel['outputs']>>[1],
  key: string
): string {
  const name = stringAt(draft.inputs, `ipAllocationPolicy.${key}`)
  const subnet = found.by('gcp:compute/subnetwork:Subnetwork', draft.inputs.subnetwork)
  const list = subnet?.inputs.secondaryIpRanges
  const range = Array.isArray(list) ? list.find((item) => stringAt(item, 'rangeName') === name) : undefined
  return stringAt(range, 'ipCidrRange') ?? ''
}
