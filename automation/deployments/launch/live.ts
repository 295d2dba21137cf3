import { AutomationError } from '../../errors.ts'
import { type FoundCli } from '../../stacks/cli/find.ts'

/** Conditions of live deployments. */
export interface LiveSettings {
  /** The service was started to deploy to live clouds. */
  on: boolean
  /** Only this machine can reach the service, or it knows who calls. */
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
