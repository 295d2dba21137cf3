import { AutomationError } from '../../errors.ts'
import { type Deployments, type Units } from '../../ports.ts'
import { listUnits, readUnit } from '../../store/units/units.ts'
import { type Storage } from '../service.ts'
import { pageOf } from './page.ts'
import { validationOf, validationPhase } from './validation.ts'

// One for each cluster and one for the federation: far fewer than this.
const maxUnits = 1000

/** Units as the store has them. */
export function createUnitReads (
  { pool, sealer }: Storage,
  { deployment }: Pick<Deployments, 'deployment'>
): Units {
  return {
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
      throw new AutomationError('unit-not-found', {
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
    }
  }
}
