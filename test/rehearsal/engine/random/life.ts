// One random life of a stack: ups, edits, failures, deaths of the engine, and its end.
import assert from 'node:assert/strict'
import { type ResourceV3 } from '../../../../rehearsal/store.ts'
import { Chance } from './chance.ts'
import { Left, assertDeletedInOrder, assertStateIsCloud, comparable } from './invariants.ts'
import { type Fault, type Operation } from './model-cloud.ts'
import { type Program, edited, randomProgram, unprotected } from './random-program.ts'
import { type Ended, World } from './world.ts'

/** Most edits of one life; each is tried with a fault and without. */
const mostEdits = 3
const operations: readonly Operation[] = ['create', 'update', 'delete']
const kinds: readonly Fault['kind'][] = ['fail', 'fail', 'unready', 'die before', 'die after']

/** Ways in which an up may read what is there; most do not. */
const refreshFlags: readonly string[][] = [[], [], [], ['--refresh'], ['--refresh', '--run-program']]
const refreshSalt = 0x51ed270b

const accounts = (program: Program): string =>
  JSON.stringify(program.filter(({ kind }) => kind === 'provider').map(({ name, fixed }) => [name, fixed]))

/** A world with what it left on purpose. */
class Life {
  readonly world = new World()
  readonly left = new Left()
  #reached: Program = []

  /** Runs an operation, and checks what holds after any. */
  async run (
    operation: 'up' | 'destroy' | 'preview' | 'refresh',
    program: Program,
    ...flags: string[]
  ): Promise<Ended> {
    const before = await this.world.resources()
    // Two kinds of runs leave resources of a provider that is replaced to the new one, as the real
    // engine does: one that reads them as the program registers them (their state has the new
    // provider then), and one after a run that failed (it compares the new provider with itself).
    const replaces = accounts(this.#reached) !== accounts(program)
    if (replaces && flags.includes('--run-program')) this.world.cloud.accountsMatter = false
    const ended = await this.world.run(operation, program, ...flags)
    if (ended.how === 'succeeded') this.#reached = program
    else {
      this.world.cloud.forget(ended.calls)
      if (replaces) this.world.cloud.accountsMatter = false
    }
    if (ended.how === 'died') await this.world.recover()
    const after = await this.world.resources()
    this.left.note(before, after)
    assertStateIsCloud(after, this.world.cloud, this.left, { inputs: ended.how === 'succeeded' })
    assertDeletedInOrder(before, ended, this.left)
    return ended
  }

  /**
   * Brings the stack to a program. A replacement that protection refuses takes place once nothing
   * is protected; resolves with the program that it came to.
   */
  async reach (program: Program, ...flags: string[]): Promise<Program> {
    const ended = await this.run('up', program, ...flags)
    if (ended.how === 'succeeded') return program
    assert.match(ended.text, /protect/, ended.text)
    const free = unprotected(program)
    const again = await this.run('up', free, ...flags)
    if (again.how === 'succeeded') return free
    // What has to go before its dependency is replaced is protected until it is registered.
    assert.match(again.text, /protect/, again.text)
    await this.world.unprotect()
    const last = await this.run('up', free, ...flags)
    assert.equal(last.how, 'succeeded', last.text)
    return free
  }

  /** A second up makes no call and no change. */
  async assertSettled (program: Program): Promise<void> {
    const again = await this.run('up', program)
    assert.deepEqual(
      [again.how, again.calls, Object.keys(again.changes).filter((op) => op !== 'same')],
      ['succeeded', [], []],
      `a second up does nothing: ${again.text}`
    )
  }

  /** A refresh makes no call that changes anything, and finds what is there. */
  async assertRefreshes (program: Program, ...flags: string[]): Promise<void> {
    const before = comparable(withoutEmptyLists(await this.world.resources()))
    const ended = await this.run('refresh', program, ...flags)
    assert.deepEqual([ended.how, ended.calls], ['succeeded', []], ended.text)
    const after = comparable(withoutEmptyLists(await this.world.resources()))
    assert.deepEqual(after, before, 'a refresh finds what is there')
  }

  async assertEnds (program: Program, ...flags: string[]): Promise<void> {
    const free = await this.reach(unprotected(program))
    const ended = await this.run('destroy', free, ...flags)
    assert.equal(ended.how, 'succeeded', ended.text)
    assert.deepEqual(await this.world.resources(), [], 'a destroy leaves nothing in the state')
  }
}

/** Resources without lists of properties that depend on nothing, which a refresh leaves out. */
function withoutEmptyLists (resources: readonly ResourceV3[]): ResourceV3[] {
  return resources.map(({ propertyDependencies = {}, ...resource }) => ({
    ...resource,
    propertyDependencies: Object.fromEntries(
      Object.entries(propertyDependencies).filter(([, urns]) => urns.length > 0)
    )
  } as ResourceV3))
}

function randomFaults (chance: Chance, program: Program, gone: Program): Fault[] {
  const names = [...program, ...gone].filter(({ kind }) => kind === 'custom').map(({ name }) => name)
  return Array.from({ length: chance.between(1, 3) }, () => ({
    operation: chance.pick(operations) ?? 'create',
    name: chance.pick(names) ?? '',
    kind: chance.pick(kinds) ?? 'fail'
  }))
}

/**
 * Lives a life twice: with faults and without. After each edit both have come to the same, a second
 * up is empty, and at the end a destroy leaves nothing.
 */
export async function live (
  seed: number,
  size: number,
  say: (line: string) => void = () => undefined
): Promise<void> {
  const chance = new Chance(seed)
  // Chances of their own: what else happens in a life of this seed does not depend on them.
  const refreshes = new Chance(seed ^ refreshSalt)
  const [tried, spared] = [new Life(), new Life()]
  const lives = [tried, spared]
  try {
    for (const { world } of lives) await world.open()
    let program = randomProgram(chance, size)
    for (const { world } of lives) world.prepare(program)
    let before: Program = []
    for (let edit = 0; edit <= mostEdits; edit++) {
      const parallel = `--parallel=${chance.between(1, 8)}`
      const flags = chance.oneIn(4) ? [parallel, '--continue-on-error'] : [parallel]
      const reads = refreshes.pick(refreshFlags) ?? []
      tried.world.cloud.faults = randomFaults(chance, program, before)
      say(`edit ${edit}, ${[...flags, ...reads].join(' ')}: ${JSON.stringify(tried.world.cloud.faults)}`)
      if (chance.oneIn(3)) await tried.run('preview', program, ...flags)
      const faulty = await tried.run('up', program, ...flags, ...reads)
      say(`  ${faulty.how} after ${faulty.calls.length} calls`)
      tried.world.cloud.faults = []
      const reached = await spared.reach(program, parallel)
      await tried.reach(reached, parallel)
      assert.deepEqual(
        comparable(await tried.world.resources()),
        comparable(await spared.world.resources()),
        'interrupted equals uninterrupted'
      )
      if (refreshes.oneIn(2)) {
        await tried.assertRefreshes(reached, parallel, ...refreshes.oneIn(2) ? ['--run-program'] : [])
      }
      await tried.assertSettled(reached)
      before = reached
      program = edited(chance, reached, `e${edit}x`)
    }
    await tried.assertEnds(before, ...refreshes.oneIn(2) ? ['--run-program'] : [])
  } finally {
    for (const { world } of lives) await world.close()
  }
}
