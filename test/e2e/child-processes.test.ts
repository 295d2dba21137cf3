/** What the processes that the service starts are given of its secrets: nothing. */
import assert from 'node:assert/strict'
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { childEnvironment, isAllowed } from '../../automation/child-environment.ts'
import { makeInstallation } from '../fixtures/installation.ts'

/** Secrets of the service, and credentials that only live deployments need. */
const planted = {
  WINDLASS_SECRET_PLANTED: 'planted-federation-secret-0001',
  WINDLASS_SECRETS_KEY: Buffer.alloc(32, 0x5a).toString('base64'),
  OTEL_EXPORTER_OTLP_HEADERS: 'authorization=planted-trace-secret-0002',
  AWS_SECRET_ACCESS_KEY: 'planted-cloud-secret-0003',
  PGPASSWORD: 'planted-database-secret-0004',
  SMTP_PASSWORD: 'planted-other-secret-0005'
}
const values = [...Object.values(planted), 'planted-']

interface Process {
  pid: number
  parent: number
  command: string
  environment: string
}

/** All processes of this machine that this user may look at. */
async function processes (): Promise<Process[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const found = await Promise.all(pids.map(async (pid): Promise<Process | undefined> => {
    // One that ended meanwhile, or is another user's, has nothing to read.
    const read = (file: string) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => undefined)
    const [stat, command, environment] = await Promise.all([read('stat'), read('cmdline'), read('environ')])
    const parent = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[1]
    if (parent === undefined || command === undefined || environment === undefined) return undefined
    return { pid: Number(pid), parent: Number(parent), command, environment }
  }))
  return found.filter((one) => one !== undefined)
}

/** The descendants of a process, and the PostgreSQL of its data folder, which is no child. */
async function startedBy (pid: number, folder: string): Promise<Process[]> {
  const all = await processes()
  const own = new Set([pid])
  const server = all.find(({ command }) => command.includes(folder) && command.includes('postgres'))
  if (server) own.add(server.pid)
  for (let before = 0; before < own.size;) {
    before = own.size
    for (const one of all) if (own.has(one.parent)) own.add(one.pid)
  }
  own.delete(pid)
  return all.filter((one) => own.has(one.pid))
}

/** A CLI that notes the environments that it was started with. */
async function noticing (folder: string): Promise<string> {
  const bin = join(folder, 'bin')
  await mkdir(bin, { recursive: true })
  const file = join(bin, 'pulumi')
  await writeFile(file, `#!/bin/sh\nenv >> '${folder}/noticed'\necho v3.270.0\n`)
  await chmod(file, 0o755)
  return bin
}

suite('child processes', { skip: process.platform !== 'linux' }, () => {
  test('no process that the service starts has a secret of it', { timeout: 120_000 }, async () => {
    const installation = await makeInstallation({
      database: 'embedded',
      environment: async (folder) => ({
        ...planted,
        WINDLASS_WORKERS: '1',
        WINDLASS_LIVE: 'on',
        PATH: `${await noticing(folder)}:${process.env['PATH'] ?? ''}`
      })
    })
    try {
      const { pid, url } = await installation.start()
      assert.equal((await fetch(`${url}/readyz`)).status, 200)
      const children = await startedBy(pid, installation.folder)
      const commands = children.map(({ command }) => command.replaceAll('\0', ' '))
      assert.ok(commands.some((command) => command.includes('unit-host')), commands.join('\n'))
      assert.ok(commands.some((command) => command.includes('postgres')), commands.join('\n'))
      for (const { command, environment } of children) {
        const live = command.includes('unit-host')
        // Hosts of live deployments have the credentials of the clouds.
        const text = live ? environment.replaceAll(planted.AWS_SECRET_ACCESS_KEY, '') : environment
        for (const value of values) {
          assert.ok(!command.includes(value), command)
          assert.ok(!text.includes(value), `${command}: ${environment}`)
        }
      }
      const noticed = (await readFile(join(installation.folder, 'noticed'), 'utf8'))
        .replaceAll(planted.AWS_SECRET_ACCESS_KEY, '')
      for (const value of values) assert.ok(!noticed.includes(value), noticed)
    } finally {
      await installation.close()
    }
  })

  test('each kind of child gets what its table names, and nothing else', () => {
    const names = [
      ...Object.keys(planted),
      'DATABASE_URL',
      'WINDLASS_SERVICE_SECRET_X',
      'PULUMI_CONFIG_PASSPHRASE',
      'PULUMI_CONFIG_PASSPHRASE_FILE',
      'GITHUB_TOKEN',
      'NPM_TOKEN',
      'SLACK_WEBHOOK'
    ]
    for (const kind of ['postgres', 'unit-host', 'live-unit-host', 'pulumi'] as const) {
      const cloud = kind === 'live-unit-host' || kind === 'pulumi'
      assert.deepEqual(names.filter((name) => isAllowed(kind, name)), cloud ? ['AWS_SECRET_ACCESS_KEY'] : [])
      assert.equal(childEnvironment(kind, { PATH: '/bin', OTHER: 'x' })['PATH'], '/bin')
      assert.equal(childEnvironment(kind, { PATH: '/bin', OTHER: 'x' })['OTHER'], undefined)
    }
  })
})
