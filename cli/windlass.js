#!/usr/bin/env node
// Runs windlass.ts on the Node that this package brings (optionalDependencies in package.json): the
// machine's own may be too old to run TypeScript.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const brought = join(here, '..', 'node_modules', '.bin', process.platform === 'win32' ? 'node.exe' : 'node')
const node = existsSync(brought) ? brought : process.execPath

// Earlier versions cannot run TypeScript, and their error does not say so.
if (node === process.execPath && Number(process.versions.node.split('.', 1)[0]) < 24) {
  process.stderr.write(
    `windlass: Node 24 is needed, and this is ${process.version}: run npm ci in ${join(here, '..')}, ` +
      `which installs it\n`
  )
  process.exit(1)
}

const child = spawn(node, [join(here, 'windlass.ts'), ...process.argv.slice(2)], { stdio: 'inherit' })
// A terminal sends its signals to both; a signal that was sent to this process only is passed on.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    child.kill(signal)
  })
}
child.on('error', (error) => {
  process.stderr.write(`windlass: ${node} cannot be run: ${error.message}\n`)
  process.exit(1)
})
child.on('exit', (code, signal) => {
  process.exit(code ?? 128 + (constants.signals[signal] ?? 0))
})
