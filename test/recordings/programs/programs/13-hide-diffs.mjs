export default async ({ stack, Thing }) => {
  const s = await stack()
  const program = (v) => async () => {
    new Thing('a', { big: { text: v }, small: v }, { hideDiffs: ['big', 'big.text'] })
  }
  await s.up(program('one'), { full: true })
  await s.up(program('two'), { full: true, label: 'up changed', diff: true })
}
