import { type Deployment } from '../../../contract/deployment.ts'
import { AutomationError } from '../../errors.ts'
import { type PageRequest } from '../../page.ts'
import { placeOf, type Place } from '../../place.ts'
import {
  type Deployments,
  type Events,
  type Findings,
  type Notifications,
  type Stacks,
  type StackSummary,
  type Units
} from '../../ports.ts'
import { type CliPlaces } from '../../stacks/cli/places.ts'
import { type CliStacks } from '../../stacks/cli/stacks.ts'
import { exportStack } from '../../stacks/export.ts'
import { project } from '../../stacks/project.ts'
import { readDecisions, readGates } from '../../store/deployments/approvals.ts'
import {
  likePattern,
  listDeployments,
  readDeployment,
  readDeploymentScope
} from '../../store/deployments/deployments.ts'
import { listDrift } from '../../store/deployments/drift-findings.ts'
import { readEvents } from '../../store/deployments/events.ts'
import { readPolicyFindings } from '../../store/deployments/policy-findings.ts'
import { readChanges } from '../../store/deployments/resource-changes.ts'
import { listNotifications } from '../../store/messages/notifications.ts'
import { type Pool } from '../../store/postgres/database.ts'
import { type Sealer } from '../../store/postgres/sealer.ts'
import { listStacks, stackUnits } from '../../store/stacks/stack-list.ts'
import { openStackStore } from '../../store/stacks/stack-store.ts'
import { readOutputs } from '../../store/units/unit-outputs.ts'
import { listUnits, readUnit, shownOutputs } from '../../store/units/units.ts'
import { eventsRemoved, notFound } from '../decide/decisions.ts'
import { gateStates } from '../gates.ts'
import { type Topology } from '../topology.ts'
import { PolledDeployments } from './polled.ts'
import { validationOf, validationPhase } from './validation.ts'

type Reads =
  & Deployments
  & Units
  & Findings
  & Stacks
  & Pick<Events, 'events'>
  & Pick<Notifications, 'notifications'>

// One for each cluster and one for the federation: far fewer than this.
const maxUnits = 1000

/**
 * One page of a list that was read with one item more than asked for: the one too many says that
 * there is a next page.
 */
function pageOf<T> (items: T[], limit: number, key: (item: T) => string): { items: T[], next?: string } {
  const page = items.slice(0, limit)
  const last = page.at(-1)
  return { items: page, ...(last !== undefined && items.length > limit ? { next: key(last) } : {}) }
}

/**
 * The stacks of a federation that the CLI keeps, one more than a page, by name: the CLI does not
 * tell when a stack was made.
 */
async function cliStackPage (
  cli: CliStacks,
  units: ReadonlyMap<string, string>,
  federation: string,
  { after = '', limit }: PageRequest
): Promise<StackSummary[]> {
  const stacks = (await cli.list()).filter(({ stack }) => stack.startsWith(`${federation}.`) && stack > after)
    .slice(0, limit + 1)
  return stacks.map(({ stack, resources, updatedAt = new Date(0).toISOString() }) => {
    const unit = units.get(stack)
    return { stack, ...(unit === undefined ? {} : { unit }), resources, updatedAt }
  })
}

