/** A service over a folder with one federation, whose file a test edits between launches. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { type StartOptions } from '../../../automation/index.ts'
import { type Automation, type PlanRequest } from '../../../automation/ports.ts'
import { type Deployment } from '../../../contract/deployment.ts'
import { type Plan } from '../../../contract/federation.ts'
import { type Launch } from '../../../contract/launch.ts'
import { type Operation } from '../../../contract/words.ts'
import { ended, request, start } from '../../fixtures/automation/harness.ts'
import { type Run, ScriptedRunner } from '../../fixtures/automation/scripted-runner.ts'
import { partOfNautilus } from '../../fixtures/part-of-nautilus.ts'

export const rehearsal = (world: string) => ({ world, timeScale: 0, seed: 1, faults: [] })
export const place = (world: string) => ({ mode: 'rehearsal' as const, world })

/** Live deployments, at a time that no test has to wait for. */
const live: Partial<StartOptions> = {
  live: { on: true, guarded: true },
  pulumi: { cli: { file: '/nonexistent/pulumi', version: '3.270.0' } },
  now: () => new Date('2026-11-21T12:00:00Z'),
  secretValues: Object.fromEntries(
    ['SLACK_WEBHOOK', 'PAGERDUTY_KEY', 'ALERT_EMAIL', 'WATCHDOG_URL'].map((name) => [
      `WINDLASS_SECRET_${name}`,
      `https://example.com/${name}`
    ])
  )
}

/** A service over a folder with one federation, whose file the tests edit. */
export class Edited {
  readonly automation: Automation
  readonly runner: ScriptedRunner
  readonly #pool: pg.Pool
  readonly #folder: string

  static async open (url: string): Promise<Edited> {
    const folder = await mkdtemp(join(tmpdir(), 'windlass-orphans-'))
    const federations = await partOfNautilus(folder, ['nautilus-primary-us-east'])
    const runner = new ScriptedRunner(8)
    return new Edited(await start(url, runner, { federations, ...live }), runner, url, folder)
  }

  private constructor (automation: Automation, runner: ScriptedRunner, url: string, folder: string) {
    this.automation = automation
    this.runner = runner
    this.#pool = new pg.Pool({ connectionString: url, max: 1 })
    // The end of a pool does not wait for its connections: one may still be there when the database
    // is dropped and its sessions are ended.
    this.#pool.on('error', () => undefined)
    this.#folder = folder
  }

  async close (): Promise<void> {
    await this.automation.close()
    await this.#pool.end()
    await rm(this.#folder, { recursive: true, force: true })
  }

  /**
   * Writes the file: some clusters of Nautilus with changes of other fields, or the file as it is
   * with an edit of its text.
   */
  async write (
    edit: readonly string[] | ((text: string) => string),
    changes: Record<string, unknown> = {}
  ): Promise<void> {
    if (typeof edit !== 'function') {
      await partOfNautilus(this.#folder, edit, changes)
      return
    }
    const file = join(this.#folder, 'federations', 'nautilus.yaml')
    await writeFile(file, edit(await readFile(file, 'utf8')))
  }

  /** Removes the file. */
  async remove (): Promise<void> {
    await rm(join(this.#folder, 'federations', 'nautilus.yaml'))
  }

  async plan (operation: Operation, world: string, more: Partial<PlanRequest> = {}): Promise<Plan> {
    return await this.automation.plan('nautilus', { operation, from: 1, to: 8, place: place(world), ...more })
  }

  async orphans (world: string): Promise<string[]> {
    return ((await this.plan('up', world)).orphans ?? []).map(({ unit }) => unit)
  }

  /** Launches, follows to the end, and gives what ran. */
  async launch (
    operation: Operation,
    world: string,
    more: Partial<Launch> = {}
  ): Promise<{ deployment: Deployment, runs: Run[] }> {
    this.runner.runs.length = 0
    const launched = await this.automation.launch(
      request({ operation, rehearsal: rehearsal(world), ...more })
    )
    const { deployment } = await ended(this.automation, launched.deployment.id)
    return { deployment, runs: [...this.runner.runs] }
  }

  async deployed (world: string): Promise<string[]> {
    const { rows } = await this.#pool.query<{ unit: string }>(
      'SELECT unit FROM windlass.deployed_units WHERE place = $1 ORDER BY unit',
      [`rehearsal:${world}`]
    )
    return rows.map(({ unit }) => unit)
  }
}
