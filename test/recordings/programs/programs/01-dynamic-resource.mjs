// A dynamic resource: the provider is a closure of the program.
export default async ({ pulumi, stack }) => {
  const provider = {
    async check (olds, news) {
      return {
        inputs: { ...news, checked: true },
        failures: news.size > 9 ? [{ property: 'size', reason: 'too large' }] : []
      }
    },
    async diff (id, olds, news) {
      return {
        changes: olds.size !== news.size || olds.kind !== news.kind,
        replaces: olds.kind !== news.kind ? ['kind'] : [],
        deleteBeforeReplace: true
      }
    },
    async create (inputs) {
      return { id: `made-${inputs.kind}`, outs: { ...inputs, doubled: inputs.size * 2 } }
    },
    async update (id, olds, news) {
      return { outs: { ...news, doubled: news.size * 2 } }
    },
    async read (id, props) {
      return { id, props }
    },
    async delete () {}
  }
  class Made extends pulumi.dynamic.Resource {
    constructor (name, args, opts) {
      super(provider, name, { doubled: undefined, ...args }, opts, 'made', 'Thing')
    }
  }
  const s = await stack()
  const program = (size, kind) => async () => {
    const a = new Made('a', { size, kind, password: pulumi.secret('s3cret') })
    return { doubled: a.doubled, id: a.id }
  }
  await s.preview(program(1, 'x'))
  await s.up(program(1, 'x'))
  await s.up(program(2, 'x'), { label: 'up update' })
  await s.up(program(2, 'y'), { label: 'up replace' })
  await s.up(program(10, 'y'), { label: 'up check failure' })
  await s.refresh()
  await s.destroy()
}
