/**
 * Runs schemathesis against the running service: requests made from the OpenAPI document, right and
 * wrong ones, over every operation. Fails on a 5xx, on a status, header or body that the document
 * does not describe, on wrong requests that are taken. Skipped, and said so, only where pip reaches
 * no index.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { partOfNautilus } from './part-of-nautilus.ts'
import { startService } from './service-process.ts'

/** Its checks differ between versions. */
const schemathesis = 'schemathesis==4.32.5'
/**
 * Seconds: fuzzing ends by its number of examples in about one minute; a machine that is busy gets
 * twice as long.
 */
const budget = 100

/**
 * Statuses that a wrong request may be answered with: a long one is cut off by its size before it
 * is looked at.
 */
const rejections =
  '[checks.negative_data_rejection]\nexpected-statuses = [400, 401, 403, 404, 405, 406, 409, 413, 415, ' +
  '422, 429, 431]\n'

async function run (command: string, args: string[], folder: string): Promise<number> {
  const child = spawn(command, args, { cwd: folder, stdio: 'inherit' })
  return await once(child, 'exit').then(([code]) => code as number | null ?? 1, () => 127)
}

/** The Python that has schemathesis, or undefined when none can be made. */
async function installed (folder: string): Promise<string | undefined> {
  const python = join(folder, 'venv', 'bin', 'python')
  if (await run('python3', ['-m', 'venv', join(folder, 'venv')], folder) !== 0) return undefined
  return await run(python, [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--disable-pip-version-check',
      '--retries',
      '1',
      schemathesis
    ], folder) === 0
    ? python
    : undefined
}

const folder = await mkdtemp(join(tmpdir(), 'windlass-check-api-'))
try {
  // The embedded PostgreSQL of a service that root runs belongs to another user, who must be able
  // to get there.
  await chmod(folder, 0o755)
  const python = await installed(folder)
  if (python === undefined) {
    console.error(
      `SKIPPED: ${schemathesis} cannot be installed here (python3 with venv, and an index that pip ` +
        'reaches, are needed): the running service was NOT checked against its document.'
    )
  } else {
    await writeFile(join(folder, 'schemathesis.toml'), rejections)
    const federations = await partOfNautilus(folder, ['nautilus-primary-us-east'])
    const service = await startService({
      dataFolder: join(folder, 'data'),
      environment: { WINDLASS_FEDERATIONS: federations, WINDLASS_WORKERS: '1', WINDLASS_LOG_LEVEL: 'error' },
      onLine: (line) => {
        if (line.includes('"level":50')) console.error(line)
      }
    })
    try {
      process.exitCode = await run(python, [
        '-m',
        'schemathesis.cli',
        'run',
        `${service.url}/openapi.json`,
        '--seed',
        '1',
        '--generation-deterministic',
        '--max-examples',
        '10',
        '--max-time',
        String(budget),
        '--request-timeout',
        '20',
        // Not: whether all that fits the schemas is taken, since rules that span fields (phases
        // from and to, what is deployed) are 400 and 409; and whether anonymous callers are
        // refused, since this service has none.
        '--continue-on-failure',
        '--no-shrink',
        '--no-color',
        '--warnings',
        'off',
        '--checks',
        'all',
        '--exclude-checks',
        'ignored_auth,positive_data_acceptance',
        ...process.argv.slice(2)
      ], folder)
    } finally {
      await service.stop()
    }
  }
} finally {
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
}
