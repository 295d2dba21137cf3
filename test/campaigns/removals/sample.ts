/**
 * Tries a sample of grants, registrations and waits of one cluster's first phases, and prints what
 * missed each, or null, as a line of JSON. A process of its own: the SDK leaves rejections of
 * resources that were never registered to the process of the program.
 */
import { stringify } from 'yaml'
import { matchesName } from '../../../contract/text/names.ts'
import { partFile } from '../../../scripts/part-of-nautilus.ts'
import { federationOf } from '../../fixtures/programs/operated-world.ts'
import { missedBy, permitted, removable, sampled } from '../removals.ts'
import { nameOf } from './removal.ts'

process.on('unhandledRejection', () => undefined)

const cluster = 'nautilus-analytics-us'
/** Units that need each other's grants and registrations. */
const units = ['prerequisites.gcp', `prerequisites.${cluster}`, `infrastructure.${cluster}`]
/** Resources that these units use, by type and name: the rest is for other phases' units. */
const used: Readonly<Record<string, RegExp>> = {
  statement: /^gcp:projects\/iAMCustomRole:IAMCustomRole deploy-infrastructure$/,
  registration: /:Service (iam|compute)-api$/,
  wait: /^gcp:projects\/iAMCustomRole:IAMCustomRole /
}

const federation = federationOf(stringify(await partFile([cluster])))
const deployed = await removable(federation, units)
const may = await permitted()
const removals = deployed.removals.filter((one) =>
  used[one.kind]?.test(`${one.type} ${one.name}`) === true &&
  !may.some(({ removal }) => matchesName(removal, nameOf(one, federation.clusters)))
)
for (const kind of ['statement', 'registration', 'wait']) {
  for (const { name, removal } of sampled(removals, federation, { seed: 1, runs: 2, only: [kind] })) {
    console.log(JSON.stringify({ kind, name, missedBy: await missedBy(deployed, removal) ?? null }))
  }
}
process.exit(0)
