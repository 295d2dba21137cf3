import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { type Deployed, declaredUnits, orphanOf, orphansOf } from '../../../automation/plan/orphans.ts'
import { buildPlan } from '../../../automation/plan/plan.ts'
import { stackName } from '../../../automation/plan/stack-name.ts'
import { allUnits } from '../../../automation/plan/units.ts'
import { orderings } from '../../../contract/words.ts'
import { type Federation } from '../../../programs/types.ts'
import { durations, nautilus, small } from './fixtures.ts'

const names = nautilus.clusters.map((cluster) => cluster.name)

/** The federation with only some of its clusters, each under a name of its own, and their links. */
function federationOf (kept: readonly string[], renamed: readonly string[]): Federation {
  const nameOf = (name: string) => renamed.includes(name) ? `${name}-renamed` : name
  return {
    ...nautilus,
    clusters: nautilus.clusters.filter(({ name }) => kept.includes(name)).map((cluster) => ({
      ...cluster,
      name: nameOf(cluster.name)
    })),
    links: nautilus.links.filter(({ from, to }) => kept.includes(from) && kept.includes(to)).map((link) => ({
      ...link,
      from: nameOf(link.from),
      to: nameOf(link.to)
    }))
  }
}

const federation = fc.tuple(fc.subarray(names, { minLength: 1 }), fc.subarray(names)).map(([kept, renamed]) =>
  federationOf(kept, renamed)
)

/**
 * What several ups left, each over the ones before, with the file as it was then and a part of its
 * units: the last one that deployed a unit says what it stands on.
 */
const history = fc.array(fc.tuple(federation, fc.integer({ min: 1, max: 3 })), { minLength: 1, maxLength: 4 })
  .map((ups) => {
    const deployed = new Map<string, Deployed>()
    const texts = new Map<string, Federation>()
    for (const [index, [then, to]] of ups.entries()) {
      texts.set(`d${index}`, then)
      for (const unit of allUnits(then, small).values()) {
        if (unit.phase > to) continue
        deployed.set(unit.id, {
          id: unit.id,
          phase: unit.phase,
          scope: unit.scope,
          stack: stackName(then.name, unit.phaseName, unit.scope.name),
          reads: unit.dependsOn,
          deployment: `d${index}`
        })
      }
    }
    return { deployed: [...deployed.values()], texts }
  })

function orphaned (
  now: Federation,
  { deployed, texts }: { deployed: Deployed[], texts: Map<string, Federation> }
) {
  return orphansOf(deployed, allUnits(now, small)).map((unit) => {
    const declaration = texts.get(unit.deployment)
    return orphanOf(
      unit,
      declaration && { federation: declaration, units: declaredUnits(declaration, small) }
    )
  })
}

describe('orphans', () => {
  test('are what is deployed and not in the file, whatever was deployed before', () => {
    fc.assert(fc.property(federation, history, (now, before) => {
      const planned = new Set(allUnits(now, small).keys())
      const orphans = new Set(orphaned(now, before).map(({ id }) => id))
      for (const { id } of before.deployed) assert.equal(orphans.has(id), !planned.has(id), id)
      assert.ok([...orphans].every((id) => before.deployed.some((unit) => unit.id === id)))
    }))
  })

  test('go before what they stand on in every destroy, and so do units that were deployed on them', () => {
    fc.assert(
      fc.property(
        federation,
        history,
        fc.constantFrom(...orderings),
        fc.boolean(),
        (now, before, ordering, only) => {
          const orphans = orphaned(now, before)
          if (only && orphans.length === 0) return
          const { deployed } = before
          const plan = buildPlan({
            federation: now,
            operation: 'destroy',
            ordering,
            orphaned: only,
            orphans,
            deployedReads: new Map(deployed.map(({ id, reads }) => [id, reads])),
            catalog: small,
            durations
          })
          const units = new Map(plan.units.map((unit) => [unit.id, unit]))
          for (const { id } of orphans) assert.ok(units.get(id)?.declaredBy !== undefined, id)
          for (const { id, reads } of deployed) {
            const reader = units.get(id)
            for (const read of reads) {
              const stood = units.get(read)
              if (!reader || !stood) continue
              assert.ok(stood.dependsOn.includes(id), `${read} does not wait for ${id}`)
              assert.ok(reader.predicted.end <= stood.predicted.start, `${read} goes before ${id}`)
            }
          }
        }
      )
    )
  })

  test('whose declaration cannot be read are units without resources, in the place where they were', () => {
    fc.assert(fc.property(federation, history, (now, { deployed }) => {
      const orphans = orphaned(now, { deployed, texts: new Map() })
      if (orphans.length === 0) return
      const { units } = buildPlan({
        federation: now,
        operation: 'destroy',
        orphaned: true,
        orphans,
        catalog: small,
        durations
      })
      assert.deepEqual(new Set(units.map(({ id }) => id)), new Set(orphans.map(({ id }) => id)))
      assert.ok(units.every((unit) => deployed.find(({ id }) => id === unit.id)?.stack === unit.stack))
    }))
  })
})
