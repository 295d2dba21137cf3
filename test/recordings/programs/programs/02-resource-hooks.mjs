// Hooks around create, update, delete; one that fails; hooks on a component and in a destroy that
// runs the program.
export default async ({ pulumi, stack, Thing, Group, record }) => {
  const s = await stack()
  let seen = []
  const program = (color, { fail, gone } = {}) => async () => {
    seen = []
    const hook = (name) =>
      new pulumi.ResourceHook(name, (args) => {
        seen.push(
          `${name} ${args.name} ${JSON.stringify(args.newInputs ?? null)} ${
            JSON.stringify(args.oldInputs ?? null)
          } ${JSON.stringify(args.newOutputs?.out ?? null)}`
        )
        if (fail === name) throw new Error(`the ${name} hook says no`)
      }, { onDryRun: name === 'beforeCreate' })
    const hooks = {
      beforeCreate: [hook('beforeCreate')],
      afterCreate: [hook('afterCreate')],
      beforeUpdate: [hook('beforeUpdate')],
      afterUpdate: [hook('afterUpdate')],
      beforeDelete: [hook('beforeDelete')],
      afterDelete: [hook('afterDelete')]
    }
    if (!gone) new Thing('a', { color }, { hooks })
    new Group('g', () => {}, { hooks: { afterCreate: [hook('componentAfterCreate')] } })
  }
  const told = (label) => record(label, async () => seen)
  await s.preview(program('red'))
  await told('hooks seen by preview')
  await s.up(program('red'))
  await told('hooks seen by create')
  await s.up(program('blue'), { label: 'up update' })
  await told('hooks seen by update')
  await s.up(program('green', { fail: 'beforeUpdate' }), { label: 'up failing hook' })
  await told('hooks seen by failing update')
  await s.up(program('green', { gone: true }), { label: 'up delete' })
  await told('hooks seen by delete')
  await s.up(program('red'), { label: 'up again' })
  await s.destroy({ runProgram: true, label: 'destroy --run-program' })
  await told('hooks seen by destroy')
}
