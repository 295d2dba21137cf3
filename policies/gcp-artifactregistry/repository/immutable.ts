import { resourcePolicy } from '../../policy.ts'
import { at } from '../../properties.ts'

export const artifactRegistryImmutable = resourcePolicy({
  name: 'gcp-artifactregistry-immutable',
  description: 'Registries on Google Cloud keep tags as they are.',
  level: 'mandatory',
  types: ['gcp:artifactregistry/repository:Repository'],
  check: ({ props }) =>
    props['format'] === 'DOCKER' && at(props, 'dockerConfig.immutableTags') !== true
      ? 'set dockerConfig.immutableTags to true'
      : undefined
})
