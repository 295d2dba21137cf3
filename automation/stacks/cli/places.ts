import { rm } from 'node:fs/promises'
import { type PulumiCommand } from '@pulumi/pulumi/automation/index.js'
import { type Place } from '../../model.ts'
import { type BackendSettings, backendOf, worldFolder } from './backend.ts'
import { commandOf, type PulumiCli } from './find.ts'
import { type CliCommand, CliStacks } from './stacks.ts'

/** The stacks that the CLI keeps: live ones, and those of rehearsals when they run through it. */
export interface CliPlaces {
  /** The stacks of a place; undefined when they are in the store. */
  of (place: Place): Promise<CliStacks> | undefined
  /** Removes the stacks of a world that is gone. */
  forget (world: string): Promise<void>
}

/** `engine` is what executes rehearsals. Without a CLI every place is the store's. */
export function createCliPlaces ({ cli, engine, settings }: { cli: PulumiCli | undefined, engine: 'rehearsal' | 'pulumi', settings: BackendSettings }): CliPlaces {
  let command: Promise<PulumiCommand> | undefined
  return {
    of (place) {
      if (!cli || (place.mode === 'rehearsal' && engine === 'rehearsal')) return undefined
      command ??= commandOf(cli)
      return command.then((found) => new CliStacks(found as unknown as CliCommand, backendOf(place, settings)))
    },
    async forget (world) {
      await rm(worldFolder(settings.dataFolder, world), { recursive: true, force: true })
    }
  }
}
