import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { BackupError } from '../../automation/backup/errors.ts'
import { PriceError } from '../../automation/cost/errors.ts'
import { AutomationError } from '../../automation/errors.ts'
import { FederationError } from '../../automation/federation/errors.ts'
import { KeyError } from '../../automation/keys/errors.ts'
import { PlanError } from '../../automation/plan/errors.ts'
import { defineErrors } from '../../contract/errors.ts'
import { ProgramError } from '../../programs/errors.ts'
import { EngineError } from '../../rehearsal/engine/errors.ts'
import { HttpError } from '../../server/errors.ts'
import { published } from './published-codes.ts'

suite('a table of errors', () => {
  const KitchenError = defineErrors('KitchenError', 'KITCHEN_', {
    KITCHEN_FIRE: {
      retryable: false,
      message: ({ where }: { where: string }) => `there is a fire in ${where}`
    },
    KITCHEN_BUSY: { retryable: true, message: () => 'every pan is in use' }
  })

  test('gives errors their text, details, retryability and name by code', () => {
    const cause = new Error('a spark')
    const fire = new KitchenError('KITCHEN_FIRE', { where: 'the oven' }, { cause })
    assert.ok(fire instanceof KitchenError && fire instanceof Error)
    assert.deepEqual(
      [fire.name, fire.code, fire.message, fire.details, fire.retryable, fire.cause],
      ['KitchenError', 'KITCHEN_FIRE', 'there is a fire in the oven', { where: 'the oven' }, false, cause]
    )
    assert.ok(new KitchenError('KITCHEN_BUSY', {}).retryable)
  })

  test('refuses a code with another beginning', () => {
    const row = { retryable: false, message: () => '' }
    assert.throws(() => defineErrors('KitchenError', 'KITCHEN_', { GARDEN_FIRE: row }), /GARDEN_FIRE/)
  })

  test('has every code that was ever published', () => {
    const tables = {
      AutomationError,
      BackupError,
      EngineError,
      FederationError,
      HttpError,
      KeyError,
      PlanError,
      PriceError,
      ProgramError
    }
    for (const [name, codes] of Object.entries(published)) {
      const known: readonly string[] = tables[name as keyof typeof tables].codes
      assert.deepEqual(codes.filter((code) => !known.includes(code)), [], name)
    }
  })
})
