/** Clusters, infrastructure, cost: what the file says and what phases 1 and 2 make of it. */
import assert from 'node:assert/strict'
import {
  at,
  clusterOf,
  type Deployed,
  names,
  ofRole,
  ofType,
  type Statement,
  type Statements,
  text
} from './world.ts'

const controlPlanes = {
  aws: 'aws:eks/cluster:Cluster',
  gcp: 'gcp:container/cluster:Cluster',
  azure: 'azure-native:containerservice:ManagedCluster'
} as const
const networks = {
  aws: 'aws:ec2/vpc:Vpc',
  azure: 'azure-native:network:VirtualNetwork',
  gcp: 'gcp:compute/subnetwork:Subnetwork'
} as const

function cluster (
  name: string,
  role: string,
  cloud: keyof typeof controlPlanes,
  region: string,
  primary?: string
): Statement {
  return (deployed) => {
    const found = clusterOf(deployed, name)
    assert.deepEqual([found.role, found.cloud, found.region], [role, cloud, region])
    assert.equal(ofType(deployed, controlPlanes[cloud], `infrastructure.${name}`).length, 1)
    if (primary !== undefined) {
      assert.ok(
        deployed.federation.disasterRecovery.pairs.some((pair) =>
          pair.primary === primary && pair.standby === name
        )
      )
    }
  }
}

function range (name: string, cidr: string): Statement {
  return (deployed) => {
    const { cloud } = clusterOf(deployed, name)
    assert.equal(clusterOf(deployed, name).cidr, cidr)
    // Google Cloud's networks have no range of their own, their subnets have.
    const prefix = cloud === 'gcp' ? cidr.replace(/\.0\.0\/16$/, '.') : `"${cidr}"`
    assert.ok(
      ofType(deployed, networks[cloud], `infrastructure.${name}`).some(({ inputs }) =>
        text(inputs).includes(prefix)
      )
    )
  }
}

function nodes (role: 'primary' | 'hub' | 'dr' | 'analytics', min: number, max: number): Statement {
  return (deployed) => {
    for (const { name, nodePools } of ofRole(deployed, role)) {
      assert.deepEqual(
        [
          nodePools.reduce((sum, pool) => sum + pool.min, 0),
          nodePools.reduce((sum, pool) => sum + pool.max, 0)
        ],
        [min, max],
        name
      )
    }
  }
}

function instances (name: string, instanceType: string, type: string): Statement {
  return (deployed) => {
    assert.ok(clusterOf(deployed, name).nodePools.every((pool) => pool.instanceType === instanceType))
    assert.ok(
      ofType(deployed, type, `infrastructure.${name}`).some(({ inputs }) =>
        text(inputs).includes(`"${instanceType}"`)
      )
    )
  }
}

/** Bounds of all node groups as the clouds get them. */
function bounds (deployed: Deployed): { unit: string, min: number, max: number }[] {
  const aws = ofType(deployed, 'aws:eks/nodeGroup:NodeGroup', 'infrastructure.').map(({ unit, inputs }) => ({
    unit,
    min: at(inputs, 'scalingConfig.minSize'),
    max: at(inputs, 'scalingConfig.maxSize')
  }))
  const gcp = ofType(deployed, 'gcp:container/nodePool:NodePool', 'infrastructure.').map((
    { unit, inputs }
  ) => ({
    unit,
    min: at(inputs, 'autoscaling.totalMinNodeCount') ?? at(inputs, 'autoscaling.minNodeCount'),
    max: at(inputs, 'autoscaling.totalMaxNodeCount') ?? at(inputs, 'autoscaling.maxNodeCount')
  }))
  return [...aws, ...gcp].filter((group): group is { unit: string, min: number, max: number } =>
    typeof group.min === 'number' && typeof group.max === 'number'
  )
}

