import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import * as words from '../../contract/words.ts'
import { catalog } from '../../programs/catalog.ts'

suite('words', () => {
  test('the catalog has the phases of the contract, in their order', () => {
    assert.deepEqual(catalog.map(({ name }) => name), words.phaseNames)
    assert.deepEqual(catalog.map(({ number }) => number), words.phaseNames.map((_, index) => index + 1))
    assert.equal(words.lastPhase, catalog.length)
  })

  test('lists that choose from another hold only words of it', () => {
    const parts: [part: readonly string[], whole: readonly string[]][] = [
      [words.gatedOperations, words.operations],
      [words.scheduledOperations, words.operations],
      [words.clouds, words.faultClouds],
      [words.endedStatuses, words.deploymentStatuses],
      [words.findingEnforcements, words.enforcements]
    ]
    for (const [part, whole] of parts) {
      assert.deepEqual(part.filter((word) => !whole.includes(word)), [])
    }
  })

  test('no list has a word twice', () => {
    for (const [name, list] of Object.entries(words)) {
      if (Array.isArray(list)) assert.equal(new Set<string>(list).size, list.length, name)
    }
  })
})
