/**
 * A deployment service as a process of its own, to be killed. Arguments: the database's address,
 * the hosts, milliseconds a unit takes. Says `ready`, and the id of what it is asked to launch.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { type Launch } from '../../../contract/launch.ts'
import { start } from './harness.ts'
import { ScriptedRunner, succeeded } from './scripted-runner.ts'

const [url = '', hosts = '4', milliseconds = '100'] = process.argv.slice(2)
const runner = new ScriptedRunner(Number(hosts), async (unit, { onEvents }) => {
  onEvents([{ type: 'resource.started', phase: unit.phaseNumber, unit: unit.unit, urn: 'urn:1' }])
  await delay(Number(milliseconds))
  onEvents([{ type: 'resource.succeeded', phase: unit.phaseNumber, unit: unit.unit, urn: 'urn:1' }])
  return succeeded(unit)
})
const automation = await start(url, runner, {
  onLeaseLost: (reason) => {
    process.stderr.write(`lease lost: ${reason}\n`, () => {
      process.exit(70)
    })
  }
})
process.on('message', (message: { launch: Launch } | 'close') => {
  if (message === 'close') {
    void automation.close().then(() => {
      process.exit(0)
    })
    return
  }
  automation.launch(message.launch).then(({ deployment }) => {
    process.send?.({ launched: deployment.id })
  }, (error: Error) => {
    process.send?.({ failed: error.message })
  })
})
// Whoever started it is gone: so is the test.
process.on('disconnect', () => {
  process.exit(0)
})
process.send?.('ready')
