export default async ({ stack, Thing }) => {
  const s = await stack()
  const program = (v) => async () => {
    new Thing('all', { a: v, b: v }, { ignoreChanges: ['*'] })
    new Thing('tags', { tags: { a: v, b: v }, other: 1 }, { ignoreChanges: ['tags.*'] })
    new Thing('one', { tags: { a: v, b: v } }, { ignoreChanges: ['tags.a'] })
    new Thing('quoted', { tags: { 'a.b': v, c: 1 } }, { ignoreChanges: ['tags["a.b"]'] })
    new Thing('elements', { l: [{ x: v, y: 1 }, { x: v, y: 1 }] }, { ignoreChanges: ['l[*].x'] })
    new Thing('index', { l: [v, v] }, { ignoreChanges: ['l[1]'] })
    new Thing('missing', { tags: v === 1 ? {} : { added: 1 } }, { ignoreChanges: ['tags.added'] })
    new Thing('removed', { tags: v === 1 ? { gone: 1 } : {} }, { ignoreChanges: ['tags.gone'] })
    new Thing('longer', { l: v === 1 ? [1] : [1, 2] }, { ignoreChanges: ['l[*]'] })
  }
  await s.up(program(1))
  await s.preview(program(2))
  await s.up(program(2), { label: 'up changed' })
  await s.up(async () => {
    new Thing('all', { a: 3 }, { ignoreChanges: ['a['] })
  }, { label: 'up malformed path' })
}
