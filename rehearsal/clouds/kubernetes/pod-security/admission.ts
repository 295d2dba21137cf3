/**
 * Pod Security admission: what a namespace's labels let its pods do, by
 * k8s.io/pod-security-admission (admission/admission.go, policy/registry.go). Pure.
 */
import { type WireObject } from '../../../wire.ts'
import { type CheckedLevel, type PodSecurityCheck, podSecurityChecks, type Violation } from './checks.ts'

/** The level and version of one mode of a namespace. */
interface Policy {
  level: 'privileged' | CheckedLevel
  /** `latest`, or as the label has it: `v1.33`. */
  version: string
}

/** Acts of admission at a level: refuse pods, or warn of them. */
export type Mode = 'enforce' | 'warn'

const prefix = 'pod-security.kubernetes.io/'

/** The policy of a mode by the labels of a namespace; privileged where no label says another. */
function policyOf (labels: WireObject, mode: Mode): Policy {
  const level = labels[`${prefix}${mode}`]
  const version = labels[`${prefix}${mode}-version`]
  return {
    // A label that says anything else counts as the strictest level.
    level: level === undefined || level === 'privileged'
      ? 'privileged'
      : level === 'baseline'
      ? 'baseline'
      : 'restricted',
    version: typeof version === 'string' ? version : 'latest'
  }
}

/** The checks of a level in a minor version: those of baseline first, each level by their names. */
function checksOf (level: CheckedLevel, minor: number): PodSecurityCheck[] {
  const current = new Map<string, PodSecurityCheck>()
  for (const check of podSecurityChecks) {
    if (check.from > minor) continue
    if (check.level === 'restricted' && level === 'baseline') continue
    if (level === 'restricted' && check.overlap) continue
    current.set(check.id, check)
  }
  const rank = ({ level: own, id }: PodSecurityCheck): string => `${own === 'baseline' ? 0 : 1}${id}`
  return [...current.values()].sort((a, b) => rank(a) < rank(b) ? -1 : 1)
}

/**
 * Says why the standards forbid a pod in a namespace with these labels; undefined when they do not.
 * `minor` is the server's version of Kubernetes 1.
 */
export function podSecurityRefusal (
  pod: WireObject,
  labels: WireObject,
  minor: number,
  mode: Mode = 'enforce'
): string | undefined {
  const { level, version } = policyOf(labels, mode)
  if (level === 'privileged') return undefined
  const asked = Number(/^v1\.(\d+)$/.exec(version)?.[1] ?? minor)
  const found = checksOf(level, Math.min(asked, minor)).map(({ find }) => find(pod))
    .filter((violation): violation is Violation => violation !== undefined)
  return found.length === 0
    ? undefined
    : `violates PodSecurity "${level}:${version}": ` +
      found.map(({ reason, detail }) => `${reason} (${detail})`).join(', ')
}
