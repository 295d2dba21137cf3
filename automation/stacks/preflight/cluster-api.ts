/** The API of a cluster, as somebody with a kubeconfig meets it before anything is made in it. */
import { type ApiAccess } from '../../../programs/types/preflight.ts'
import { type ApiObstacle } from '../../../rehearsal/clouds/index.ts'

/** Obstacles of a kubeconfig's holder: those that simulated clouds know, and some of real ones. */
export type ApiFinding =
  | ApiObstacle
  /** The program that gets tokens is not on the PATH, or may not be executed. */
  | { readonly kind: 'no-command', readonly command: string }
  /** Something answers whose certificate is not of the kubeconfig's authority. */
  | { readonly kind: 'untrusted', readonly server: string, readonly reason: string }

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
