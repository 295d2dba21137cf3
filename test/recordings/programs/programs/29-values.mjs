// Values of every shape, as inputs, outputs and stack outputs.
export default async ({ pulumi, stack, Thing, Group }) => {
  const s = await stack()
  const program = async () => {
    const a = new Thing('ünï "code" ☃', {
      empty: '',
      zero: 0,
      no: false,
      nothing: null,
      list: [],
      map: {},
      holes: [1, null, undefined, 2],
      big: 2 ** 53,
      tiny: 1e-9,
      minus: -0,
      text: 'a\n\t"b"\u0000c',
      keys: { 'a.b': 1, '': 2, 'x"y': 3, __proto: 4 },
      promise: Promise.resolve([Promise.resolve(1)]),
      deep: pulumi.output({ a: pulumi.output([pulumi.output('x')]) })
    })
    const g = new Group('g')
    const b = new Thing('b', {
      resource: a,
      component: g,
      urn: a.urn,
      ids: [a.id],
      all: pulumi.all([a.out, a.id]).apply(([x, y]) => ({ x, y }))
    })
    return {
      a,
      g,
      map: new Map([['k', 1]]),
      date: 'x',
      nested: { list: [a.out, { b: b.id }] },
      undef: undefined,
      nul: null,
      fn: 1n === 1n
    }
  }
  await s.preview(program)
  await s.up(program)
  await s.call('outputs', (x) => x.outputs())
  await s.up({ label: 'up again' })
}
