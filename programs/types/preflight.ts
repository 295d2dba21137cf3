/** Needs of a unit towards a cluster's API before anything of it is made. */
import { type PhaseName } from '../../contract/words.ts'

/** Verbs of the Kubernetes API. */
export type ApiVerb = 'get' | 'create' | 'patch' | 'delete'

/** Requests about objects of one kind. */
export interface ApiAccess {
  /** Pulumi type token, `kubernetes:{group}/{version}:{Kind}`; the core API's group is `core`. */
  readonly type: string
  /** Plural of the kind, as paths of the API have it. */
  readonly resource: string
  /** Namespace of the objects; absent: they are in none. */
  readonly namespace?: string
  readonly verbs: readonly ApiVerb[]
}

/** Look that the host of a unit takes before an up runs the unit's program. */
export interface Preflight {
  /** Cluster whose API it is. */
  readonly cluster: string
  /** Output with the kubeconfig: of a unit that this one depends on. */
  readonly kubeconfig: { readonly phase: PhaseName, readonly scope: string, readonly output: string }
  /** Requests that the program makes by it. */
  readonly access: readonly ApiAccess[]
}
