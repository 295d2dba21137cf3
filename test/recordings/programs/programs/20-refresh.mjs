// Drift and missing resources; up --refresh, preview --refresh, refresh with the program, a partial
// read, expectNoChanges.
export default async ({ stack, Thing, sim }) => {
  const s = await stack()
  const program = async () => {
    const a = new Thing('a', { v: 1 })
    new Thing('b', { dep: a.out })
    new Thing('c', { v: 1 }, { ignoreChanges: ['v'] })
  }
  await s.up(program)
  const drift = (id, v) => {
    const { inputs, state } = sim.cloud.get(id)
    sim.cloud.set(id, { inputs: { ...inputs, v }, state: { ...state, v } })
  }
  drift('a-1', 5)
  drift('c-1', 5)
  await s.previewRefresh()
  await s.preview({ refresh: true, label: 'preview --refresh' })
  await s.refresh({ expectNoChanges: true, label: 'refresh --expect-no-changes' })
  await s.up({ label: 'up after drift' })
  drift('a-1', 6)
  sim.cloud.delete('b-1')
  await s.up({ refresh: true, label: 'up --refresh' })
  drift('a-1', 7)
  await s.refresh({ runProgram: true, label: 'refresh --run-program' })
  sim.on['read a'] = () => {
    throw new Error('no answer')
  }
  await s.refresh({ label: 'refresh failing' })
  delete sim.on['read a']
  await s.destroy({ refresh: true, label: 'destroy --refresh' })
}
