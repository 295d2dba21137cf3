// The engine's naming configuration as providers get it, and tags of the stack.
export default async ({ stack, Thing }) => {
  const s = await stack()
  const program = async () => {
    new Thing('a', {})
    new Thing('b', {}, {}, 'sim:other:Thing')
  }
  await s.up(program)
  for (
    const [label, config] of [
      ['verbatim', { mode: 'verbatim' }],
      ['pattern', { pattern: '${project}-${stack}-${name}' }],
      ['disabled', { mode: 'disabled' }],
      ['by provider', {
        mode: 'default',
        providers: { sim: { pattern: '${name}-x', resources: { 'sim:other:Thing': { mode: 'verbatim' } } } }
      }],
      ['malformed', { mode: 'sometimes' }]
    ]
  ) {
    await s.call(`configure ${label}`, async (x) => {
      await x.setAllConfigJson(
        JSON.stringify({
          'pulumi:autonaming': { value: JSON.stringify(config), objectValue: config, secret: false }
        })
      )
    })
    await s.up({ label: `up ${label}` })
  }
}
