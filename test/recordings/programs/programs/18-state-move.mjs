export default async ({ stack, Thing }) => {
  const s = await stack()
  const t = await stack('other')
  await s.up(async () => {
    new Thing('a', {})
    new Thing('b', {})
  })
  await t.up(async () => {
    new Thing('x', {})
  })
  await t.call('pulumi state move', async (x) => {
    await x.workspace.pulumiCommand.run(
      [
        'state',
        'move',
        '--yes',
        '--source',
        'organization/programs/dev',
        '--dest',
        'organization/programs/other',
        'urn:pulumi:dev::programs::sim:index:Thing::a'
      ],
      x.workspace.workDir,
      { ...x.workspace.envVars }
    )
  }, { state: true })
  await s.call('state of the source', async () => {}, { state: true })
}
