/**
 * Data table: the checks of the Pod Security Standards, by level and by the version from which each
 * holds, with the words of k8s.io/pod-security-admission (policy/check_*.go, one file a check).
 */
import { type WireObject, type WireValue } from '../../../wire.ts'
import { isObject, numberAt, objectAt, stringAt, stringsAt, valueAt, valuesAt } from '../../wire-values.ts'

/** A level of the standards that refuses something. */
export type CheckedLevel = 'baseline' | 'restricted'

/** A refusal of one check. */
export interface Violation {
  reason: string
  detail: string
}

/** One check of the standards. */
export interface PodSecurityCheck {
  /** Name by which checks of a level are ordered. */
  id: string
  level: CheckedLevel
  /** Minor version of Kubernetes 1 from which it holds. */
  from: number
  /** A check of the restricted level says the same more strictly, and alone counts there. */
  overlap?: true
  find: (pod: WireObject) => Violation | undefined
}

const specOf = (pod: WireObject): WireObject => objectAt(pod, 'spec')
const contextOf = (holder: WireValue): WireObject => objectAt(holder, 'securityContext')
const quoted = (values: Iterable<string>): string => [...values].map((value) => `"${value}"`).join(', ')
const sorted = (values: Iterable<string>): string[] => [...new Set(values)].sort()
const nameOf = (container: WireObject): string => stringAt(container, 'name') ?? ''
const named = (containers: readonly WireObject[]): string =>
  `${containers.length === 1 ? 'container' : 'containers'} ${quoted(containers.map(nameOf))}`

/** Containers as `visitContainers` visits them. */
export function containersOf (pod: WireObject): WireObject[] {
  const spec = specOf(pod)
  return ['initContainers[]', 'containers[]', 'ephemeralContainers[]'].flatMap((path) => valuesAt(spec, path))
    .filter(isObject)
}

/** The violation of those containers for which a test holds, if there are any. */
function ofContainers (
  pod: WireObject,
  test: (container: WireObject) => boolean,
  say: (containers: WireObject[]) => Violation
): Violation | undefined {
  const bad = containersOf(pod).filter(test)
  return bad.length > 0 ? say(bad) : undefined
}

const defaultCapabilities = new Set([
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT'
])
const added = (container: WireObject): string[] => stringsAt(contextOf(container), 'capabilities.add[]')

const probePaths = [
  'livenessProbe',
  'readinessProbe',
  'startupProbe',
  'lifecycle.postStart',
  'lifecycle.preStop'
]
const probeHosts = (container: WireObject): string[] =>
  probePaths.flatMap((path) =>
    ['httpGet.host', 'tcpSocket.host'].flatMap((handler) => stringsAt(container, `${path}.${handler}`))
  ).filter((host) => host !== '')

const volumeTypes = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret'
]
const volumesOf = (pod: WireObject): WireObject[] => valuesAt(specOf(pod), 'volumes[]').filter(isObject)

const hostPortsOf = (container: WireObject): string[] =>
  valuesAt(container, 'ports[].hostPort').map(Number).filter((port) => port !== 0).map(String)

const safeSysctls: [name: string, from: number][] = [
  ['kernel.shm_rmid_forced', 0],
  ['net.ipv4.ip_local_port_range', 0],
  ['net.ipv4.tcp_syncookies', 0],
  ['net.ipv4.ping_group_range', 0],
  ['net.ipv4.ip_unprivileged_port_start', 0],
  ['net.ipv4.ip_local_reserved_ports', 27],
  ['net.ipv4.tcp_keepalive_time', 29],
  ['net.ipv4.tcp_fin_timeout', 29],
  ['net.ipv4.tcp_keepalive_intvl', 29],
  ['net.ipv4.tcp_keepalive_probes', 29],
  ['net.ipv4.tcp_rmem', 32],
  ['net.ipv4.tcp_wmem', 32]
]

/** The check of sysctls as one version has it, which holds until the next. */
function sysctls (pod: WireObject, version: number): Violation | undefined {
  const safe = safeSysctls.flatMap(([name, from]) => from <= version ? [name] : [])
  const bad = stringsAt(specOf(pod), 'securityContext.sysctls[].name').filter((name) => !safe.includes(name))
  return bad.length > 0 ? { reason: 'forbidden sysctls', detail: bad.join(', ') } : undefined
}

const seccompOf = (holder: WireObject): WireValue | undefined =>
  valueAt(contextOf(holder), 'seccompProfile.type')
const validSeccomp = (type: WireValue | undefined): boolean =>
  type === 'RuntimeDefault' || type === 'Localhost'

/** Part of a pod that sets something wrong: the pod, containers by name, or both. */
function setters (pod: boolean, containers: readonly WireObject[]): string {
  return [...pod ? ['pod'] : [], ...containers.length > 0 ? [named(containers)] : []].join(' and ')
}

