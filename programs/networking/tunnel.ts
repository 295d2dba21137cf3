/** Tunnels of a link, as its two ends see them. */
import { type Output } from '@pulumi/pulumi'
import { type TunnelAddress } from './topology.ts'

/** A tunnel as both ends know it: inside addresses and the pre-shared key (a secret). */
export interface TunnelDraft {
  readonly name: string
  readonly address: TunnelAddress
  readonly key: Output<string>
}

/** A tunnel as one end sees it. */
export interface Tunnel extends TunnelDraft {
  /** Inside address of this end. */
  readonly own: string
  /** Inside address of the other end. */
  readonly other: string
  /** Public address of the other end. */
  readonly remote: Output<string>
}
