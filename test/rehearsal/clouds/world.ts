/** A world of simulated clouds for tests, with the calls that an engine makes. */
import { createClouds, type CloudsOptions } from '../../../rehearsal/clouds/index.ts'
import { MemoryCloudStore } from '../../../rehearsal/clouds/memory-cloud-store.ts'
import {
  type CreateResponse,
  type DiffResponse,
  type Provider,
  type ProviderSource
} from '../../../rehearsal/provider.ts'
import { type WireObject, type WireValue } from '../../../rehearsal/wire.ts'

export const urnOf = (type: string, name: string): string => `urn:pulumi:test::windlass::${type}::${name}`
export const subject = (type: string, name: string) => ({ urn: urnOf(type, name), name, type })

/** Clouds over a store in memory; what is not given is as in a rehearsal at time scale 0. */
export function world (
  options: Partial<CloudsOptions> = {}
): { store: MemoryCloudStore, clouds: ReturnType<typeof createClouds> } {
  const store = options.store instanceof MemoryCloudStore ? options.store : new MemoryCloudStore()
  return {
    store,
    clouds: createClouds({
      durations: { defaults: {}, types: {} },
      now: () => new Date('2026-11-21T12:00:00.250Z'),
      ...options,
      store
    })
  }
}

/** A configured provider instance. */
export async function provider (
  clouds: ProviderSource,
  pkg: string,
  config: WireObject = {}
): Promise<Provider> {
  const connected = await clouds.connect(pkg)
  if (!connected) throw new Error(`no package ${pkg}`)
  await connected.configure({ args: config, variables: {}, acceptSecrets: true, acceptResources: true })
  return connected
}

/** Check, then create, as an engine does; rejects with the failures of Check. */
export async function make (
  on: Provider,
  type: string,
  name: string,
  inputs: WireObject,
  signal?: AbortSignal
): Promise<CreateResponse & { inputs: WireObject }> {
  const checked = await on.check({
    ...subject(type, name),
    olds: {},
    news: inputs,
    randomSeed: new Uint8Array(32)
  })
  if (checked.failures.length > 0) {
    throw new Error(checked.failures.map(({ property, reason }) => `${property}: ${reason}`).join('; '))
  }
  const created = await on.create({
    ...subject(type, name),
    properties: checked.inputs,
    timeout: 0,
    preview: false
  }, signal)
  return { ...created, inputs: checked.inputs }
}

export async function remove (
  on: Provider,
  type: string,
  name: string,
  made: CreateResponse & { inputs: WireObject }
): Promise<void> {
  await on.delete({
    ...subject(type, name),
    id: made.id,
    properties: made.properties,
    oldInputs: made.inputs,
    timeout: 0
  })
}

export async function diff (
  on: Provider,
  type: string,
  name: string,
  made: CreateResponse & { inputs: WireObject },
  news: WireObject
): Promise<DiffResponse & { checked: WireObject }> {
  const { inputs } = await on.check({
    ...subject(type, name),
    olds: made.inputs,
    news,
    randomSeed: new Uint8Array(32)
  })
  return {
    ...await on.diff({
      ...subject(type, name),
      id: made.id,
      olds: made.properties,
      news: inputs,
      oldInputs: made.inputs,
      ignoreChanges: []
    }),
    checked: inputs
  }
}

export const vpcType = 'aws:ec2/vpc:Vpc'
export const subnetType = 'aws:ec2/subnet:Subnet'
export const clusterType = 'aws:eks/cluster:Cluster'
export const roleType = 'aws:iam/role:Role'

export interface Made extends CreateResponse {
  inputs: WireObject
}

/** A VPC with two subnets, a role and an EKS cluster. */
export async function eksCluster (
  aws: Provider
): Promise<{ vpc: Made, subnets: [Made, Made], role: Made, cluster: Made }> {
  const vpc = await make(aws, vpcType, 'main', { cidrBlock: '10.1.0.0/16' })
  const a = await make(aws, subnetType, 'a', {
    vpcId: vpc.id,
    cidrBlock: '10.1.0.0/20',
    availabilityZone: 'us-east-1a'
  })
  const b = await make(aws, subnetType, 'b', {
    vpcId: vpc.id,
    cidrBlock: '10.1.16.0/20',
    availabilityZone: 'us-east-1b'
  })
  const role = await make(aws, roleType, 'eks', {
    assumeRolePolicy: JSON.stringify({ Version: '2012-10-17', Statement: [] })
  })
  const cluster = await make(aws, clusterType, 'primary', {
    name: 'primary',
    roleArn: role.properties.arn ?? '',
    vpcConfig: { subnetIds: [a.id, b.id] }
  })
  return { vpc, subnets: [a, b], role, cluster }
}

/** A kubeconfig for an API server. */
export function kubeconfig (server: WireValue | undefined): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'c',
    contexts: [{ name: 'c', context: { cluster: 'c', user: 'u' } }],
    clusters: [{ name: 'c', cluster: { server } }],
    users: [{ name: 'u', user: { token: 'static' } }]
  })
}
