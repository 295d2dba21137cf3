// Transforms of the stack, of a component (for its children), of a resource; synchronous and
// asynchronous; the old transformations; one that fails.
export default async ({ pulumi, stack, Thing, Group }) => {
  const s = await stack()
  await s.up(async () => {
    pulumi.runtime.registerResourceTransform((args) => ({
      props: { ...args.props, byStack: `${args.type} ${args.name}` },
      opts: args.opts
    }))
    pulumi.runtime.registerResourceTransform(async (args) => {
      await new Promise((done) => setTimeout(done, 10))
      return args.type !== 'sim:index:Thing'
        ? undefined
        : {
          props: { ...args.props, later: pulumi.secret('hidden') },
          opts: pulumi.mergeOptions(args.opts, { ignoreChanges: ['later'] })
        }
    })
    const a = new Thing('a', { color: 'red' }, {
      transforms: [
        ({ props, opts }) => ({ props: { ...props, color: 'blue' }, opts: { ...opts, protect: true } })
      ]
    })
    const g = new Group('g', (self) => {
      new Thing('child', { dep: a.out }, { parent: self })
    }, {
      transforms: [
        (args) =>
          args.name === 'child'
            ? {
              props: {
                ...args.props,
                byParent: 'yes',
                depTwice: pulumi.interpolate`${args.props.dep}/${args.props.dep}`
              },
              opts: pulumi.mergeOptions(args.opts, {
                dependsOn: [a],
                additionalSecretOutputs: ['out'],
                customTimeouts: { create: '3m' }
              })
            }
            : undefined
      ]
    })
    new Thing('old', { color: 'red' }, {
      parent: g,
      transformations: [({ props, opts }) => ({ props: { ...props, old: true }, opts })]
    })
    return { a: a.id }
  })
  await s.up(async () => {
    new Thing('a', {}, {
      transforms: [() => {
        throw new Error('a transform that fails')
      }]
    })
  }, { label: 'up failing transform' })
}
