// Update plans: an up that keeps to its plan and one that doesn't.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
export default async ({ stack, Thing, root, record }) => {
  const s = await stack()
  const plan = join(root, 'plan.json')
  const program = (v, more) => async () => {
    new Thing('a', { v })
    if (more) new Thing('more', {})
  }
  await s.preview(program(1), { plan })
  await record('a plan is written', async () => existsSync(plan))
  await s.up(program(1), { plan, label: 'up by plan' })
  await s.preview(program(2), { plan, label: 'preview update' })
  await s.up(program(3), { plan, label: 'up with another value' })
  await s.up(program(2, true), { plan, label: 'up with one more' })
}
