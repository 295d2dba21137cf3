// A component that the provider's package constructs, with a dependency and a child of the program.
export default async ({ pulumi, stack, Thing, sim }) => {
  const s = await stack()
  class Remote extends pulumi.ComponentResource {
    constructor (name, args, opts) {
      super('sim:index:Remote', name, { child: undefined, size: undefined, ...args }, opts, true)
    }
  }
  const program = async () => {
    const a = new Thing('a', {})
    const r = new Remote('r', { given: a.out }, { dependsOn: [a] })
    new Thing('after', { dep: r.child }, { parent: r })
    return { size: r.size }
  }
  await s.preview(program)
  await s.up(program)
  await s.destroy()
}
