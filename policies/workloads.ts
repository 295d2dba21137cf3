/** Pods, wherever a Kubernetes kind keeps their template. */
import { type Subject } from './policy.ts'
import { isObject, list, object, type Properties } from './properties.ts'

export const workloadTypes = [
  'kubernetes:apps/v1:Deployment',
  'kubernetes:apps/v1:StatefulSet',
  'kubernetes:apps/v1:DaemonSet',
  'kubernetes:apps/v1:ReplicaSet',
  'kubernetes:batch/v1:Job',
  'kubernetes:batch/v1:CronJob',
  'kubernetes:core/v1:Pod'
]

export interface Container {
  readonly path: string
  readonly container: Properties
  readonly init: boolean
}

const templates: Readonly<Record<string, string>> = {
  'kubernetes:core/v1:Pod': 'spec',
  'kubernetes:batch/v1:CronJob': 'spec.jobTemplate.spec.template.spec'
}

/** The pod's spec and where it is. */
export function podOf ({ type, props }: Subject): { readonly pod: Properties, readonly path: string } {
  const path = templates[type] ?? 'spec.template.spec'
  return { pod: object(props, path), path }
}

/** All containers of the workload's pods, init containers too. */
export function containersOf (subject: Subject): readonly Container[] {
  const { pod, path } = podOf(subject)
  return ['initContainers', 'containers'].flatMap((field) =>
    list(pod, field).flatMap((container, index) =>
      isObject(container)
        ? [{ path: `${path}.${field}[${index}]`, container, init: field === 'initContainers' }]
        : []
    )
  )
}
