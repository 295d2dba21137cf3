/**
 * Writes the dashboard's types of the API (dashboard/src/api/schema.d.ts) from the OpenAPI
 * document. With `--check` it only says whether they are current (exit 1 when not).
 */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import openapiTypes, { astToString, type OpenAPI3 } from 'openapi-typescript'
import { pino } from 'pino'
import { type Automation } from '../automation/index.ts'
import { buildApp } from '../server/app.ts'

const file = join(import.meta.dirname, '..', 'dashboard', 'src', 'api', 'schema.d.ts')

/** No request is answered: the application is only asked for its document. */
const nothing = new Proxy({}, {
  get (_target, name) {
    throw new Error(`the document needs nothing of the automation room, but asked for ${String(name)}`)
  }
}) as Automation

async function current (): Promise<string> {
  const app = await buildApp({
    automation: nothing,
    logger: pino({ level: 'silent' }),
    version: '0',
    access: { kind: 'local', hosts: [] }
  })
  try {
    await app.ready()
    const types = astToString(
      await openapiTypes(app.swagger() as unknown as OpenAPI3, { defaultNonNullable: false })
    )
    return `/** Made by \`node scripts/api-types.ts\` from the OpenAPI document. */\n\n${types}`
  } finally {
    await app.close()
  }
}

const wanted = await current()
if (process.argv.includes('--check')) {
  if (wanted !== await readFile(file, 'utf8').catch(() => '')) {
    console.error(
      'dashboard/src/api/schema.d.ts is not what the OpenAPI document says: run `node scripts/api-types.ts`'
    )
    process.exit(1)
  }
} else await writeFile(file, wanted)
