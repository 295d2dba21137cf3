// One stack over a model cloud, and operations on it as the Automation API would ask for them.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import rehearsalCommand, { type RehearsalCommand } from '../../../../rehearsal/command.ts'
import { type ImportFile } from '../../../../rehearsal/engine/operations/import/import-file.ts'
import { replay } from '../../../../rehearsal/engine/state/journal.ts'
import { MemoryStore } from '../../../../rehearsal/memory-store.ts'
import { settle } from '../../../../rehearsal/settle.ts'
import {
  type JournalEntry,
  LeaseLostError,
  type ResourceV3,
  type StackRef,
  type StackUpdate
} from '../../../../rehearsal/store.ts'
import { type Call, ModelCloud } from './model-cloud.ts'
import { type Program } from './random-program.ts'
import { importId, RawPrograms } from './raw-program.ts'

const ref = { project: 'test', stack: 'dev' }
const env = { PULUMI_CONFIG_PASSPHRASE: 'correct horse' }

/** A store that takes nothing more once the engine is dead, and is never done at once. */
class MortalStore extends MemoryStore {
  dead = false
  /** Characters of the journal's entries so far. */
  written = 0

  override async begin (of: StackRef): Promise<StackUpdate> {
    const update = await super.begin(of)
    const alive = (): void => {
      if (this.dead) throw new LeaseLostError('the engine is dead')
    }
    return {
      append: async (entries: JournalEntry[]) => {
        await setImmediate()
        alive()
        this.written += JSON.stringify(entries).length
        await update.append(entries)
      },
      finish: async (deployment, history) => {
        alive()
        await update.finish(deployment, history)
      },
      release: async () => {
        alive()
        await update.release()
      }
    }
  }
}

/** The end of an operation. */
export interface Ended {
  /** `died`: the engine did, in a call to the cloud. */
  how: 'succeeded' | 'failed' | 'died'
  text: string
  /** Calls that took effect, in order. */
  calls: Call[]
  /** Steps by their operation, as the history has them. */
  changes: Record<string, number>
}

export class World {
  readonly cloud = new ModelCloud()
  readonly #store = new MortalStore()
  readonly #programs = new RawPrograms()
  readonly #command: RehearsalCommand
  #folder = ''

  constructor () {
    this.#command = rehearsalCommand({ store: this.#store, providers: this.cloud.source })
    this.cloud.died = () => {
      this.#store.dead = true
    }
  }

  async open (): Promise<void> {
    this.#folder = await mkdtemp(join(tmpdir(), 'windlass-random-'))
    await writeFile(join(this.#folder, 'Pulumi.yaml'), 'name: test\nruntime: nodejs\n')
    await this.#programs.start()
    await this.#store.create(ref)
  }

  async close (): Promise<void> {
    this.#programs.close()
    await rm(this.#folder, { recursive: true, force: true })
  }

  /** Puts into the cloud what a program imports. */
  prepare (program: Program): void {
    for (const spec of program.filter(({ imported }) => imported)) {
      const id = importId(spec)
      const account = program.find(({ name }) => name === spec.provider)?.fixed
      this.cloud.things.set(id, {
        id,
        urn: '',
        name: spec.name,
        account: account === undefined ? '' : String(account),
        inputs: { v: spec.v, fixed: spec.fixed }
      })
    }
  }

  async run (
    operation: 'up' | 'preview' | 'destroy' | 'refresh',
    program: Program,
    ...flags: string[]
  ): Promise<Ended> {
    this.#programs.program = program
    const approval = operation === 'preview' ? [] : ['--yes', '--skip-preview']
    return this.#carryOut([
      operation,
      ...approval,
      '--stack',
      'dev',
      `--client=${this.#programs.address}`,
      ...flags
    ])
  }

  /** Imports the resources of a file, as the Automation API writes it. */
  async import (file: ImportFile, ...flags: string[]): Promise<Ended> {
    const path = join(this.#folder, 'import.json')
    await writeFile(path, JSON.stringify(file))
    return this.#carryOut([
      'import',
      '--yes',
      '--skip-preview',
      '--file',
      path,
      '--generate-code=false',
      '--stack',
      'dev',
      ...flags
    ])
  }

  async #carryOut (line: string[]): Promise<Ended> {
    this.cloud.calls = []
    const ended = (how: Ended['how'], text: string): Ended => ({
      how,
      text,
      calls: this.cloud.calls,
      changes: {}
    })
    try {
      const { stdout } = await this.#command.run(line, this.#folder, env)
      const [last] = await this.#store.history(ref)
      return { ...ended('succeeded', stdout), changes: last?.resourceChanges ?? {} }
    } catch (error) {
      if (error instanceof LeaseLostError) return ended('died', '')
      return ended('failed', String(error))
    }
  }

  /** Goes on after the engine has died: what was pending is settled, as before every operation. */
  async recover (): Promise<void> {
    this.#store.dead = false
    this.cloud.revive()
    await this.#store.unlock(ref)
    await settle({ store: this.#store, ref, providers: this.cloud.source, env })
  }

  /** Characters that operations have written to the journal so far. */
  get written (): number {
    return this.#store.written
  }

  async unprotect (): Promise<void> {
    await this.#command.run(['state', 'unprotect', '--all', '--yes', '--stack', 'dev'], this.#folder, env)
  }

  async resources (): Promise<ResourceV3[]> {
    const { deployment, journal } = await this.#store.load(ref)
    return replay(deployment, journal)?.resources ?? []
  }
}
