import * as fs from 'node:fs'
import * as path from 'node:path'

/** Files and folders below a folder, with their contents: JSON where it is JSON, text otherwise. */
export function fileTree (folder) {
  return walk(folder).map(({ path: relative, full }) => {
    if (!full) return { path: relative }
    let content
    try {
      content = fs.readFileSync(full, 'utf8')
    } catch {
      return { path: relative, gone: true }
    }
    try {
      return { path: relative, json: JSON.parse(content) }
    } catch {
      return { path: relative, text: content }
    }
  })
}

function walk (folder, base = folder) {
  if (!fs.existsSync(folder)) return []
  return fs.readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const full = path.join(folder, entry.name)
      const relative = path.relative(base, full)
      return entry.isDirectory()
        ? [{ path: relative + '/' }, ...walk(full, base)]
        : [{ path: relative, full }]
    })
}

/** The nearest node_modules from a folder upwards. */
function nearestModules (folder) {
  for (let at = folder;; at = path.dirname(at)) {
    const found = path.join(at, 'node_modules')
    if (fs.existsSync(found)) return fs.realpathSync(found)
    if (at === path.dirname(at)) throw new Error(`no node_modules above ${folder}`)
  }
}

/** Writes a policy pack into a folder: its rules, and the code that applies them. */
export function writePolicyPack (folder, pack) {
  fs.mkdirSync(folder, { recursive: true })
  fs.writeFileSync(path.join(folder, 'PulumiPolicy.yaml'), 'runtime: nodejs\n')
  fs.writeFileSync(
    path.join(folder, 'package.json'),
    JSON.stringify({ name: pack.name, version: '0.0.1', type: 'commonjs' })
  )
  fs.writeFileSync(path.join(folder, 'pack.json'), JSON.stringify(pack))
  fs.symlinkSync(nearestModules(import.meta.dirname), path.join(folder, 'node_modules'))
  fs.copyFileSync(path.join(import.meta.dirname, 'policy-pack.cjs'), path.join(folder, 'index.js'))
}
