// Resources that are read, not managed: found, missing, with state, of a component; then becoming
// managed.
export default async ({ pulumi, stack, Thing, sim }) => {
  sim.cloud.set('there', {
    inputs: { color: 'red' },
    state: { color: 'red', out: 'there-out', list: [], nested: { deep: 1 } }
  })
  const s = await stack()
  await s.preview(async () => {
    const g = new Thing('got', {}, { id: 'there' })
    return { out: g.out }
  })
  await s.up(async () => {
    const g = new Thing('got', { hint: 1 }, { id: 'there', additionalSecretOutputs: ['out'] })
    const a = new Thing('a', { dep: g.out, id: g.id })
    return { out: g.out, dep: a.out }
  })
  await s.up({ label: 'up again' })
  await s.refresh()
  await s.up(async () => {
    new Thing('got', {}, { id: 'nowhere' })
  }, { label: 'up missing' })
  await s.up(async () => {
    new Thing('got', { color: 'red' })
  }, { label: 'up now managed' })
  await s.up(async () => {
    new Thing('got', {}, { id: pulumi.output(Promise.resolve('there')) })
  }, { label: 'up read again' })
  await s.destroy()
}
