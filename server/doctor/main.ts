/** The process that `windlass doctor` starts: examines the machine and prints one JSON document. */
import { forgetConfig } from '../forget-config.ts'
import { examine } from './examine.ts'

const environment = { ...process.env }
// The Pulumi CLI is started for its version and its plugins.
forgetConfig(process.env)
const examination = await examine(environment)
process.stdout.write(`${JSON.stringify(examination)}\n`, () => {
  // Open handles of a check that hangs must not keep the process alive.
  process.exit(0)
})
