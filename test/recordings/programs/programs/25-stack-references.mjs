export default async ({ pulumi, stack }) => {
  const base = await stack('base', { project: 'one' })
  await base.up(async () => ({ plain: 'p', hidden: pulumi.secret('h'), deep: { list: [1, { k: 'v' }] } }))
  const s = await stack('dev', { project: 'two' })
  const program = async () => {
    const r = new pulumi.StackReference('organization/one/base')
    const named = new pulumi.StackReference('alias', { name: 'organization/one/base' })
    return {
      plain: r.getOutput('plain'),
      hidden: r.requireOutput('hidden'),
      deep: named.outputs.apply((o) => o.deep),
      details: r.getOutputDetails('hidden').then((d) => Object.keys(d).filter((k) => d[k] !== undefined)),
      missing: r.getOutput('none')
    }
  }
  await s.preview(program)
  await s.up(program)
  await s.up({ label: 'up again' })
  await s.up(
    async () => ({ v: new pulumi.StackReference('organization/one/base').getOutputValue('plain') }),
    { label: 'up getOutputValue' }
  )
  await s.up(async () => ({ v: new pulumi.StackReference('organization/one/nothing').getOutput('x') }), {
    label: 'up no such stack'
  })
  await s.up(async () => ({ v: new pulumi.StackReference('organization/one/base').requireOutput('none') }), {
    label: 'up no such output'
  })
  await s.refresh()
}