function seccomp (pod: WireObject, required: boolean): Violation | undefined {
  const atPod = seccompOf(specOf(pod))
  const explicit = containersOf(pod).filter((one) =>
    seccompOf(one) !== undefined && !validSeccomp(seccompOf(one))
  )
  const podIsBad = atPod !== undefined && !validSeccomp(atPod)
  if (podIsBad || explicit.length > 0) {
    const values = sorted([...podIsBad ? [atPod] : [], ...explicit.map(seccompOf)].map(String))
    return {
      reason: 'seccompProfile',
      detail: `${setters(podIsBad, explicit)} must not set securityContext.seccompProfile.type to ` +
        quoted(values)
    }
  }
  if (!required || validSeccomp(atPod)) return undefined
  return ofContainers(pod, (one) => seccompOf(one) === undefined, (bad) => ({
    reason: 'seccompProfile',
    detail: `pod or ${named(bad)} must set securityContext.seccompProfile.type to "RuntimeDefault" or ` +
      '"Localhost"'
  }))
}

const nonRoot = (holder: WireObject): WireValue | undefined => contextOf(holder).runAsNonRoot

function runAsNonRoot (pod: WireObject): Violation | undefined {
  const atPod = nonRoot(specOf(pod))
  const explicit = containersOf(pod).filter((one) => nonRoot(one) === false)
  const reason = 'runAsNonRoot != true'
  if (atPod === false || explicit.length > 0) {
    return {
      reason,
      detail: `${setters(atPod === false, explicit)} must not set securityContext.runAsNonRoot=false`
    }
  }
  return atPod === true ? undefined : ofContainers(pod, (one) => nonRoot(one) === undefined, (bad) => ({
    reason,
    detail: `pod or ${named(bad)} must set securityContext.runAsNonRoot=true`
  }))
}

function unrestrictedCapabilities (pod: WireObject): Violation | undefined {
  const keeping = containersOf(pod).filter((one) =>
    !stringsAt(contextOf(one), 'capabilities.drop[]').includes('ALL')
  )
  const beyond = (one: WireObject): string[] => added(one).filter((name) => name !== 'NET_BIND_SERVICE')
  const adding = containersOf(pod).filter((one) => beyond(one).length > 0)
  const details = [
    ...keeping.length > 0 ? [`${named(keeping)} must set securityContext.capabilities.drop=["ALL"]`] : [],
    ...adding.length > 0
      ? [
        `${named(adding)} must not include ${quoted(sorted(adding.flatMap(beyond)))} in ` +
        'securityContext.capabilities.add'
      ]
      : []
  ]
  return details.length > 0
    ? { reason: 'unrestricted capabilities', detail: details.join('; ') }
    : undefined
}

