/**
 * `npm run campaign -- NAME [--seed N] [--runs N] [--random N] [--only KIND,KIND]`: searches on
 * where a test tries a sample. Prints the seed, which gives the same cases again, and a line about
 * each case that takes long. Without a name it lists the campaigns. Exits with 0 when nothing was
 * found, 1 with the first case that fails, 2 for wrong usage.
 */
import { randomInt } from 'node:crypto'
import { Command, CommanderError, InvalidArgumentError } from 'commander'
import { campaigns } from '../test/campaigns/index.ts'

/** The largest seed: fast-check takes 32 bits with a sign. */
const mostSeed = 2 ** 31 - 1

/** Reads a whole number of that range. */
const whole = (from: number) => (text: string): number => {
  const value = Number(text)
  if (!Number.isInteger(value) || value < from || value > mostSeed) {
    throw new InvalidArgumentError(`expected a whole number from ${from} to ${mostSeed}`)
  }
  return value
}

interface Options {
  seed?: number
  runs?: number
  random?: number
  only?: string[]
}

async function search (
  name: string,
  { seed, runs, random = 0, only = [] }: Options & { seed: number }
): Promise<number> {
  const campaign = campaigns.find((one) => one.name === name)
  if (!campaign) {
    console.error(`there is no campaign ${name}; there are ${campaigns.map((one) => one.name).join(', ')}`)
    return 2
  }
  const cases = runs ?? campaign.runs
  const again = `npm run campaign -- ${name} --seed ${seed} --runs ${cases}` +
    (random > 0 ? ` --random ${random}` : '') + (only.length > 0 ? ` --only ${only.join(',')}` : '')
  console.log(`${again}\nsearches for ${campaign.searches}`)
  let tried = cases
  try {
    tried = await campaign.search({
      seed,
      runs: cases,
      random,
      only,
      say: (line) => {
        console.log(line)
      }
    }) ?? cases
  } catch (error) {
    console.error(error)
    console.error(`FOUND with seed ${seed}; again: ${again}`)
    return 1
  }
  console.log(`nothing was found in ${tried} cases`)
  return 0
}

const command = new Command('campaign')
  .argument('[name]', 'the campaign')
  .option('--seed <number>', 'of the cases; the same seed gives the same ones', whole(-mostSeed))
  .option('--runs <number>', 'how many cases are tried', whole(1))
  .option('--random <number>', 'of scenarios: how many random cases are tried beside them', whole(0))
  .option(
    '--only <kinds>',
    'of removals and scenarios: kinds, or names, that are tried, with commas between',
    (text) => text.split(',')
  )
  .exitOverride()
  .action(async (name: string | undefined, options: Options) => {
    if (name === undefined) {
      for (const { name: known, searches } of campaigns) console.log(`${known}: ${searches}`)
      return
    }
    process.exitCode = await search(name, { seed: randomInt(1, mostSeed), ...options })
  })

try {
  await command.parseAsync()
} catch (error) {
  if (!(error instanceof CommanderError)) throw error
  process.exitCode = error.exitCode === 0 ? 0 : 2
}
