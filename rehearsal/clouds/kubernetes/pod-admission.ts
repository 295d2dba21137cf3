/**
 * Fate of a workload's pods: whether the API server admits them, and what their containers
 * wait for. Pure.
 */
import { type CloudQuery } from '../../store.ts'
import { type ClusterView } from './cluster-view.ts'
import { limitRefusal, limitType } from './limit-ranges.ts'
import { podSecurityRefusal } from './pod-security/admission.ts'
import { priorityRefusal, quotaRefusal, quotaTypes } from './quota-admission.ts'
import { storageQueries, unboundClaim } from './storage.ts'
import { accountOf, type Mount, mountsOf, type PodState, type Workload } from './workloads.ts'

const accountType = 'kubernetes:core/v1:ServiceAccount'

/** Objects that controllers of every cluster make in each namespace. */
const brought: ReadonlySet<string> = new Set(['ConfigMap/kube-root-ca.crt', 'ServiceAccount/default'])

const typeOf = ({ kind }: Mount): string => `kubernetes:core/v1:${kind}`

/** Queries for everything that the pods of a workload depend on. */
export function podQueries (workload: Workload, account: string): CloudQuery[] {
  const { namespace } = workload
  const here = { pkg: 'kubernetes', account }
  const quotas = quotaTypes.map((type) => ({ ...here, type }))
  return [
    { ...here, type: accountType, id: `${namespace}/${accountOf(workload)}` },
    ...mountsOf(workload.pod).map((mount) => ({
      ...here,
      type: typeOf(mount),
      id: `${namespace}/${mount.name}`
    })),
    ...quotas,
    { ...here, type: limitType },
    ...workload.claims.length > 0 ? storageQueries(account) : []
  ]
}

/**
 * The API server's refusal of a workload's pods, in the order of its admission plugins
 * (pkg/kubeapiserver/options/plugins.go); undefined when it admits them.
 */
export function podRefusal (workload: Workload, view: ClusterView): string | undefined {
  const { namespace } = workload
  const account = accountOf(workload)
  const known = brought.has(`ServiceAccount/${account}`) ||
    view.get(accountType, account, namespace) !== undefined
  const why = known
    ? priorityRefusal(workload, view) ??
      podSecurityRefusal(workload.pod, view.labelsOf(namespace), view.minor) ??
      limitRefusal(workload, view) ??
      quotaRefusal(workload, view)
    : `error looking up service account ${namespace}/${account}: serviceaccount "${account}" not found`
  if (why === undefined || why.startsWith('insufficient quota')) return why
  // Controllers append a suffix of their own to the name.
  return `pods "${workload.name}-" is forbidden: ${why}`
}

/** Objects that an admitted pod's containers do not start without, and that are not there. */
const missingMounts = (workload: Workload, view: ClusterView): Mount[] =>
  mountsOf(workload.pod).filter((mount) =>
    !brought.has(`${mount.kind}/${mount.name}`) &&
    view.get(typeOf(mount), mount.name, workload.namespace) === undefined
  )

const unbound = (workload: Workload, view: ClusterView): string[] =>
  workload.claims.flatMap((claim) => unboundClaim(claim, view) ?? [])

/**
 * Reasons why an admitted pod's containers wait, in the kubelet's words; empty when nothing is
 * missing.
 */
export function missingOf (workload: Workload, view: ClusterView): string[] {
  return [
    ...missingMounts(workload, view).map(({ kind, name, volume }) => {
      const missing = `${kind.toLowerCase()} "${name}" not found`
      return volume === undefined ? missing : `MountVolume.SetUp failed for volume "${volume}" : ${missing}`
    }),
    ...unbound(workload, view)
  ]
}

/**
 * State of an admitted pod, as the controller of endpoints sees it: it leaves out pods without an
 * address (pkg/controller/endpoint/endpoints_controller.go), which they get with their sandbox, and
 * that is made once all volumes are mounted (pkg/kubelet/kubelet.go, SyncPod).
 */
export function podState (workload: Workload, view: ClusterView): PodState {
  const missing = missingMounts(workload, view)
  const mounted = missing.every(({ volume }) => volume === undefined)
  if (!mounted || unbound(workload, view).length > 0) return 'absent'
  return missing.length > 0 ? 'pending' : 'ready'
}
