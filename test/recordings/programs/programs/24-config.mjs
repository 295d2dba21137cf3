// Configuration: paths, secrets in objects, all at once, another file, project defaults, tags and
// engine settings.
import { writeFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
export default async ({ pulumi, auto, stack, Thing, root }) => {
  const s = await stack('dev', {
    project: 'configured',
    settings: {
      config: {
        withDefault: { type: 'string', default: 'from the project' },
        size: { type: 'integer', default: 3 },
        'sim:region': 'west',
        list: { type: 'array', items: { type: 'string' }, default: ['a', 'b'] }
      }
    }
  })
  const program = async () => {
    const c = new pulumi.Config()
    return {
      withDefault: c.get('withDefault'),
      size: c.getNumber('size'),
      list: c.getObject('list'),
      region: new pulumi.Config('sim').get('region'),
      a: c.getObject('a'),
      token: c.getSecret('token')
    }
  }
  await s.up(program)
  await s.call('setAllConfig', async (x) => {
    await x.setAllConfig({
      'a.b': { value: '1' },
      'a.c[0]': { value: 'true' },
      'a.s': { value: 's', secret: true },
      token: { value: 't', secret: true }
    }, true)
    return await x.getAllConfig()
  })
  await s.call('getConfig path', (x) => x.getConfig('a.c[0]', true))
  await s.call('getConfig missing', (x) => x.getConfig('none'))
  await s.call('setAllConfigJson', async (x) => {
    await x.setAllConfigJson(
      JSON.stringify({ 'configured:j': { value: '{"k":1}', objectValue: { k: 1 }, secret: false } })
    )
    return await x.getAllConfig()
  })
  await s.up({ label: 'up with config' })
  await s.call('setConfig of the wrong type', async (x) => {
    await x.setConfig('size', { value: 'many' })
  })
  await s.up({ label: 'up wrong type' })
  await s.call('removeAllConfig', async (x) => {
    await x.removeAllConfig(['size', 'a'], false)
    return Object.keys(await x.getAllConfig())
  })
  await s.call('refreshConfig', async (x) => Object.keys(await x.refreshConfig()))
  const file = join(root, 'other.yaml')
  writeFileSync(file, 'config:\n  configured:withDefault: from another file\n')
  await s.up({ configFile: file, label: 'up --config-file' })
  await s.call('config numbers', setNumbers)
}

/** Texts that look like something else. */
const texts = {
  n: '1.5',
  big: '12345678901234567890',
  zero: '007',
  yes: 'yes',
  t: 'true',
  empty: '',
  multi: 'a\nb: c',
  unicode: 'ü☃'
}

async function setNumbers (stack) {
  for (const [key, value] of Object.entries(texts)) await stack.setConfig(`t:${key}`, { value })
  const { config } = await stack.workspace.stackSettings('dev')
  return { all: await stack.getAllConfig(), file: config }
}
