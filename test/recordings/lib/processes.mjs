import { readFileSync, readdirSync } from 'node:fs'

/** Ends the CLI process of an operation, a direct child of this process, without warning. */
export function killOperation (operation) {
  for (const { pid, command } of childrenOf(process.pid)) {
    if (command.includes(operation)) process.kill(pid, 'SIGKILL')
  }
}

function childrenOf (parent) {
  const children = []
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      if (Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === parent) {
        children.push({
          pid: Number(name),
          command: readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0')
        })
      }
    } catch { /* The process has ended. */ }
  }
  return children
}
