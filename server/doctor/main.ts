/**
 * The process that `windlass doctor` starts: examines the machine as the service would find it and
 * prints what it found, as one JSON document.
 */
import { examine } from './examine.ts'

const examination = await examine(process.env)
process.stdout.write(`${JSON.stringify(examination)}\n`, () => {
  // What a check left open that hangs must not keep it.
  process.exit(0)
})
