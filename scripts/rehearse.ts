/**
 * `npm run rehearse`: starts the service with a data folder of its own on a free port, launches all
 * phases of Nautilus (or of the federation given: `-- NAME`) in a fresh world over HTTP, phase by
 * phase or as an ordering says (`-- NAME pipelined`), shows the progress, and prints a report.
 * Exits with 0 when every unit succeeded and took as long in its world as the plan predicted,
 * otherwise with 1 and the reason. A missed time target is a finding, not a failure.
 */
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from '../cli/client.ts'
import { ProblemError } from '../cli/errors.ts'
import { deviations } from '../cli/view/virtual.ts'
import { watch } from '../cli/watch.ts'
import { orderings } from '../contract/words.ts'
import { reportOf } from './rehearsal-report.ts'
import { type Service, repository, startService } from './service-process.ts'

const [federation = 'nautilus', given = 'phased'] = process.argv.slice(2)
const ordering = orderings.find((one) => one === given)
if (!ordering) {
  console.error(`there is no ordering ${given}: expected ${orderings.join(' or ')}`)
  process.exit(2)
}
// A folder of its own: a service of this checkout that runs would otherwise be a peer of this one.
const dataFolder = join(repository, '.windlass', 'rehearsal')
const interrupted = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    interrupted.abort(new Error(`stopped by ${signal}`))
  })
}

async function rehearse (service: Service): Promise<number> {
  const client = new Client(service.url, interrupted.signal)
  const plan = await client.plan(federation, { operation: 'up', ordering })
  console.log(
    `rehearsing ${federation}: ${plan.units.length} units in 8 phases, in a fresh world, at ${service.url}\n`
  )
  // A rehearsal that was cut off goes on by itself, and nobody waits for it.
  for (const { id, status } of (await client.deployments(100)).items) {
    if (['queued', 'running', 'waiting'].includes(status)) await client.cancel(id)
  }
  const started = performance.now()
  const deployment = await client.launch(
    { federation, operation: 'up', ordering, rehearsal: { world: 'fresh' } },
    `rehearse-${process.pid}-${Date.now()}`
  )
  const exitCode = await watch(client, deployment, {
    stdout: process.stdout,
    stderr: process.stderr,
    environment: process.env,
    signal: interrupted.signal
  }, { json: false, wait: true, verbose: false })
  const wallSeconds = (performance.now() - started) / 1000
  const [final, units] = [await client.deployment(deployment.id), await client.units(deployment.id)]
  const validation = await client.validation(deployment.id).catch((error: unknown) => {
    if (error instanceof ProblemError && error.problem.code === 'validation-not-found') return undefined
    throw error
  })
  for (
    const line of reportOf({
      plan,
      deployment: final,
      units,
      policyFindings: await client.policyFindings(deployment.id),
      wallSeconds,
      ...(validation && { validation })
    })
  ) console.log(line)
  const off = deviations(units)
  return exitCode === 0 && off.length === 0 ? 0 : 1
}

const keptLines = 20
/** Last lines of the service's log, for when it cannot be started or reached. */
const lastLines: string[] = []
let exitCode = 1
let service: Service | undefined
try {
  await access(join(repository, 'federations', `${federation}.yaml`)).catch(() => {
    throw new Error(`there is no federation ${federation}: expected a file federations/${federation}.yaml`)
  })
  console.log('starting the service (PostgreSQL included)…')
  service = await startService({
    dataFolder,
    environment: {
      WINDLASS_FEDERATIONS: join(repository, 'federations'),
      ...(process.env['WINDLASS_WORKERS'] && { WINDLASS_WORKERS: process.env['WINDLASS_WORKERS'] })
    },
    onLine: (line) => {
      lastLines.push(line)
      if (lastLines.length > keptLines) lastLines.shift()
    },
    signal: interrupted.signal
  })
  exitCode = await rehearse(service)
} catch (error) {
  console.error(`the rehearsal failed: ${error instanceof Error ? error.message : String(error)}`)
  if (lastLines.length > 0 && !interrupted.signal.aborted) {
    console.error(`the service's last lines:\n${lastLines.join('\n')}`)
  }
} finally {
  await service?.stop()
}
process.exit(exitCode)
