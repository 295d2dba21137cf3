// Resources that exist already: the import option, and the import command of the Automation API.
export default async ({ stack, Thing, sim }) => {
  for (const id of ['found', 'other', 'third', 'fourth']) {
    sim.cloud.set(id, {
      inputs: { color: 'red', size: 1 },
      state: { color: 'red', size: 1, out: `${id}-out`, list: [], nested: {} }
    })
  }
  const s = await stack()
  await s.preview(async () => {
    new Thing('a', { color: 'red', size: 1 }, { import: 'found' })
  })
  await s.up(async () => {
    new Thing('a', { color: 'red', size: 1 }, { import: 'found' })
  }, { label: 'up import' })
  await s.up(async () => {
    new Thing('a', { color: 'red', size: 1 })
  }, { label: 'up without the option' })
  await s.up(async () => {
    new Thing('a', { color: 'red', size: 1 })
    new Thing('b', { color: 'blue', size: 1 }, { import: 'other' })
  }, { label: 'up import that differs' })
  await s.up(async () => {
    new Thing('a', { color: 'red', size: 1 })
    new Thing('b', { color: 'blue', size: 1 }, { import: 'other', ignoreChanges: ['color'] })
  }, { label: 'up import with ignoreChanges' })
  await s.up(async () => {
    new Thing('a', { color: 'red', size: 1 })
    new Thing('none', {}, { import: 'nowhere' })
  }, { label: 'up import of nothing' })
  await s.call(
    'Stack.import',
    (x) =>
      x.import({
        resources: [{ type: 'sim:index:Thing', name: 'c', id: 'third' }],
        protect: false,
        generateCode: false
      }).then(({ summary }) => ({
        kind: summary.kind,
        result: summary.result,
        changes: summary.resourceChanges
      })),
    { state: true }
  )
  await s.call(
    'Stack.import protected',
    (x) =>
      x.import({ resources: [{ type: 'sim:index:Thing', name: 'd', id: 'fourth' }], generateCode: false })
        .then(({ summary }) => summary.result),
    { state: true }
  )
}
