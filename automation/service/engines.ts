import { fileURLToPath } from 'node:url'
import { type Prices } from '../cost/prices.ts'
import { type DurationTable } from '../plan/durations.ts'
import { type CliPlaces, createCliPlaces } from '../stacks/cli/places.ts'
import { pulumiSecrets } from '../stacks/passphrase.ts'
import { type UnitRunner } from '../stacks/types.ts'
import { openUnitRunner } from '../stacks/unit-runner.ts'
import { type Lifetime } from './lifetime.ts'
import { type StartOptions } from './options.ts'

const hostFile = fileURLToPath(new URL('./unit-host.ts', import.meta.url))

/** Tables that the service reads once, before it starts. */
export interface Tables {
  readonly durations: DurationTable
  readonly prices: Prices
}

/** The unit hosts, and the stacks that the CLI keeps. */
export interface Engines {
  readonly runner: UnitRunner
  readonly cliStacks: CliPlaces
}

/** Starts the unit hosts. `root`: 32 bytes (keys/root.ts). */
export async function openEngines (
  options: StartOptions,
  { root, tables: { durations, prices } }: { root: Buffer, tables: Tables },
  lifetime: Lifetime
): Promise<Engines> {
  const { databaseUrl, workers, secretsKey, engine, dataFolder, observe, tracing, pulumi } = options
  const { backend, secretsProvider } = options
  const cli = pulumi && 'cli' in pulumi ? pulumi.cli : undefined
  const stored = {
    ...(backend !== undefined && { backend }),
    ...(secretsProvider !== undefined && { secretsProvider })
  }
  const runner = options.runner ?? await openUnitRunner({
    size: workers,
    warm: options.rehearsals ?? workers,
    hostFile,
    databaseUrl,
    secretsKey,
    root,
    engine,
    live: options.live.on,
    durations,
    prices,
    dataFolder,
    ...(options.graceSeconds !== undefined && { graceSeconds: options.graceSeconds }),
    ...(observe && { observe }),
    ...(tracing && {
      emit: (span) => {
        tracing.emit(span)
      }
    }),
    ...(cli && { cli }),
    ...stored
  })
  lifetime.keep(() => runner.close())
  // A derivation of a fifth of a second, and only the CLI needs it here.
  const passphrase = cli ? (await pulumiSecrets(root)).passphrase : ''
  const cliStacks = createCliPlaces({ cli, engine, settings: { dataFolder, passphrase, ...stored } })
  return { runner, cliStacks }
}
