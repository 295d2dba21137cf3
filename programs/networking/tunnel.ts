/** Tunnels of a link, as its two ends see them. */
import { type Output } from '@pulumi/pulumi'
import { type TunnelAddress } from './topology.ts'

/** What both ends agree on: inside addresses and the pre-shared key (a secret). */
export interface TunnelDraft {
  readonly name: string
  readonly address: TunnelAddress
  readonly key: Output<string>
}

/**
 * A tunnel as one end sees it. `remote`: the other end's public address; `own` and `other`: the two
 * inside addresses.
 */
export interface Tunnel extends TunnelDraft {
  readonly own: string
  readonly other: string
  readonly remote: Output<string>
}
