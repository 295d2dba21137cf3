/** What every part of the mesh agrees on: lifetimes, names, ports, and how failing endpoints are left. Pure. */
import { type Mesh } from '../contract.ts'

/** Hours of a leap year: a lifetime of so many of them is never short of as many calendar years. */
const HOURS_PER_YEAR = 8784

/** How long certificate authorities are valid, in hours. The root outlives the intermediates by a year, so that none of them ends in an invalid chain. */
export function authorityHours (mesh: Mesh): { root: number, intermediate: number } {
  return { root: (mesh.certificateYears + 1) * HOURS_PER_YEAR, intermediate: mesh.certificateYears * HOURS_PER_YEAR }
}

/**
 * How sidecars stop sending to an endpoint that fails. `intervalSeconds` is how often Envoy sweeps: the longest that a failing endpoint stays in use after
 * it crossed the threshold; the federation's own bound for the mesh, else five seconds: half of Envoy's default, so that detection, sweep and push fit 30 s.
 */
export function outlierDetection (mesh: Mesh): { consecutiveErrors: number, intervalSeconds: number, baseEjectionSeconds: number, maxEjectionPercent: number } {
  return { consecutiveErrors: mesh.outlierConsecutiveErrors, intervalSeconds: mesh.failoverSeconds ?? 5, baseEjectionSeconds: 30, maxEjectionPercent: 100 }
}

/** The longest that istiod gathers changes before it pushes them (PILOT_DEBOUNCE_MAX; Istio's default is 10 s). */
export const pushDebounceSeconds = 5

/** The mesh's id in Istio's telemetry and trust configuration. */
export function meshId (federationName: string): string {
  return `${federationName}-mesh`
}

/** The namespace of Istio's control plane and gateways, in every cluster. */
export const meshNamespace = 'istio-system'

/** The ports of an east-west gateway, as Istio's multi-cluster guide opens them: status, mutual TLS passthrough, discovery and webhook of the control plane. */
export const eastWestPorts = [
  { name: 'status-port', port: 15021 },
  { name: 'tls', port: 15443 },
  { name: 'tls-istiod', port: 15012 },
  { name: 'tls-webhook', port: 15017 }
] as const

/** The ports of the ingress gateway: status for the load balancer's probe, and HTTPS. */
export const ingressPorts = [{ name: 'status-port', port: 15021 }, { name: 'https', port: 443 }] as const
