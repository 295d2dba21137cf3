/** The process that `windlass doctor` starts: examines the machine and prints one JSON document. */
import { examine } from './examine.ts'

const examination = await examine(process.env)
process.stdout.write(`${JSON.stringify(examination)}\n`, () => {
  // Open handles of a check that hangs must not keep the process alive.
  process.exit(0)
})
