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
      'this service does not deploy to live clouds: start it with WINDLASS_LIVE=on and a Pulumi CLI on ' +
        'its PATH',
      { reason: 'off' }
    )
  }
  if (!live.guarded) {
    throw new AutomationError(
      'live-refused',
      'this service can be reached from other machines, and whoever reaches it could deploy to live ' +
        'clouds: start it with WINDLASS_HOST=127.0.0.1, or have it authenticate its callers with ' +
        'WINDLASS_ACCESS',
      { reason: 'not-loopback' }
    )
  }
  if (!pulumi || 'problem' in pulumi) {
    throw new AutomationError(
      'live-refused',
      `live deployments need the Pulumi CLI: ${pulumi?.problem ?? 'none was looked for'}; then start the ` +
        'service again',
      { reason: 'no-cli' }
    )
  }
}