/** What the door shows of the store, and of the stacks that the CLI keeps. */
export function createReads (
  { pool, sealer, topology }: { pool: Pool, sealer: Sealer, topology: Topology },
  cliStacks: CliPlaces
): Reads {
  const polled = new PolledDeployments(pool)
  async function deployment (id: string): Promise<Deployment> {
    const found = await polled.get(id)
    if (!found) throw notFound(id)
    return found
  }
  const laneOf = (federation: string, { mode, world }: Place): { federation: string, place: string } => ({
    federation,
    place: placeOf(mode, world)
  })
  /**
   * A federation whose file is gone may still have stacks; only a name that means nothing at all is
   * unknown.
   */
  async function checkFederation (name: string, known: boolean): Promise<void> {
    if (!known) await topology.get(name)
  }

  return {
    deployment,
    async deploymentScope (id) {
      const scope = await readDeploymentScope(pool, id)
      if (!scope) throw notFound(id)
      return scope
    },
    async deployments (page) {
      const found = await listDeployments(pool, { ...page, limit: page.limit + 1 })
      // After the oldest there is nothing, and so there is after what never was.
      if (found.length === 0 && page.after !== undefined && !await readDeployment(pool, page.after)) {
        throw new AutomationError(
          'request-invalid',
          `after: there is no deployment ${page.after}; pass the next of the page before, or leave it ` +
            'out for the first page',
          { field: 'after' }
        )
      }
      return pageOf(found, page.limit, (one) => one.id)
    },
    async notifications ({ federations, ...page }) {
      const found = await listNotifications(pool, {
        ...page,
        limit: page.limit + 1,
        ...(federations && { federations: federations.map(likePattern) })
      })
      return pageOf(found, page.limit, (one) => one.id)
    },
    async units (id, page) {
      await deployment(id)
      return pageOf(
        await listUnits(pool, sealer, id, { ...page, limit: page.limit + 1 }),
        page.limit,
        (one) => one.id
      )
    },
    async unit (id, name) {
      const unit = await readUnit(pool, sealer, id, name)
      if (unit) return unit
      await deployment(id)
      throw new AutomationError('unit-not-found', `deployment ${id} has no unit ${name}`, {
        deployment: id,
        unit: name
      })
    },
    async validation (id) {
      const found = await deployment(id)
      return validationOf(
        found,
        await listUnits(pool, sealer, id, { phase: validationPhase, limit: maxUnits })
      )
    },
    async gates (id) {
      const kept = await readGates(pool, id)
      if (!kept) throw notFound(id)
      return gateStates(kept, await readDecisions(pool, id))
    },
    async policyFindings (id, page) {
      const { eventsFrom = 1, lastEvent } = await deployment(id)
      // They are among the events.
      if (page.after < eventsFrom - 1) throw eventsRemoved(id, { eventsFrom, lastEvent })
      return pageOf(
        await readPolicyFindings(pool, id, { ...page, limit: page.limit + 1 }),
        page.limit,
        ({ seq }) => String(seq)
      )
    },
    async changes (id, page) {
      await deployment(id)
      return pageOf(
        await readChanges(pool, id, { ...page, limit: page.limit + 1 }),
        page.limit,
        ({ seq }) => String(seq)
      )
    },
    async drift (id, page) {
      const { eventsFrom = 1, lastEvent, drift } = await deployment(id)
      const found = await listDrift(pool, id, { ...page, limit: page.limit + 1 })
      // They went with the events. A check that was resumed has those of its later units.
      if (
        found.length === 0 && eventsFrom > 1 && drift &&
        drift.changed + drift.output + drift.missing + drift.ignored.changed + drift.ignored.output +
              drift.ignored.missing > 0 &&
        (await listDrift(pool, id, { after: 0, limit: 1 })).length === 0
      ) {
        throw eventsRemoved(id, { eventsFrom, lastEvent })
      }
      return pageOf(found, page.limit, ({ number }) => String(number))
    },
    async events (id, { after, limit }) {
      const read = await readEvents(pool, id, { after, limit })
      if (!read) throw notFound(id)
      if (after < read.eventsFrom - 1) throw eventsRemoved(id, read)
      const last = read.events.at(-1)
      return { items: read.events, ...(last && last.seq < read.lastEvent ? { next: String(last.seq) } : {}) }
    },
    async outputs (name, place) {
      const outputs = await readOutputs(pool, sealer, laneOf(name, place))
      await checkFederation(name, outputs.size > 0)
      return Object.fromEntries([...outputs].map(([unit, values]) => [unit, shownOutputs(values)]))
    },
    async stacks (name, place, page) {
      const lane = laneOf(name, place)
      const cli = await cliStacks.of(place)
      const stacks = cli
        ? await cliStackPage(cli, await stackUnits(pool, lane), name, page)
        : await listStacks(pool, lane, { ...page, limit: page.limit + 1 })
      await checkFederation(name, stacks.length > 0)
      return pageOf(stacks, page.limit, (one) => one.stack)
    },
    async stackState (name, stack, place) {
      const cli = await cliStacks.of(place)
      const document = !stack.startsWith(`${name}.`)
        ? undefined
        : cli
        ? await cli.export(stack)
        : await exportStack(openStackStore(pool, { place: placeOf(place.mode, place.world) }), {
          project,
          stack
        })
      if (document) return { ...document }
      await checkFederation(name, false)
      throw new AutomationError(
        'stack-not-found',
        `there is no stack ${stack} in ${
          place.mode === 'live' ? 'live' : `world ${place.world ?? 'default'}`
        }`,
        { stack }
      )
    }
  }
}
