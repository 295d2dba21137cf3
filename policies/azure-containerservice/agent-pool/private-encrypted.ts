import { resourcePolicy, type Subject } from '../../policy.ts'
import { at, list } from '../../properties.ts'

const types = ['azure-native:containerservice:ManagedCluster', 'azure-native:containerservice:AgentPool']

function poolsOf ({ type, props }: Subject): { readonly pool: unknown, readonly path: string }[] {
  return type.endsWith(':AgentPool')
    ? [{ pool: props, path: '' }]
    : list(props, 'agentPoolProfiles').map((pool, index) => ({ pool, path: `agentPoolProfiles[${index}].` }))
}

export const aksPrivateNodes = resourcePolicy({
  name: 'azure-containerservice-private-nodes',
  description: 'AKS nodes have no public addresses.',
  level: 'mandatory',
  types,
  check: (subject) =>
    poolsOf(subject).filter(({ pool }) => at(pool, 'enableNodePublicIP') === true).map(({ path }) =>
      `set ${path}enableNodePublicIP to false`
    )
})

export const aksEncryptedDisks = resourcePolicy({
  name: 'azure-containerservice-encrypted-disks',
  description: "AKS nodes' disks and caches are encrypted on their hosts.",
  level: 'mandatory',
  types,
  check: (subject) =>
    poolsOf(subject).filter(({ pool }) => at(pool, 'enableEncryptionAtHost') !== true).map(({ path }) =>
      `set ${path}enableEncryptionAtHost to true`
    )
})
