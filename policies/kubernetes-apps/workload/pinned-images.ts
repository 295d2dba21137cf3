import { resourcePolicy } from '../../policy.ts'
import { text } from '../../properties.ts'
import { containersOf, workloadTypes } from '../../workloads.ts'

/** The reason why an image is not pinned; undefined when it is. */
export function unpinned (image: string): string | undefined {
  if (image.includes('@sha256:')) return undefined
  const tag = /:([^:/@]+)$/.exec(image)?.[1]
  if (tag === undefined) return 'names no version'
  return ['latest', 'stable', 'main', 'master', 'edge', 'nightly'].includes(tag)
    ? `moves with ${tag}`
    : undefined
}

export const pinnedImages = resourcePolicy({
  name: 'kubernetes-pinned-images',
  description: 'Images are pinned to a version, never :latest.',
  level: 'mandatory',
  types: workloadTypes,
  check: (subject) =>
    containersOf(subject).flatMap(({ path, container }) => {
      const image = text(container, 'image')
      const reason = image === undefined ? undefined : unpinned(image)
      return reason === undefined ? [] : [`give ${path}.image a version: ${image} ${reason}`]
    })
})
