/** The Pod Security Standards by level and version, in the API server's words. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { podSecurityRefusal } from '../../../../rehearsal/clouds/kubernetes/pod-security/admission.ts'
import { type WireObject } from '../../../../rehearsal/wire.ts'

const enforce = (level: string, version?: string): WireObject => ({
  'pod-security.kubernetes.io/enforce': level,
  ...(version !== undefined && { 'pod-security.kubernetes.io/enforce-version': version })
})
const hardened: WireObject = {
  name: 'a',
  securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } }
}
const podOf = (container: WireObject, spec: WireObject = {}): WireObject => ({
  spec: {
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    ...spec,
    containers: [container]
  }
})

test('a probe of another host is forbidden from baseline upward since Kubernetes 1.34', () => {
  const pod = podOf({ ...hardened, readinessProbe: { httpGet: { host: 'primary.example.com', port: 443 } } })
  for (const level of ['baseline', 'restricted']) {
    assert.equal(
      podSecurityRefusal(pod, enforce(level), 35),
      `violates PodSecurity "${level}:latest": probe or lifecycle host (container "a" uses probe or ` +
        'lifecycle host "primary.example.com")'
    )
    assert.equal(podSecurityRefusal(pod, enforce(level), 33), undefined)
    assert.equal(podSecurityRefusal(pod, enforce(level, 'v1.33'), 35), undefined)
  }
  assert.equal(podSecurityRefusal(pod, enforce('privileged'), 35), undefined)
  assert.equal(podSecurityRefusal(pod, {}, 35), undefined)
  const asked = podOf({ ...hardened, readinessProbe: { exec: { command: ['true'] } } })
  assert.equal(podSecurityRefusal(asked, enforce('restricted'), 35), undefined)
})

test('the restricted level refuses a pod that says nothing about its security, with every reason', () => {
  assert.equal(
    podSecurityRefusal({ spec: { containers: [{ name: 'a' }, { name: 'b' }] } }, enforce('restricted'), 35),
    'violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false (containers "a", "b" must ' +
      'set securityContext.allowPrivilegeEscalation=false), unrestricted capabilities (containers "a", "b" ' +
      'must set securityContext.capabilities.drop=["ALL"]), runAsNonRoot != true (pod or containers ' +
      '"a", "b" must set securityContext.runAsNonRoot=true), seccompProfile (pod or containers ' +
      '"a", "b" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")'
  )
})

test('a node agent is refused by the baseline level for all that it takes of its node', () => {
  const pod = podOf(
    {
      name: 'a',
      ports: [{ hostPort: 9100 }],
      securityContext: { privileged: true, capabilities: { add: ['SYS_ADMIN'] } }
    },
    { hostNetwork: true, hostPID: true, volumes: [{ name: 'v', hostPath: { path: '/' } }] }
  )
  assert.equal(
    podSecurityRefusal(pod, enforce('baseline'), 35),
    'violates PodSecurity "baseline:latest": non-default capabilities (container "a" must not include ' +
      '"SYS_ADMIN" in securityContext.capabilities.add), host namespaces (hostNetwork=true, hostPID=true), ' +
      'hostPath volumes (volume "v"), hostPort (container "a" uses hostPort 9100), privileged (container ' +
      '"a" must not set securityContext.privileged=true)'
  )
})

test('a sysctl is safe from the version that made it so', () => {
  const pod = podOf(hardened, {
    securityContext: { sysctls: [{ name: 'net.ipv4.tcp_rmem', value: '1' }] }
  })
  assert.match(
    podSecurityRefusal(pod, enforce('baseline'), 31) ?? '',
    /forbidden sysctls \(net.ipv4.tcp_rmem\)/
  )
  assert.equal(podSecurityRefusal(pod, enforce('baseline'), 32), undefined)
})
