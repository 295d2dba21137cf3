// Assets and archives of every kind; changed contents.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
export default async ({ pulumi, stack, Thing, root }) => {
  const folder = join(root, 'files')
  mkdirSync(join(folder, 'sub'), { recursive: true })
  writeFileSync(join(folder, 'a.txt'), 'alpha')
  writeFileSync(join(folder, 'sub', 'b.txt'), 'beta')
  const { FileAsset, StringAsset, RemoteAsset, FileArchive, AssetArchive } = pulumi.asset
  const s = await stack()
  const program = async () => {
    new Thing('text', { asset: new StringAsset('hello') })
    new Thing('file', { asset: new FileAsset(join(folder, 'a.txt')) })
    new Thing('remote', { asset: new RemoteAsset(`file://${join(folder, 'a.txt')}`) })
    new Thing('folder', { archive: new FileArchive(folder) })
    new Thing('nested', {
      archive: new AssetArchive({
        one: new StringAsset('1'),
        dir: new FileArchive(join(folder, 'sub')),
        more: new AssetArchive({ two: new FileAsset(join(folder, 'a.txt')) })
      }),
      list: [{ in: new StringAsset('deep') }],
      hidden: pulumi.secret(new StringAsset('hidden'))
    })
  }
  await s.preview(program)
  await s.up(program)
  await s.up({ label: 'up unchanged' })
  writeFileSync(join(folder, 'sub', 'b.txt'), 'gamma')
  await s.up({ label: 'up changed file' })
  await s.up(async () => {
    new Thing('missing', { asset: new FileAsset(join(folder, 'none.txt')) })
  }, { label: 'up missing file' })
}
