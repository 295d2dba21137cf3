// An error hook retries a failing create once, then gives up.
export default async ({ pulumi, stack, Thing, sim, record }) => {
  const s = await stack()
  let seen = []
  const program = (retries) => async () => {
    seen = []
    new Thing('a', { color: 'red' }, {
      hooks: {
        onError: [
          new pulumi.ErrorHook('retry', (args) => {
            seen.push(`${args.failedOperation} ${args.errors.length}`)
            return seen.length <= retries
          })
        ]
      }
    })
  }
  let left = 1
  sim.on['create a'] = ({ preview }) => {
    if (!preview && left-- > 0) throw new Error('not yet')
  }
  await s.up(program(3), { label: 'up retried' })
  await record('hook calls', async () => seen)
  await s.destroy()
  left = 9
  await s.up(program(2), { label: 'up given up' })
  await record('hook calls', async () => seen)
}
