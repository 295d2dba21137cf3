/** The API of a cluster, as somebody with a kubeconfig meets it before anything is made in it. */
import { type ApiAccess } from '../../../programs/types/preflight.ts'

/** What stands in the way of a kubeconfig's holder. */
export type ApiFinding =
  /** The program that gets tokens is not on the PATH, or may not be executed. */
  | { readonly kind: 'no-command', readonly command: string }
  /** It gives no token; `passing`: it was cut off, or its cloud did not answer. */
  | {
    readonly kind: 'no-token'
    readonly command: string
    readonly reason: string
    readonly passing: boolean
  }
  /** The API server does not answer. */
  | { readonly kind: 'no-answer', readonly server: string, readonly reason: string }
  /** Something answers whose certificate is not of the kubeconfig's authority. */
  | { readonly kind: 'untrusted', readonly server: string, readonly reason: string }
  /** The API server does not know the token's owner. */
  | { readonly kind: 'unknown-caller', readonly reason: string }
  /** It knows them, and does not let them make some of the requests. */
  | { readonly kind: 'denied', readonly requests: readonly string[], readonly reason: string }

/** A way to look at API servers: the clusters' own, or those of simulated clouds. */
export interface ClusterApi {
  /**
   * Gets a token as the kubeconfig says, calls the API server, and asks it about each request.
   * Resolves with the first thing that is in the way; undefined: nothing is. Changes nothing, and
   * ends within a bounded time. Rejects when `signal` aborts.
   */
  examine(
    kubeconfig: string,
    access: readonly ApiAccess[],
    signal: AbortSignal
  ): Promise<ApiFinding | undefined>
}
