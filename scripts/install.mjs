// Installs what is missing, before every npm script. Plain JavaScript, since the Node that runs it
// may be the machine's own (20): what it installs brings the Node that runs the rest. It installs
// only when the lock file differs from what was installed: `npm ci` deletes node_modules under
// whatever runs.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const stamp = join(root, 'node_modules', '.windlass-lock')
const wanted = createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).digest('hex')
const installed = existsSync(stamp) ? readFileSync(stamp, 'utf8') : ''
const node = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node')

if (installed !== wanted || !existsSync(node)) {
  console.error('installing dependencies (npm ci)…')
  const npm = process.env.npm_execpath
  // Warnings only: npm reports each package that wants a newer Node than the machine's own, which
  // none of them will run on.
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error']
  const result = npm
    ? spawnSync(process.execPath, [npm, ...args], { cwd: root, stdio: ['ignore', 2, 2] })
    : spawnSync('npm', args, { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' })
  if (result.status !== 0) {
    console.error(
      `npm ci failed (${
        result.error?.message ?? `exit code ${result.status}`
      }): check the connection to the package registry and try again`
    )
    process.exit(1)
  }
  if (!existsSync(node)) {
    console.error(
      `no Node.js 24 package was installed for ${process.platform} on ${process.arch}: install Node.js ` +
        '24 yourself and run the command again'
    )
    if (Number(process.versions.node.split('.')[0]) < 24) process.exit(1)
  }
  writeFileSync(stamp, wanted)
}
