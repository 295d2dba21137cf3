// Functions: both forms, unknown arguments in previews, dependsOn, secrets, failures; methods of
// resources.
export default async ({ pulumi, stack, Thing, sim }) => {
  const s = await stack()
  const program = async () => {
    const a = new Thing('a', { v: 1 })
    const direct = await pulumi.runtime.invoke('sim:index:look', { n: 1, s: pulumi.secret('x') })
    const later = pulumi.runtime.invokeOutput('sim:index:look', { from: a.out })
    const waits = pulumi.runtime.invokeOutput('sim:index:waits', { k: 1 }, { dependsOn: [a] })
    const b = new Thing('b', { later: later.apply((r) => r.echo.from), waits: waits.apply((r) => r.k) })
    return { direct, later, waits, b: b.id }
  }
  await s.preview(program)
  await s.up(program)
  sim.on['invoke sim:index:look'] = () => ({
    return: {},
    failures: [{ property: 'n', reason: 'must be even' }]
  })
  await s.up(program, { label: 'up failures' })
  sim.on['invoke sim:index:look'] = () => {
    throw new Error('out of order')
  }
  await s.up(program, { label: 'up error' })
  delete sim.on['invoke sim:index:look']
  await s.up(async () => {
    const a = new Thing('a', { v: 1 })
    return { called: pulumi.runtime.call('sim:index:Thing/method', { x: a.out }, a) }
  }, { label: 'up method call' })
}
