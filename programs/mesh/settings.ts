/**
 * Settings that all parts of the mesh share: lifetimes, names, ports, and the detection of failing
 * endpoints. Pure.
 */
import { type Mesh, type MeshRoots } from '../types/services.ts'

/** Hours of a leap year: a lifetime of so many of them is never short of as many calendar years. */
const hoursPerYear = 8784

/**
 * Hours that certificate authorities are valid. `renewal`: hours before its end at which the next
 * deployment replaces an intermediate, a tenth of its life. istiod takes a replaced one without a
 * restart, and both chains end at the same root. The root outlives the intermediates by a year, so
 * that none of them ends in an invalid chain.
 */
export function authorityHours (mesh: Mesh): { root: number, intermediate: number, renewal: number } {
  const intermediate = mesh.certificateYears * hoursPerYear
  return { root: intermediate + hoursPerYear, intermediate, renewal: Math.floor(intermediate / 10) }
}

/**
 * Hours before its end at which an up replaces a certificate that somebody shows: a quarter of a
 * year, in which a monthly up comes three times.
 */
export const leafRenewalHours = 91 * 24

/** Generations of the root authorities. */
export function rootsOf ({ roots = { trusted: [1], signing: 1 } }: Mesh): MeshRoots {
  return roots
}

/** Name of what belongs to a generation of an authority; the first had no number. */
export function ofGeneration (name: string, generation: number): string {
  return generation === 1 ? name : `${name}-${generation}`
}

/**
 * Settings by which sidecars stop sending to an endpoint that fails. `intervalSeconds` is how often
 * Envoy sweeps: the longest that a failing endpoint stays in use after it crossed the threshold;
 * the federation's own bound for the mesh, else five seconds: half of Envoy's default, so that
 * detection, sweep and push fit 30 s.
 */
export function outlierDetection (
  mesh: Mesh
): {
  consecutiveErrors: number
  intervalSeconds: number
  baseEjectionSeconds: number
  maxEjectionPercent: number
} {
  return {
    consecutiveErrors: mesh.outlierConsecutiveErrors,
    intervalSeconds: mesh.failoverSeconds ?? 5,
    baseEjectionSeconds: 30,
    maxEjectionPercent: 100
  }
}

/**
 * The longest that istiod gathers changes before it pushes them (PILOT_DEBOUNCE_MAX; Istio's
 * default is 10 s).
 */
export const pushDebounceSeconds = 5

/**
 * Hours that the certificate of a workload is valid: Istio's own default, set here since the mesh's
 * rotation depends on it.
 */
export const workloadCertificateHours = 24

/** The mesh's id in Istio's telemetry and trust configuration. */
export function meshId (federationName: string): string {
  return `${federationName}-mesh`
}

/** The namespace of Istio's control plane and gateways, in every cluster. */
export const meshNamespace = 'istio-system'

/**
 * A name that the certificate of every API server holds, whichever cloud runs it: pods call it by
 * that. Peers ask for it (SNI) at the east-west gateway. Istio never sends it to another cluster
 * than its own.
 */
export const apiServerName = 'kubernetes.default.svc'

/**
 * The port of the ingress gateway. Its load balancer asks for the gateway's health inside the
 * network.
 */
export const ingressPorts = [{ name: 'https', port: 443 }] as const
