import { resourcePolicy } from '../../policy.ts'
import { at } from '../../properties.ts'
import { containersOf, podOf, workloadTypes } from '../../workloads.ts'

export const nonRoot = resourcePolicy({
  name: 'kubernetes-non-root',
  description: 'Containers do not run as root.',
  level: 'mandatory',
  types: workloadTypes,
  check: (subject) => {
    const { pod } = podOf(subject)
    return containersOf(subject).flatMap(({ path, container }) => {
      const said = at(container, 'securityContext.runAsNonRoot') ?? at(pod, 'securityContext.runAsNonRoot')
      const user = at(container, 'securityContext.runAsUser') ?? at(pod, 'securityContext.runAsUser')
      return said === true && user !== 0
        ? []
        : [
          `set ${path}.securityContext.runAsNonRoot to ` +
          `true${user === 0 ? ' and runAsUser to another user than 0' : ''}`
        ]
    })
  }
})
