// Every form of alias.
export default async ({ pulumi, stack, Thing, Group }) => {
  const s = await stack()
  await s.up(async () => {
    for (const name of ['name', 'urn', 'twice']) new Thing(`${name}-old`, { v: 1 })
    new Thing('type', { v: 1 }, {}, 'sim:index:OldThing')
    const parent = new Group('parent-old', (self) => {
      new Thing('parent-old-child', { v: 1 }, { parent: self })
      new Thing('plain-child', { v: 1 }, { parent: self })
    })
    new Thing('leaves', { v: 1 }, { parent })
    new Thing('enters', { v: 1 })
    const typed = new Group(
      'typed',
      (self) => {
        new Thing('typed-child', { v: 1 }, { parent: self })
      },
      {},
      'programs:index:OldGroup'
    )
    new Thing('byParentUrn', { v: 1 }, { parent: typed })
  })
  const next = async () => {
    new Thing('name-new', { v: 1 }, { aliases: [{ name: 'name-old' }] })
    new Thing('urn-new', { v: 1 }, { aliases: ['urn:pulumi:dev::programs::sim:index:Thing::urn-old'] })
    new Thing('twice-new', { v: 1 }, {
      aliases: [{ name: 'never' }, { name: 'twice-older' }, { name: 'twice-old' }]
    })
    new Thing('type', { v: 1 }, { aliases: [{ type: 'sim:index:OldThing' }] })
    const parent = new Group('parent-new', (self) => {
      new Thing('parent-new-child', { v: 1 }, { parent: self })
      new Thing('plain-child', { v: 1 }, { parent: self })
    }, { aliases: [{ name: 'parent-old' }] })
    new Thing('leaves', { v: 1 }, { aliases: [{ parent }] })
    new Thing('enters', { v: 1 }, { parent, aliases: [{ parent: pulumi.rootStackResource }] })
    const typed = new Group('typed', (self) => {
      new Thing('typed-child', { v: 1 }, { parent: self })
    }, { aliases: [{ type: 'programs:index:OldGroup' }] })
    new Thing('byParentUrn', { v: 1 }, {
      parent: typed,
      aliases: [{ parent: pulumi.createUrn('typed', 'programs:index:OldGroup') }]
    })
  }
  await s.preview(next)
  await s.up(next, { label: 'up renamed' })
  await s.up({ label: 'up again' })
  await s.up(async () => {
    new Thing('name-new', { v: 1 }, { aliases: [{ stack: 'other' }, { project: 'elsewhere' }] })
    new Thing('moved', { v: 2 }, { aliases: [{ name: 'urn-new' }] })
    new Thing('moved2', { v: 1 }, { aliases: [{ name: 'urn-new' }] })
  }, { label: 'up two for one alias' })
}
