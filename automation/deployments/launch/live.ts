import { AutomationError } from '../../errors.ts'
import { type FoundCli } from '../../stacks/cli/find.ts'

/**
 * Whether this service deploys to live clouds. `guarded`: only this machine can reach it, or it
 * knows who calls.
 */
export interface LiveSettings {
  on: boolean
  guarded: boolean
}

/**
 * Throws `live-refused` unless live deployments are switched on, nobody unknown can ask for one,
 * and there is a Pulumi CLI. `details.reason` is `off`, `not-loopback` or `no-cli`.
 */
export function checkLive (live: LiveSettings, pulumi: FoundCli | undefined): void {
  if (!live.on) {
    throw new AutomationError(
      'live-refused',
      { reason: 'off' }
    )
  }
  if (!live.guarded) {
    throw new AutomationError(
      'live-refused',
      { reason: 'not-loopback' }
    )
  }
  if (!pulumi || 'problem' in pulumi) {
    throw new AutomationError(
      'live-refused',
      { reason: 'no-cli', ...(pulumi && { problem: pulumi.problem }) }
    )
  }
}
