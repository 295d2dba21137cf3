/**
 * The backends of the CLI: where it keeps the stacks of a place, and how it encrypts their secrets,
 * as environment and stack settings that follow from the configuration.
 */
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Mode } from '../../../contract/words.ts'
import { pulumiSecrets } from '../passphrase.ts'

/** Settings of the CLI's backends. */
export interface BackendSettings {
  dataFolder: string
  /**
   * The state backend of live stacks (file://, s3://, gs://, azblob://, postgres://); a folder of
   * the data folder when absent.
   */
  backend?: string
  /**
   * The secrets provider of live stacks (awskms://, gcpkms://, azurekeyvault://, hashivault://);
   * the passphrase when absent.
   */
  secretsProvider?: string
  passphrase: string
}

/** The place of the CLI's stacks of a mode and world. */
export interface Backend {
  url: string
  /** To be made before the first use, and removed with a world; absent when it is no folder. */
  folder?: string
  secretsProvider?: string
  environment: Record<string, string>
}

/**
 * The folder of a world's stacks. Names of worlds are letters, digits, dots, dashes and underscores
 * and start with a letter or digit, so they are names of folders.
 */
export function worldFolder (dataFolder: string, world: string): string {
  return join(resolve(dataFolder), 'backend', `rehearsal-${world}`)
}

/**
 * The backend of a mode and world. Rehearsals never leave the data folder, whatever is configured
 * for live stacks.
 */
export function backendOf (place: { mode: Mode, world?: string }, settings: BackendSettings): Backend {
  const live = place.mode === 'live'
  const own = live
    ? join(resolve(settings.dataFolder), 'backend', 'live')
    : worldFolder(settings.dataFolder, place.world ?? 'default')
  const configured = live ? settings.backend : undefined
  const url = configured ?? pathToFileURL(own).href
  return {
    url,
    ...(configured === undefined
      ? { folder: own }
      : configured.startsWith('file://')
      ? { folder: configured.slice('file://'.length) }
      : {}),
    ...(live && settings.secretsProvider !== undefined && { secretsProvider: settings.secretsProvider }),
    environment: {
      PULUMI_BACKEND_URL: url,
      PULUMI_CONFIG_PASSPHRASE: settings.passphrase,
      PULUMI_SKIP_UPDATE_CHECK: 'true',
      // Without it each operation on existing state loses seconds on downloads of plugins that
      // simulated clouds stand in for.
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: live ? 'false' : 'true'
    }
  }
}

/**
 * The variables with which a person's own CLI reads the stacks of live deployments, or of a world.
 * `root`: 32 bytes (keys/root.ts).
 */
export async function pulumiEnvironment (
  { world, root, ...settings }: Pick<BackendSettings, 'dataFolder' | 'backend'> & {
    root: Buffer
    world?: string
  }
): Promise<Record<string, string>> {
  const { passphrase } = await pulumiSecrets(root)
  return backendOf(world === undefined ? { mode: 'live' } : { mode: 'rehearsal', world }, {
    ...settings,
    passphrase
  }).environment
}
