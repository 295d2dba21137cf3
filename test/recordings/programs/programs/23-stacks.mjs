// Stacks: rename with resources, tags, selection, lists, workspace methods.
export default async ({ auto, stack, Thing, envVars, command }) => {
  const s = await stack('dev', { config: { hidden: { value: 'h', secret: true } } })
  await s.up(async () => {
    const a = new Thing('a', { v: 1 })
    return { out: a.out }
  })
  await s.call('setTag', (x) => x.setTag('team', 'blue'))
  await s.call('getTag', (x) => x.getTag('team'))
  await s.call('listTags', (x) => x.listTags())
  await s.call(
    'rename',
    (x) =>
      x.rename({ stackName: 'renamed' }).then(({ summary }) =>
        summary && { kind: summary.kind, result: summary.result, changes: summary.resourceChanges }
      )
  )
  const r = await stack('renamed')
  await r.up({ label: 'up after rename' })
  await r.call(
    'history',
    (x) =>
      x.history().then((list) =>
        list.map(({ kind, result, message, resourceChanges }) => ({ kind, result, message, resourceChanges }))
      )
  )
  await r.call('workspace.stack', (x) => x.workspace.stack())
  await r.call(
    'listStacks',
    (x) =>
      x.workspace.listStacks().then((list) =>
        list.map(({ name, current, resourceCount, updateInProgress }) => ({
          name,
          current,
          resourceCount,
          updateInProgress
        }))
      )
  )
  await r.call(
    'listStacks all',
    (x) => x.workspace.listStacks({ all: true }).then((list) => list.map(({ name }) => name))
  )
  await r.call('whoAmI', (x) => x.workspace.whoAmI().then((w) => Object.keys(w).sort()))
  await r.call('orgGetDefault', (x) => x.orgGetDefault())
  await r.call('addEnvironments', (x) => x.addEnvironments('env'))
  await r.call('listEnvironments', (x) => x.listEnvironments())
  await r.call('listPlugins', (x) => x.workspace.listPlugins().then((list) => list.length))
  await r.cli('config', 'refresh', '--force')
  await r.cli('stack', 'graph', '/dev/null')
  await r.cli('about', '--json')
  await r.cli('logs')
  await r.destroy({ remove: true, label: 'destroy --remove' })
}
