// What callers see: change summaries, the text of every operation, expectNoChanges, messages, a
// stash.
export default async ({ pulumi, stack, Thing, Group }) => {
  const s = await stack()
  const program = (v) => async () => {
    const g = new Group('g', (self) => {
      new Thing('child', { v, fixed: v }, { parent: self })
    })
    const st = new pulumi.Stash('st', { input: v }, { parent: g })
    await pulumi.log.warn('watch out', g)
    return { stashed: st.output, v }
  }
  await s.preview(program(1), { full: true })
  await s.up(program(1), { full: true, message: 'the first' })
  await s.up(program(2), { full: true, label: 'up changed' })
  await s.up({ expectNoChanges: true, label: 'up no changes' })
  await s.preview(program(3), { expectNoChanges: true, label: 'preview expectNoChanges' })
  await s.previewDestroy({ full: true })
  await s.refresh({ full: true })
  await s.call(
    'info',
    (x) =>
      x.info().then(({ kind, message, result, resourceChanges, environment }) => ({
        kind,
        message,
        result,
        resourceChanges,
        environment: Object.keys(environment).filter((k) => !/^(git|vcs|ci)\./.test(k)).sort()
      }))
  )
  await s.destroy({ full: true })
}
