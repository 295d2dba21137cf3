import { readdir, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { PulumiCommand } from '@pulumi/pulumi/automation/index.js'
import { type Place } from '../../place.ts'
import { type BackendSettings, backendOf, worldFolder } from './backend.ts'
import { commandOf, type PulumiCli } from './find.ts'
import { type CliCommand, CliStacks } from './stacks.ts'

/** The stacks that the CLI keeps: live ones, and those of rehearsals when they run through it. */
export interface CliPlaces {
  /** The stacks of a place; undefined when they are in the store. */
  of(place: Place): CliStacks | undefined
  /**
   * Removes the stacks of fresh worlds whose deployments have ended, according to `ended` (ids in,
   * ids out).
   */
  sweep(ended: (deployments: string[]) => Promise<ReadonlySet<string>>): Promise<void>
  /** Removes the stacks of a world. */
  drop(world: string): Promise<void>
}

/** `engine` is what executes rehearsals. Without a CLI every place is the store's. */
export function createCliPlaces (
  { cli, engine, settings }: {
    cli: PulumiCli | undefined
    engine: 'rehearsal' | 'pulumi'
    settings: BackendSettings
  }
): CliPlaces {
  let command: PulumiCommand | undefined
  return {
    of (place) {
      if (!cli || (place.mode === 'rehearsal' && engine === 'rehearsal')) return undefined
      command ??= commandOf(cli)
      return new CliStacks(command as unknown as CliCommand, backendOf(place, settings))
    },
    async sweep (ended) {
      if (!cli || engine === 'rehearsal') return
      const prefix = basename(worldFolder(settings.dataFolder, 'fresh-'))
      const names = await readdir(join(settings.dataFolder, 'backend')).catch(
        (error: NodeJS.ErrnoException) => {
          if (error.code === 'ENOENT') return []
          throw error
        }
      )
      const deployments = names.filter((name) => name.startsWith(prefix)).map((name) =>
        name.slice(prefix.length)
      )
      if (deployments.length === 0) return
      for (const deployment of await ended(deployments)) {
        await rm(worldFolder(settings.dataFolder, `fresh-${deployment}`), { recursive: true, force: true })
      }
    },
    async drop (world) {
      if (cli && engine === 'pulumi') {
        await rm(worldFolder(settings.dataFolder, world), { recursive: true, force: true })
      }
    }
  }
}
