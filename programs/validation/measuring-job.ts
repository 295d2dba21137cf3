/** Jobs that measure and note what they found in their own annotation. */
import * as kubernetes from '@pulumi/kubernetes'
import { all, type CustomResourceOptions, type Output } from '@pulumi/pulumi'
import { objectLabels } from '../kubernetes/objects.ts'
import { type UnitContext } from '../types.ts'
import { reportNamespace } from './places.ts'
import { probeAccount } from './responder.ts'

const image = 'docker.io/curlimages/curl:8.16.0'

/** The annotation that holds what a Job found. */
export const results = 'windlass.io/results'

/**
 * Arguments of curl that note the results in the Job's annotation. The pod's own account calls the
 * Kubernetes API, with the Job's name (JOB).
 */
const noteArguments = [
  '-sS --fail -o /dev/null --retry 10 --retry-connrefused --cacert $account/ca.crt',
  '-H "Authorization: Bearer $(cat $account/token)" -H \'Content-Type: application/merge-patch+json\' \\\n ',
  `-X PATCH "https://kubernetes.default.svc/apis/batch/v1/namespaces/${reportNamespace}/jobs/$JOB"`,
  `-d "{\\"metadata\\":{\\"annotations\\":{\\"${results}\\":\\"$results\\"}}}"`
].join(' ')

/** End of a script that has put what it found into `results`: a list with commas. */
export const noteResults = `echo "$results"
account=/var/run/secrets/kubernetes.io/serviceaccount
exec curl ${noteArguments}
`

export interface MeasuringArgs {
  /** Name of the Job. */
  readonly name: string
  /** Name of the resource. */
  readonly resourceName: string
  /** True when the pod has a sidecar. */
  readonly meshed: boolean
  /** Labels of the pod, which policies go by. */
  readonly labels: Readonly<Record<string, string>>
  /** Annotations of the Job from the beginning. */
  readonly annotations?: Readonly<Record<string, string>>
  /** Script of the pod, which ends with `noteResults`. */
  readonly script: string
  readonly environment: Readonly<Record<string, string>>
}

/**
 * Registers the Job and gives the annotations that its pods wrote. Every up makes it anew: a report
 * of an old measurement would say nothing about the world of today.
 */
export function measuringJob (
  context: UnitContext,
  { name, resourceName, meshed, labels, annotations = {}, script, environment }: MeasuringArgs,
  options: CustomResourceOptions
): Output<Record<string, string>> {
  const allLabels = {
    ...objectLabels(context, 'probe'),
    ...labels,
    'sidecar.istio.io/inject': String(meshed)
  }
  const job = new kubernetes.batch.v1.Job(resourceName, {
    metadata: {
      name,
      namespace: reportNamespace,
      labels: allLabels,
      ...(Object.keys(annotations).length > 0 && { annotations: { ...annotations } })
    },
    spec: {
      backoffLimit: 3,
      template: {
        metadata: { labels: allLabels },
        spec: {
          restartPolicy: 'Never',
          serviceAccountName: probeAccount,
          automountServiceAccountToken: true,
          securityContext: { runAsNonRoot: true, runAsUser: 101, seccompProfile: { type: 'RuntimeDefault' } },
          containers: [{
            name: 'probe',
            image,
            command: ['sh', '-c', script],
            env: Object.entries({ JOB: name, ...environment }).map(([variable, value]) => ({
              name: variable,
              value
            })),
            resources: { requests: { cpu: '100m', memory: '32Mi' }, limits: { memory: '64Mi' } },
            securityContext: {
              allowPrivilegeEscalation: false,
              readOnlyRootFilesystem: true,
              capabilities: { drop: ['ALL'] }
            }
          }]
        }
      }
    }
  }, { ...options, replacementTrigger: context.attempt, deleteBeforeReplace: true })
  // A Job that is yet to be made has no id, so that a preview does not take its missing results for
  // an answer.
  return all([job.id, job.metadata]).apply(([, { annotations: noted }]) => noted ?? {})
}
