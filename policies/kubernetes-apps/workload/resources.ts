import { resourcePolicy } from '../../policy.ts'
import { at } from '../../properties.ts'
import { containersOf, workloadTypes } from '../../workloads.ts'

/** No CPU limit is asked for: it slows a container down while cores are idle. */
const needed = ['requests.cpu', 'requests.memory', 'limits.memory']

export const requestsAndLimits = resourcePolicy({
  name: 'kubernetes-requests-and-limits',
  description: 'Containers say what they need and how much memory they may take.',
  level: 'mandatory',
  types: workloadTypes,
  check: (subject) =>
    containersOf(subject).flatMap(({ path, container }) => {
      const missing = needed.filter((name) => at(container, `resources.${name}`) === undefined)
      return missing.length > 0
        ? [`set ${missing.map((name) => `${path}.resources.${name}`).join(', ')}`]
        : []
    })
})
