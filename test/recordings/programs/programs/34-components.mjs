// A component tree with many parents, protect inheritance, and outputs registered late.
export default async ({ pulumi, stack, Thing, Group }) => {
  const s = await stack()
  const program = (v) => async () => {
    const outer = new Group('outer', (self) => {
      const inner = new Group('inner', (me) => {
        new Thing('leaf', { v }, { parent: me })
        new Thing('leaf2', { v }, { parent: me, protect: false })
      }, { parent: self })
      new Thing('sibling', { v }, { parent: self, dependsOn: [inner] })
    }, { protect: v === 1 })
    class Late extends pulumi.ComponentResource {
      constructor (name, opts) {
        super('programs:index:Late', name, {}, opts)
      }
      async initialize () {
        await new Promise((done) => setTimeout(done, 20))
        new Thing('late-child', { v }, { parent: this })
        return {}
      }
    }
    const late = new Late('late')
    new Thing('waits', { v }, { dependsOn: [outer, late], parent: late })
    class Data extends pulumi.ComponentResource {
      constructor () {
        super('programs:index:Data', 'data', { in: v, secretIn: pulumi.secret(v) })
        this.registerOutputs(pulumi.output({ late: v }))
      }
    }
    new Data()
  }
  await s.up(program(1))
  await s.up(program(2), { label: 'up changed' })
  await s.destroy()
}
