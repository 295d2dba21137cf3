/** A case of a policy, and the resources that cases are made of. */

export type Properties = Record<string, unknown>

/** A resource as a program registers it. */
export interface Resource {
  readonly type: string
  readonly props: Properties
  readonly name?: string
  readonly protect?: boolean
  /** Inputs of its provider. */
  readonly provider?: Properties
}

/** A case; for a policy about stacks both sides are whole stacks. */
export interface Case {
  readonly right: Resource | readonly Resource[]
  readonly wrong: Resource | readonly Resource[]
  /** Part of what the violation tells to change. */
  readonly says: string
  /** Facts that replace those of the common federation. */
  readonly facts?: Properties
  /** Budget of the unit, and the prices to judge it by. */
  readonly cost?: Properties
}

/** Cases by the name of the policy. */
export type Cases = Readonly<Record<string, readonly Case[]>>

export const anywhere = '0.0.0.0/0'
export const labels = { system: 'nautilus', owner: 'trading-platform' }
/** A maker of resources of a type. */
export const resourceOf =
  (type: string) => (props: Properties, more: Omit<Resource, 'type' | 'props'> = {}): Resource => ({
    type,
    props,
    ...more
  })

export const aks = resourceOf('azure-native:containerservice:ManagedCluster')
export const agentPool = resourceOf('azure-native:containerservice:AgentPool')
export const nodePool = resourceOf('gcp:container/nodePool:NodePool')
export const gcsBucket = resourceOf('gcp:storage/bucket:Bucket')
export const storage = resourceOf('azure-native:storage:StorageAccount')
export const deployment = (container: Properties, pod: Properties = {}, labels: Properties = {}) =>
  resourceOf('kubernetes:apps/v1:Deployment')({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'gateway', labels },
    spec: { template: { spec: { ...pod, containers: [{ name: 'main', ...container }] } } }
  })
