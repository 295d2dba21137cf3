import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type EngineEvent } from '@pulumi/pulumi/automation/index.js'
import { Redactor } from '../../../automation/redaction/redactor.ts'
import { EventTranslator } from '../../../automation/stacks/engine-events.ts'
import { failureOf, leftoversOf } from '../../../automation/stacks/failure.ts'
import { heldMessage, retryableMessage } from '../../../automation/stacks/provider-errors.ts'

const urn = (name: string): string => `urn:pulumi:s::windlass::aws:ec2/subnet:Subnet::${name}`
const held =
  'operation error EC2: DeleteSubnet, api error DependencyViolation: The subnet has dependencies and ' +
  'cannot be deleted.'
const metadata = (op: string, name: string) => ({ op, urn: urn(name), type: 'aws:ec2/subnet:Subnet' })
const succeeded = (op: string, name: string) => ({ resOutputsEvent: { metadata: metadata(op, name) } })
const failed = (
  op: string,
  name: string,
  message: string
) => [{ diagnosticEvent: { urn: urn(name), message, severity: 'error', color: 'raw' } }, {
  resOpFailedEvent: { metadata: metadata(op, name), status: 0, steps: 0 }
}]

function observed (events: object[]) {
  const translator = new EventTranslator({ phase: 2, unit: 'infrastructure.x' }, new Redactor())
  for (const event of events) translator.translate(event as EngineEvent)
  return translator.observed
}

test('a replaced resource that is still used is left over', () => {
  assert.deepEqual(
    leftoversOf(
      observed([succeeded('create-replacement', 'a'), ...failed('delete-replaced', 'a', held)]),
      heldMessage
    ),
    [{ resource: urn('a'), message: held }]
  )
  // Left by an earlier run: the resource itself is as it should be.
  assert.equal(
    leftoversOf(observed([succeeded('same', 'a'), ...failed('delete-replaced', 'a', held)]), heldMessage)
      .length,
    1
  )
})

test('nothing is left over when anything else went wrong', () => {
  const whole = [succeeded('create-replacement', 'a'), ...failed('delete-replaced', 'a', held)]
  assert.deepEqual(leftoversOf(observed([...whole, ...failed('create', 'b', held)]), heldMessage), [])
  assert.deepEqual(
    leftoversOf(
      observed([
        succeeded('same', 'b'),
        ...whole,
        ...failed('delete-replaced', 'b', 'api error UnauthorizedOperation: You are not authorized')
      ]),
      heldMessage
    ),
    []
  )
  assert.deepEqual(leftoversOf(observed([]), heldMessage), [])
})

test('a resource to be deleted before its replacement is no leftover', () => {
  assert.deepEqual(leftoversOf(observed(failed('delete-replaced', 'a', held)), heldMessage), [])
})

test("the engine's events say why: the resource first, then the policy, then the program", () => {
  const diagnostic = (message: string, on?: string) => ({
    diagnosticEvent: { message, severity: 'error', color: 'raw', ...(on !== undefined && { urn: on }) }
  })
  const policy = {
    policyEvent: {
      resourceUrn: urn('a'),
      message: 'must be private',
      color: 'raw',
      policyName: 'p',
      policyPackName: 'windlass',
      policyPackVersion: '1',
      enforcementLevel: 'mandatory'
    }
  }
  const slow = 'Throttling: Rate exceeded'
  const cases: [object[], string, boolean, string | undefined][] = [
    [[...failed('create', 'a', 'AccessDenied'), policy], 'resource-failed', false, urn('a')],
    [failed('create', 'a', slow), 'resource-failed', true, urn('a')],
    [[policy, diagnostic('no', urn('b'))], 'policy-violated', false, urn('a')],
    [[diagnostic('the input x is missing', urn('a'))], 'resource-refused', false, urn('a')],
    [[diagnostic(slow, urn('a'))], 'resource-refused', true, urn('a')],
    [[diagnostic('TypeError: x is undefined')], 'program-failed', false, undefined],
    [[], 'engine-failed', false, undefined]
  ]
  for (const [events, code, retryable, resource] of cases) {
    const error = failureOf(new Error('code: 255'), observed(events), new Redactor(), retryableMessage)
    assert.deepEqual([error.code, error.retryable, error.resource], [code, retryable, resource])
  }
})