export const foundations: Statements = {
  T1: (deployed) => {
    assert.equal(names(deployed).length, 10)
    for (const [cloud, type] of Object.entries(controlPlanes)) {
      assert.equal(
        ofType(deployed, type).length,
        deployed.federation.clusters.filter((one) => one.cloud === cloud).length,
        cloud
      )
    }
    assert.deepEqual([...new Set(deployed.federation.clusters.map(({ area }) => area))].sort(), [
      'asia',
      'eu',
      'us'
    ])
  },
  T2: (deployed) => {
    cluster('nautilus-primary-us-east', 'primary', 'aws', 'us-east-1')(deployed)
    assert.equal(names(deployed)[0], 'nautilus-primary-us-east')
  },
  T3: cluster('nautilus-primary-eu-west', 'primary', 'gcp', 'europe-west1'),
  T4: cluster('nautilus-primary-asia-northeast', 'primary', 'azure', 'japaneast'),
  T5: cluster('nautilus-hub-us-west', 'hub', 'aws', 'us-west-2'),
  T6: cluster('nautilus-hub-eu-central', 'hub', 'gcp', 'europe-west3'),
  T7: cluster('nautilus-hub-asia-southeast', 'hub', 'azure', 'southeastasia'),
  T8: cluster('nautilus-dr-us-west', 'dr', 'gcp', 'us-west1', 'nautilus-primary-us-east'),
  T9: cluster('nautilus-dr-eu-central', 'dr', 'azure', 'germanywestcentral', 'nautilus-primary-eu-west'),
  T10: cluster(
    'nautilus-dr-asia-australia',
    'dr',
    'aws',
    'ap-southeast-2',
    'nautilus-primary-asia-northeast'
  ),
  T11: (deployed) => {
    cluster('nautilus-analytics-us', 'analytics', 'gcp', 'us-central1')(deployed)
    assert.equal(clusterOf(deployed, 'nautilus-analytics-us').tier, 'batch')
  },
  T12: ({ federation: { clusters } }) => {
    assert.equal(new Set(clusters.map(({ region }) => region)).size, 10)
    assert.equal(new Set(clusters.map(({ cloud }) => cloud)).size, 3)
  },
  N1: range('nautilus-primary-us-east', '10.1.0.0/16'),
  N2: range('nautilus-primary-eu-west', '10.3.0.0/16'),
  N3: range('nautilus-primary-asia-northeast', '10.5.0.0/16'),
  N4: range('nautilus-hub-us-west', '10.2.0.0/16'),
  N5: range('nautilus-hub-eu-central', '10.4.0.0/16'),
  N8: (deployed) => {
    const reachable = ofType(deployed, 'gcp:compute/subnetwork:Subnetwork', 'infrastructure.').filter((
      { inputs }
    ) => inputs['purpose'] === undefined || inputs['purpose'] === 'PRIVATE')
    assert.deepEqual(
      reachable.filter(({ inputs }) => inputs['privateIpGoogleAccess'] !== true).map(({ urn }) => urn),
      []
    )
  },
  P8: nodes('primary', 3, 15),
  I1: (deployed) => {
    for (const type of Object.values(controlPlanes)) ofType(deployed, type, 'infrastructure.')
  },
  I2: (deployed) => {
    for (const { name, zones } of deployed.federation.clusters) assert.equal(zones.length, 3, name)
    for (const { name } of deployed.federation.clusters.filter(({ cloud }) => cloud === 'aws')) {
      assert.equal(
        new Set(
          ofType(deployed, 'aws:ec2/subnet:Subnet', `infrastructure.${name}`).map(({ inputs }) =>
            inputs['availabilityZone']
          )
        ).size,
        3,
        name
      )
    }
  },
  I3: instances('nautilus-primary-us-east', 'c6i.4xlarge', 'aws:eks/nodeGroup:NodeGroup'),
  I4: instances('nautilus-primary-eu-west', 'c2-standard-8', 'gcp:container/nodePool:NodePool'),
  I5: (deployed) => {
    assert.ok(
      clusterOf(deployed, 'nautilus-primary-asia-northeast').nodePools.every((pool) =>
        pool.instanceType === 'Standard_F8s_v2'
      )
    )
    assert.ok(
      deployed.resources.some(({ unit, inputs }) =>
        unit === 'infrastructure.nautilus-primary-asia-northeast' &&
        text(inputs).includes('"Standard_F8s_v2"')
      )
    )
  },
  I7: (deployed) => {
    const groups = bounds(deployed)
    assert.ok(groups.length > 0)
    for (const { unit, min, max } of groups) assert.ok(min >= 0 && max > min, unit)
  },
  S8: (deployed) => {
    for (const { inputs, urn } of ofType(deployed, 'aws:kms/key:Key')) {
      assert.equal(inputs['enableKeyRotation'], true, urn)
    }
    for (const { inputs, urn } of ofType(deployed, 'gcp:kms/cryptoKey:CryptoKey')) {
      assert.ok(inputs['rotationPeriod'], urn)
    }
    for (const { inputs, urn } of ofType(deployed, controlPlanes.aws)) {
      assert.ok(at(inputs, 'encryptionConfig.provider.keyArn'), urn)
    }
    for (const { inputs, urn } of ofType(deployed, controlPlanes.gcp)) {
      assert.equal(at(inputs, 'databaseEncryption.state'), 'ENCRYPTED', urn)
    }
  },
  S9: (deployed) => {
    for (const { inputs, urn } of ofType(deployed, controlPlanes.aws)) {
      assert.ok((inputs['enabledClusterLogTypes'] as string[]).includes('audit'), urn)
    }
    for (const { inputs, urn } of ofType(deployed, controlPlanes.gcp)) {
      assert.ok(at(inputs, 'loggingConfig.enableComponents'), urn)
    }
    assert.ok(
      ofType(deployed, 'azure-native:monitor:DiagnosticSetting').some(({ inputs }) =>
        text(inputs).includes('kube-audit')
      )
    )
    assert.equal(ofType(deployed, 'aws:ec2/flowLog:FlowLog').length, 3)
  },
  S12: (deployed) => {
    assert.equal(deployed.federation.labels['compliance'], 'soc2')
    assert.ok(
      ofType(deployed, 'aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration', 'prerequisites.')
        .length >= 3
    )
    assert.ok(
      ofType(deployed, 'aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock', 'prerequisites.').every((
        { inputs }
      ) => inputs['blockPublicAcls'] === true)
    )
  },
  X4: (deployed) => {
    for (const cloud of ['aws', 'gcp', 'azure']) {
      assert.notEqual(cloudOutput(deployed, cloud, 'caller'), '')
      assert.ok(Array.isArray(cloudOutput(deployed, cloud, 'quotas')))
    }
  },
  C1: (deployed) => {
    assert.deepEqual(
      ofRole(deployed, 'primary').flatMap(({ nodePools }) =>
        nodePools.map(({ instanceType }) => /^(c|Standard_F)/.test(instanceType))
      ),
      [true, true, true]
    )
    assert.ok(
      deployed.federation.clusters.filter(({ role }) => role === 'dr' || role === 'analytics').every((
        { nodePools }
      ) => nodePools.every(({ instanceType }) => !/^(c\d|Standard_F)/.test(instanceType)))
    )
  },
  C2: (deployed) => {
    assert.deepEqual(
      ofRole(deployed, 'hub').flatMap(({ nodePools }) => nodePools.map(({ instanceType }) => instanceType)),
      ['c6i.2xlarge', 'n2-standard-8', 'Standard_D8s_v5']
    )
  },
  C3: (deployed) => {
    assert.deepEqual(
      ofRole(deployed, 'dr').map(({ nodePools }) => nodePools.reduce((sum, pool) => sum + pool.desired, 0)),
      [1, 1, 1]
    )
  },
  C4: (deployed) => {
    assert.ok(
      ofType(deployed, 'gcp:container/nodePool:NodePool', 'infrastructure.nautilus-analytics-us').some((
        { inputs }
      ) => at(inputs, 'nodeConfig.spot') === true)
    )
  },
  C5: nodes('primary', 3, 15),
  C6: nodes('hub', 2, 8),
  C7: nodes('dr', 1, 6),
  C8: nodes('analytics', 2, 20)
}

function cloudOutput (deployed: Deployed, cloud: string, name: string): unknown {
  return deployed.outputs[`prerequisites.${cloud}`]?.[name]?.value
}
