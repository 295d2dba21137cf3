/**
 * The ids of resources whose creation was cut off, where they follow from the inputs: the provider
 * can then be asked whether it exists. A data table: one line a type, as its provider documents its
 * import.
 */
import { type ResourceV3 } from '../types.ts'

type Inputs = Readonly<Record<string, unknown>>

/**
 * The text of an input; undefined when it is missing, computed or secret, and thus not known here.
 */
function textOf (inputs: Inputs, name: string): string | undefined {
  const value = inputs[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

const named = (field: string) => (inputs: Inputs): string | undefined => textOf(inputs, field)
/** Several inputs, joined. */
const joined = (separator: string, ...fields: string[]) => (inputs: Inputs): string | undefined => {
  const parts = fields.map((field) => textOf(inputs, field))
  return parts.every((part) => part !== undefined) ? parts.join(separator) : undefined
}

/**
 * https://www.pulumi.com/registry/packages/aws/api-docs/ and .../gcp/api-docs/, section "Import" of
 * each type.
 */
const table: Readonly<Record<string, (inputs: Inputs) => string | undefined>> = {
  'aws:s3/bucket:Bucket': named('bucket'),
  'aws:iam/role:Role': named('name'),
  'aws:iam/instanceProfile:InstanceProfile': named('name'),
  'aws:kms/alias:Alias': named('name'),
  'aws:cloudwatch/logGroup:LogGroup': named('name'),
  'aws:ecr/repository:Repository': named('name'),
  'aws:eks/cluster:Cluster': named('name'),
  'aws:eks/addon:Addon': joined(':', 'clusterName', 'addonName'),
  'aws:eks/nodeGroup:NodeGroup': joined(':', 'clusterName', 'nodeGroupName'),
  'gcp:storage/bucket:Bucket': named('name'),
  'gcp:projects/service:Service': joined('/', 'project', 'service')
}

/**
 * Kubernetes' ids are the namespace and the name:
 * https://www.pulumi.com/registry/packages/kubernetes/api-docs/provider/
 */
function kubernetesId ({ inputs }: ResourceV3): string | undefined {
  const metadata = inputs?.['metadata']
  if (
    typeof metadata !== 'object' || metadata === null || Array.isArray(metadata) ||
    metadata instanceof Uint8Array
  ) return undefined
  const name = textOf(metadata as Inputs, 'name')
  const namespace = textOf(metadata as Inputs, 'namespace')
  return name === undefined ? undefined : namespace === undefined ? name : `${namespace}/${name}`
}

/** The id that the resource has if it was made; undefined when it cannot be known. */
export function knownId (resource: ResourceV3): string | undefined {
  if (resource.id !== undefined && resource.id !== '') return resource.id
  // A chart's release is made by the provider itself, under an id of its own form.
  if (resource.type.startsWith('kubernetes:') && !resource.type.startsWith('kubernetes:helm.sh/')) {
    return kubernetesId(resource)
  }
  return table[resource.type]?.((resource.inputs ?? {}) as Inputs)
}
