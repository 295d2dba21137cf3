export default async ({ stack, Thing, Group }) => {
  const s = await stack()
  const program = (less) => async () => {
    const home = new Thing('home', {})
    if (!less) {
      new Thing('kept', {}, { retainOnDelete: true })
      new Thing('goes-with', {}, { deletedWith: home })
      new Group('g', (self) => {
        new Thing('child', {}, { parent: self })
      }, { retainOnDelete: true, deletedWith: home })
      new Thing('replaced', { fixed: 1 }, { retainOnDelete: true })
    } else new Thing('replaced', { fixed: 2 }, { retainOnDelete: true })
  }
  await s.up(program(false))
  await s.up(program(true), { label: 'up less' })
  await s.up(program(false), { label: 'up more' })
  await s.previewDestroy()
  await s.destroy()
}