const selinuxTypes = ['', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t']
const badSelinux = (holder: WireObject): boolean => {
  const options = objectAt(contextOf(holder), 'seLinuxOptions')
  return !selinuxTypes.includes(stringAt(options, 'type') ?? '') || options.user !== undefined ||
    options.role !== undefined
}

/** All checks, each with the version from which it holds. */
export const podSecurityChecks: readonly PodSecurityCheck[] = [
  {
    id: 'capabilities_baseline',
    level: 'baseline',
    from: 0,
    overlap: true,
    find: (pod) =>
      ofContainers(pod, (one) => added(one).some((name) => !defaultCapabilities.has(name)), (bad) => ({
        reason: 'non-default capabilities',
        detail: `${named(bad)} must not include ` +
          `${quoted(sorted(bad.flatMap(added).filter((name) => !defaultCapabilities.has(name))))} in ` +
          'securityContext.capabilities.add'
      }))
  },
  {
    id: 'hostNamespaces',
    level: 'baseline',
    from: 0,
    find: (pod) => {
      const shared = ['hostIPC', 'hostNetwork', 'hostPID'].filter((field) => specOf(pod)[field] === true)
      return shared.length > 0
        ? { reason: 'host namespaces', detail: shared.map((field) => `${field}=true`).join(', ') }
        : undefined
    }
  },
  {
    id: 'hostPathVolumes',
    level: 'baseline',
    from: 0,
    overlap: true,
    find: (pod) => {
      const names = volumesOf(pod).filter(({ hostPath }) => hostPath !== undefined).map(nameOf)
      return names.length > 0
        ? {
          reason: 'hostPath volumes',
          detail: `${names.length === 1 ? 'volume' : 'volumes'} ${quoted(names)}`
        }
        : undefined
    }
  },
  {
    id: 'hostPorts',
    level: 'baseline',
    from: 0,
    find: (pod) =>
      ofContainers(pod, (one) => hostPortsOf(one).length > 0, (bad) => {
        const ports = sorted(bad.flatMap(hostPortsOf))
        return {
          reason: 'hostPort',
          detail: `${named(bad)} ${bad.length === 1 ? 'uses' : 'use'} ` +
            `${ports.length === 1 ? 'hostPort' : 'hostPorts'} ${ports.join(', ')}`
        }
      })
  },
  {
    id: 'hostProbesAndHostLifecycle',
    level: 'baseline',
    from: 34,
    find: (pod) =>
      ofContainers(pod, (one) => probeHosts(one).length > 0, (bad) => {
        const hosts = sorted(bad.flatMap(probeHosts))
        return {
          reason: 'probe or lifecycle host',
          detail: `${named(bad)} ${bad.length === 1 ? 'uses' : 'use'} probe or lifecycle ` +
            `${hosts.length === 1 ? 'host' : 'hosts'} ${quoted(hosts)}`
        }
      })
  },
  {
    id: 'privileged',
    level: 'baseline',
    from: 0,
    find: (pod) =>
      ofContainers(pod, (one) => contextOf(one).privileged === true, (bad) => ({
        reason: 'privileged',
        detail: `${named(bad)} must not set securityContext.privileged=true`
      }))
  },
  {
    id: 'procMount',
    level: 'baseline',
    from: 0,
    find: (pod) =>
      ofContainers(
        pod,
        (one) => (stringAt(contextOf(one), 'procMount') ?? 'Default') !== 'Default',
        (bad) => ({
          reason: 'procMount',
          detail: `${named(bad)} must not set securityContext.procMount to ` +
            quoted(sorted(bad.map((one) => stringAt(contextOf(one), 'procMount') ?? '')))
        })
      )
  },
  {
    id: 'seLinuxOptions',
    level: 'baseline',
    from: 0,
    find: (pod) => {
      const atPod = badSelinux(specOf(pod))
      const bad = containersOf(pod).filter(badSelinux)
      return atPod || bad.length > 0
        ? {
          reason: 'seLinuxOptions',
          detail: `${setters(atPod, bad)} set forbidden securityContext.seLinuxOptions`
        }
        : undefined
    }
  },
  {
    id: 'seccompProfile_baseline',
    level: 'baseline',
    from: 19,
    overlap: true,
    find: (pod) => seccomp(pod, false)
  },
  ...[0, 27, 29, 32].map((from): PodSecurityCheck => ({
    id: 'sysctls',
    level: 'baseline',
    from,
    find: (pod) => sysctls(pod, from)
  })),
  {
    id: 'windowsHostProcess',
    level: 'baseline',
    from: 0,
    find: (pod) => {
      const host = (holder: WireObject): boolean =>
        valueAt(contextOf(holder), 'windowsOptions.hostProcess') === true
      const bad = containersOf(pod).filter(host)
      return host(specOf(pod)) || bad.length > 0
        ? {
          reason: 'hostProcess',
          detail: `${setters(host(specOf(pod)), bad)} must not set ` +
            'securityContext.windowsOptions.hostProcess=true'
        }
        : undefined
    }
  },
  {
    id: 'allowPrivilegeEscalation',
    level: 'restricted',
    from: 8,
    find: (pod) =>
      ofContainers(pod, (one) => contextOf(one).allowPrivilegeEscalation !== false, (bad) => ({
        reason: 'allowPrivilegeEscalation != false',
        detail: `${named(bad)} must set securityContext.allowPrivilegeEscalation=false`
      }))
  },
  { id: 'capabilities_restricted', level: 'restricted', from: 22, find: unrestrictedCapabilities },
  {
    id: 'restrictedVolumes',
    level: 'restricted',
    from: 0,
    find: (pod) => {
      const bad = volumesOf(pod).filter((volume) => !volumeTypes.some((type) => volume[type] !== undefined))
      const types = sorted(bad.map((one) => Object.keys(one).find((key) => key !== 'name') ?? 'unknown'))
      return bad.length > 0
        ? {
          reason: 'restricted volume types',
          detail: `${bad.length === 1 ? 'volume' : 'volumes'} ${quoted(sorted(bad.map(nameOf)))} ` +
            `${bad.length === 1 ? 'uses' : 'use'} restricted volume ` +
            `${types.length === 1 ? 'type' : 'types'} ${quoted(types)}`
        }
        : undefined
    }
  },
  { id: 'runAsNonRoot', level: 'restricted', from: 0, find: runAsNonRoot },
  {
    id: 'runAsUser',
    level: 'restricted',
    from: 23,
    find: (pod) => {
      const root = (holder: WireObject): boolean => numberAt(contextOf(holder), 'runAsUser', 1) === 0
      const bad = containersOf(pod).filter(root)
      return root(specOf(pod)) || bad.length > 0
        ? { reason: 'runAsUser=0', detail: `${setters(root(specOf(pod)), bad)} must not set runAsUser=0` }
        : undefined
    }
  },
  { id: 'seccompProfile_restricted', level: 'restricted', from: 19, find: (pod) => seccomp(pod, true) }
]
