import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { describe, test } from 'node:test'
import { reserved } from '../../../automation/federation/reserved.ts'
import { federationSchema } from '../../../automation/federation/schema.ts'

const readme = await readFile(new URL('../../../federations/README.md', import.meta.url), 'utf8')

/** Every property name that a schema has, at any depth. */
function fields (schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return []
  const own = 'properties' in schema && typeof schema.properties === 'object' && schema.properties !== null
    ? Object.entries(schema.properties)
    : []
  const items: unknown = 'items' in schema ? schema.items : undefined
  return [...own.flatMap(([name, value]) => [name, ...fields(value)]), ...fields(items)]
}

/** The README's words in code marks, split at dots. */
const words = new Set(
  [...readme.matchAll(/`([^`]+)`/g)].flatMap(([, code]) => [code ?? '', ...(code ?? '').split('.')])
)
/** Areas are told in prose, where they are values too. */
const prose = ['us', 'eu', 'asia']

describe('the README of the federations', () => {
  test('names every field of the schema', () => {
    assert.deepEqual(
      [...new Set(fields(federationSchema))].filter((field) => !words.has(field) && !prose.includes(field)),
      []
    )
  })

  test('names everything that is reserved', () => {
    assert.deepEqual(reserved.map((entry) => entry.path.at(-1) ?? '').filter((name) => !words.has(name)), [])
  })
})
