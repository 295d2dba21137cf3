// Explicit providers: inheritance, a changed and a replaced configuration, removal together with
// its resources, default providers switched off, stack configuration of a provider.
export default async ({ pulumi, stack, Thing, Group, sim }) => {
  const s = await stack('dev', { config: { 'sim:region': 'west' } })
  class Sim extends pulumi.ProviderResource {
    constructor (name, args, opts) {
      super('sim', name, args, opts)
    }
  }
  const program = (account, region) => async () => {
    const p = new Sim('p', { account, region })
    new Thing('a', {}, { provider: p })
    new Group('g', (self) => {
      new Thing('child', {}, { parent: self })
    }, { providers: [p] })
    new Group('h', (self) => {
      new Thing('child2', {}, { parent: self })
    }, { provider: p })
    new Thing('plain', {})
  }
  await s.up(program('1', 'a'))
  await s.up(program('1', 'b'), { label: 'up region' })
  await s.up(program('2', 'b'), { label: 'up account' })
  await s.up(async () => {
    new Thing('a', {})
    new Thing('plain', {})
  }, { label: 'up default provider' })
  await s.call(
    'disable default providers',
    (x) => x.setConfig('pulumi:disable-default-providers[0]', { value: 'sim' }, true)
  )
  await s.up({ label: 'up disabled' })
  await s.destroy()
}
