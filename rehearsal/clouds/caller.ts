/**
 * Makers of calls: the identity that a provider instance's configuration names, before its cloud
 * has looked at it. A model of identities (`identity-model.ts`) finds out who that is in the world
 * and what they may do.
 */

/** Clouds whose identities make calls. */
export type IdentityCloud = 'aws' | 'gcp' | 'azure'

/** Identity that a configuration names. */
export type Caller =
  /** The identity that the unit itself has in a cloud. */
  | { readonly kind: 'base', readonly cloud: IdentityCloud }
  /** A role of AWS that is assumed. */
  | { readonly kind: 'role', readonly cloud: 'aws', readonly arn: string, readonly session: string }
  /** A service account of Google Cloud that is impersonated. */
  | { readonly kind: 'service-account', readonly cloud: 'gcp', readonly email: string }
  /** An application or managed identity of Azure that a token from outside is exchanged for. */
  | { readonly kind: 'application', readonly cloud: 'azure', readonly clientId: string }
  /** Bearer of a token that a kubeconfig holds. */
  | { readonly kind: 'token', readonly token: string }
  /** Holder of a client certificate that a kubeconfig holds: PEM in base64. */
  | { readonly kind: 'certificate', readonly certificate: string }
  /** Nobody: the configuration names no way to prove an identity, or one that cannot work. */
  | { readonly kind: 'nobody', readonly reason: string }

/** Text that is the same for the same caller. */
export function callerKey (caller: Caller): string {
  return JSON.stringify(Object.entries(caller).sort(([a], [b]) => a < b ? -1 : 1))
}
