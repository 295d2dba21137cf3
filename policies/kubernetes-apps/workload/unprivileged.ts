import { resourcePolicy } from '../../policy.ts'
import { at } from '../../properties.ts'
import { containersOf, podOf, workloadTypes } from '../../workloads.ts'

export const unprivileged = resourcePolicy({
  name: 'kubernetes-unprivileged',
  description: 'Pods stay apart from their nodes: no privileged containers, no namespaces of the host.',
  level: 'mandatory',
  types: workloadTypes,
  check: (subject) => {
    const { pod, path } = podOf(subject)
    return [
      ...['hostNetwork', 'hostPID', 'hostIPC'].filter((name) => pod[name] === true).map((name) =>
        `remove ${path}.${name}`
      ),
      ...containersOf(subject).flatMap(({ path: place, container }) => [
        ...(at(container, 'securityContext.privileged') === true
          ? [`remove ${place}.securityContext.privileged`]
          : []),
        ...(at(container, 'securityContext.allowPrivilegeEscalation') === true
          ? [`set ${place}.securityContext.allowPrivilegeEscalation to false`]
          : [])
      ])
    ]
  }
})
