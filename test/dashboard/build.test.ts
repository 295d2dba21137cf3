import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { buildDashboard } from '../../scripts/dashboard.ts'
import { repository } from '../../scripts/service-process.ts'

const built = join(repository, 'dashboard', 'dist')

/** Bytes of script, compressed by gzip, that the first view may load. */
const mostScript = 200_000

test('a build is reused; the first view loads less than 200 kB of script, none of it inline', async () => {
  await buildDashboard()
  assert.equal(await buildDashboard(), false)
  const page = await readFile(join(built, 'index.html'), 'utf8')
  assert.doesNotMatch(page, /<script(?![^>]* src=)[^>]*>|<style|style=|https?:/)
  const names = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map(([, name]) => name ?? '')
  assert.ok(names.length > 0)
  let bytes = 0
  for (const name of names) bytes += gzipSync(await readFile(join(built, name))).length
  assert.ok(bytes > 20_000 && bytes < mostScript, `${bytes} bytes of script`)
})
