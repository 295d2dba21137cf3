// Secrets nested in inputs, outputs of components and of the stack; additionalSecretOutputs;
// unsecret; secret configuration in objects.
export default async ({ pulumi, stack, Thing, Group }) => {
  const s = await stack('dev', { config: { plain: 'p', hidden: { value: 'h1dden', secret: true } } })
  await s.call('config path', async (x) => {
    await x.setConfig('obj.inner.key', { value: 'deep', secret: true }, true)
    await x.setConfig('obj.list[0]', { value: 'zero' }, true)
    return await x.getAllConfig()
  })
  const program = async () => {
    const config = new pulumi.Config()
    const a = new Thing('a', {
      nestedIn: { deep: [pulumi.secret('x'), 'y'] },
      whole: config.requireSecret('hidden'),
      obj: config.requireSecretObject('obj')
    }, { additionalSecretOutputs: ['out', 'nested'] })
    const b = new Thing('b', {
      from: a.out,
      open: pulumi.unsecret(a.out),
      joined: pulumi.interpolate`${a.id}:${a.out}`
    })
    class C extends pulumi.ComponentResource {
      constructor () {
        super('programs:index:C', 'c', { given: pulumi.secret(1) })
        this.registerOutputs({ hidden: pulumi.secret({ k: 'v' }), list: [1, pulumi.secret(2)] })
      }
    }
    new C()
    return {
      top: a.out,
      nested: { in: { list: [b.from, 'open'] } },
      number: pulumi.secret(42),
      nothing: pulumi.secret(null),
      open: b.open
    }
  }
  await s.preview(program)
  await s.up(program, { full: true })
  await s.call('outputs', (x) => x.outputs())
  await s.cli('stack', 'output', '--json')
  await s.cli('stack', 'output', 'top', '--show-secrets')
  await s.up(async () => {
    const a = new Thing('a', { nestedIn: { deep: ['x', 'y'] } })
    return { top: a.out }
  }, { label: 'up without secrets' })
}
