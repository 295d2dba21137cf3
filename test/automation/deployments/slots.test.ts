import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { type Share, Slots, type Turn } from '../../../automation/deployments/run/slots.ts'

/** A deployment that wants hosts for units of its own, and holds those that it got. */
interface Player {
  share: Share
  turn: Turn
  wanted: string[]
  held: number
  /** It takes part no more, but may hold hosts still. */
  left: boolean
}

/** What was given to whom, in order; `before`: the players' state when it was. */
interface Grant {
  to: Player
  before: readonly { player: Player, wanted: number, held: number }[]
}

function table (size: number) {
  const slots = new Slots(size)
  const players: Player[] = []
  const grants: Grant[] = []
  const start = (to: Player) => (unit: string) => {
    grants.push({
      to,
      before: players.map((player) => ({ player, wanted: player.wanted.length, held: player.held }))
    })
    to.wanted = to.wanted.filter((one) => one !== unit)
    to.held++
    return true
  }
  let units = 0
  return {
    slots,
    players,
    grants,
    join (share: Share): Player {
      const player: Player = { share, turn: slots.enter(share), wanted: [], held: 0, left: false }
      players.push(player)
      return player
    },
    ask (player: Player, count: number) {
      if (player.left) return
      player.wanted = Array.from({ length: count }, () => `u${units++}`)
      player.turn.want(player.wanted, start(player))
    },
    give (player: Player) {
      player.held--
      player.turn.give()
    }
  }
}

const share = (federation: string, caller = 'one', live = false): Share => ({ federation, caller, live })
const anyShare: fc.Arbitrary<Share> = fc.record({
  live: fc.boolean(),
  federation: fc.constantFrom('a', 'b', 'c', 'd'),
  caller: fc.constantFrom('x', 'y', 'z')
})
const moves = fc.array(
  fc.record({
    kind: fc.constantFrom('join', 'ask', 'ask', 'give', 'give', 'give', 'leave'),
    share: anyShare,
    pick: fc.nat(1_000),
    count: fc.integer({ min: 0, max: 12 })
  }),
  { minLength: 20, maxLength: 200 }
)

/** Plays moves at random and gives what was granted. */
function play (size: number, all: typeof moves extends fc.Arbitrary<infer T> ? T : never) {
  const game = table(size)
  for (const { kind, share: of, pick, count } of all) {
    const player = game.players[pick % Math.max(1, game.players.length)]
    if (kind === 'join' || !player) game.join(of)
    else if (kind === 'ask') game.ask(player, count)
    else if (kind === 'give') {
      const holding = game.players.filter(({ held }) => held > 0)
      const one = holding[pick % Math.max(1, holding.length)]
      if (one) game.give(one)
    } else {
      game.ask(player, 0)
      player.turn.leave()
      player.left = true
    }
    const held = game.players.reduce((sum, one) => sum + one.held, 0)
    const wanted = game.players.reduce((sum, one) => sum + one.wanted.length, 0)
    assert.ok(held <= size)
    assert.ok(game.slots.free === 0 || wanted === 0, 'no host is idle while somebody waits for one')
  }
  return game
}

suite('hosts', () => {
  test('of federations, callers and deployments, who has fewest is given the next host', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), moves, (size, all) => {
        for (const { to, before } of play(size, all).grants) {
          const heldBy = (same: (one: Share) => boolean) =>
            before.filter(({ player }) => same(player.share)).reduce((sum, { held }) => sum + held, 0)
          const inClass = before.filter(({ player, wanted }) =>
            wanted > 0 && player.share.live === to.share.live
          )
          const federation = (of: Share) => (one: Share) =>
            one.live === of.live && one.federation === of.federation
          const caller = (of: Share) => (one: Share) => federation(of)(one) && one.caller === of.caller
          for (const { player } of inClass) {
            assert.ok(heldBy(federation(to.share)) <= heldBy(federation(player.share)))
            if (!federation(to.share)(player.share)) continue
            assert.ok(heldBy(caller(to.share)) <= heldBy(caller(player.share)))
          }
        }
      }),
      { numRuns: 200, seed: 5 }
    )
  })

  test('a federation that waits without a host gets one after one turn of each other', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1, maxLength: 60 }),
        fc.array(fc.nat(1_000), { minLength: 50, maxLength: 50 }),
        (size, federations, ends) => {
          const game = table(size)
          for (const [n, federation] of federations.entries()) {
            game.ask(game.join(share(federation, `${n}`)), 20)
          }
          const late = game.join(share('late'))
          game.ask(late, 3)
          const from = game.grants.length
          for (const end of ends) {
            if (late.held > 0) break
            const holding = game.players.filter(({ held }) => held > 0)
            const one = holding[end % holding.length]
            if (one) game.give(one)
          }
          const others = game.grants.slice(from).findIndex(({ to }) => to === late)
          assert.ok(late.held > 0 && others <= new Set(federations).size, `${others} came before`)
        }
      ),
      { numRuns: 200, seed: 5 }
    )
  })

  test('live work gets the next host, and rehearsals get one after eight', () => {
    const game = table(1)
    const rehearsals = Array.from({ length: 50 }, (_, n) => game.join(share('a', `${n}`)))
    for (const one of rehearsals) game.ask(one, 5)
    const live = game.join(share('b', 'one', true))
    game.ask(live, 30)
    const given: boolean[] = []
    for (let n = 0; n < 20; n++) {
      const holder = game.players.find(({ held }) => held > 0) ?? assert.fail()
      const before = game.grants.length
      game.give(holder)
      given.push(game.grants[before]?.to.share.live ?? assert.fail())
    }
    assert.equal(given.slice(0, 8).every(Boolean), true)
    assert.deepEqual([given[8], given.slice(9, 17).every(Boolean), given[17]], [false, true, false])
  })

  test('a unit that does not wait any more costs no host, and the next is started', () => {
    const slots = new Slots(1)
    const started: string[] = []
    const turn = slots.enter(share('a'))
    turn.want(['gone', 'there', 'later'], (unit) => {
      if (unit === 'gone') return false
      started.push(unit)
      return true
    })
    assert.deepEqual([started, slots.free], [['there'], 0])
    turn.want([], () => false)
    turn.leave()
    turn.give()
    assert.equal(slots.free, 1)
  })
})
