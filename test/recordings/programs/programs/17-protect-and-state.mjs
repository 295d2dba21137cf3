// Protected resources, and the state commands.
export default async ({ stack, Thing, Group }) => {
  const s = await stack()
  const urn = (name, type = 'sim:index:Thing') => `urn:pulumi:dev::programs::${type}::${name}`
  await s.up(async () => {
    const a = new Thing('a', { v: 1 }, { protect: true })
    new Thing('b', { dep: a.out })
    new Thing('c', { v: 1 })
    new Group('g', (self) => {
      new Thing('child', {}, { parent: self })
    }, { protect: true })
  })
  await s.previewDestroy()
  await s.destroy({ label: 'destroy refused' })
  await s.destroy({ excludeProtected: true, label: 'destroy --exclude-protected' })
  await s.cli('state', 'unprotect', urn('a'), '--yes')
  await s.cli('state', 'protect', urn('a'), '--yes')
  await s.cli('state', 'unprotect', '--all', '--yes')
  await s.cli('state', 'taint', urn('a'), '--yes')
  await s.up(async () => {
    const a = new Thing('a', { v: 1 })
    new Thing('b', { dep: a.out })
  }, { label: 'up after taint' })
  await s.cli('state', 'untaint', '--all', '--yes')
  await s.cli('state', 'rename', urn('b'), 'b2', '--yes')
  await s.cli('state', 'delete', urn('a'), '--yes')
  await s.cli('state', 'delete', urn('b2'), '--yes')
  await s.cli('state', 'repair', '--yes')
}
