// Functions with transforms, in both forms.
export default async ({ pulumi, stack }) => {
  const s = await stack()
  await s.up(async () => {
    pulumi.runtime.registerInvokeTransform((args) => ({
      args: { ...args.args, added: 'by transform' },
      opts: args.opts
    }))
    const plain = await pulumi.runtime.invoke('sim:index:look', { a: 1 })
    const output = pulumi.runtime.invokeOutput('sim:index:look', { b: pulumi.secret('x') })
    return { plain, output }
  })
}
