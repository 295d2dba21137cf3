import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type PulumiCommand } from '@pulumi/pulumi/automation/index.js'
import { Redactor } from '../../../automation/redaction/redactor.ts'
import { traced } from '../../../automation/stacks/traced-command.ts'
import { tracedProviders } from '../../../automation/stacks/traced-providers.ts'
import { UnitSpans } from '../../../automation/stacks/unit-spans.ts'
import { type SpanRecord, traceparentOf } from '../../../automation/tracing/context.ts'
import { type Provider, ProviderError } from '../../../rehearsal/provider.ts'

const trace = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7', sampled: true }
const urn = 'urn:pulumi:s::windlass::aws:kms/key:Key::k'
const type = 'aws:kms/key:Key'

function unitSpans () {
  const sent: SpanRecord[] = []
  const batches: number[] = []
  const redactor = new Redactor()
  const spans = new UnitSpans({
    trace,
    redactor,
    send: async (more) => {
      sent.push(...more)
      batches.push(more.length)
    }
  })
  const named = (name: string) =>
    sent.find((span) => span.name === name) ??
      assert.fail(`${name}: ${sent.map((span) => span.name).join(', ')}`)
  return { spans, sent, batches, redactor, named }
}
const event = (what: string, op: string, more: Record<string, unknown> = {}) =>
  ({
    type: `resource.${what}` as const,
    phase: 1,
    unit: 'u',
    urn,
    op,
    resource: { type, name: 'k' },
    ...more
  }) as Parameters<UnitSpans['observe']>[0][number]
const succeeded = { unit: 'u', outcome: { status: 'succeeded' } }

test(
  "a provider's call is below its resource, that below the command, that below the host, whichever of " +
    'engine and provider is heard first',
  async () => {
    for (const callFirst of [true, false]) {
      const { spans, sent, named } = unitSpans()
      const provider = {
        create: async () => ({ id: '1', properties: {} }),
        check: async () => ({ inputs: {}, failures: [] })
      } as unknown as Provider
      const connected = await tracedProviders({ connect: async () => provider }, spans).connect('aws')
      const subject = { urn, type, name: 'k' }
      let handed = ''
      const command = {
        run: async (_args: string[], _cwd: string, env: Record<string, string>) => {
          handed = env['TRACEPARENT'] ?? ''
          await connected?.check({ ...subject, olds: {}, news: {}, randomSeed: new Uint8Array() })
          if (!callFirst) spans.observe([event('started', 'create-replacement')])
          await connected?.create({ ...subject, properties: {}, timeout: 0, preview: false })
          if (callFirst) spans.observe([event('started', 'create-replacement')])
          // Of the replacement as a whole: no work of its own.
          spans.observe([
            event('succeeded', 'create-replacement'),
            event('started', 'replace'),
            event('succeeded', 'replace')
          ])
        }
      } as unknown as PulumiCommand
      await (traced(command, spans) as unknown as { run(...values: unknown[]): Promise<void> }).run(
        ['stack', 'init', '--x'],
        '/',
        {}
      )
      await spans.close(succeeded)
      assert.deepEqual(sent.map(({ name }) => name).sort(), [
        'engine stack init',
        'host run',
        'provider create',
        'resource create'
      ])
      assert.deepEqual(
        ['provider create', 'resource create', 'engine stack init', 'host run'].map((name) =>
          named(name).parent
        ),
        [
          named('resource create').spanId,
          named('engine stack init').spanId,
          named('host run').spanId,
          trace.spanId
        ]
      )
      assert.equal(handed, traceparentOf({ ...trace, spanId: named('engine stack init').spanId }))
      assert.deepEqual(named('resource create').attributes, {
        'pulumi.urn': urn,
        'pulumi.type': type,
        'pulumi.op': 'create-replacement'
      })
      for (const span of sent) assert.ok(span.traceId === trace.traceId && span.end >= span.start)
      assert.ok(named('resource create').start <= named('provider create').start || callFirst)
    }
  }
)

test('what failed says why, without the secrets that the unit has learnt until then', async () => {
  const { spans, redactor, named, sent } = unitSpans()
  const provider = {
    delete: async () => {
      throw new ProviderError('the password hunter22 is wrong', { code: 7 })
    },
    invoke: async () => ({ return: {}, failures: [] })
  } as unknown as Provider
  const connected = await tracedProviders({ connect: async () => provider }, spans).connect('aws')
  await connected?.invoke({ tok: 'aws:index/getRegion:getRegion', args: {}, preview: false })
  await assert.rejects(async () =>
    connected?.delete({ urn, type, name: 'k', id: '1', properties: {}, oldInputs: {}, timeout: 0 })
  )
  spans.observe([event('failed', 'delete-replaced', { message: 'not with hunter22' })])
  redactor.learn('hunter22')
  await spans.close({
    unit: 'u',
    outcome: {
      status: 'failed',
      error: { code: 'resource-failed', message: 'k: hunter22', retryable: false }
    }
  })
  assert.deepEqual(named('provider delete').error, {
    code: 'grpc-7',
    message: 'the password [secret] is wrong'
  })
  assert.deepEqual(named('resource delete').error, { code: 'resource-failed', message: 'not with [secret]' })
  assert.equal(named('provider delete').parent, named('resource delete').spanId)
  assert.equal(named('provider invoke').parent, named('host run').spanId)
  assert.equal(named('host run').error?.message, 'k: [secret]')
  assert.doesNotMatch(JSON.stringify(sent), /hunter22/)
})

test('a flood of spans is cut and counted, and the important ones are kept', async () => {
  const { spans, sent, batches, named } = unitSpans()
  await spans.command('engine up', async () => {
    for (let n = 0; n < 6_000; n++) {
      const one = `${urn}${n}`
      spans.observe([event('started', 'create', { urn: one })])
      spans.call({ name: 'provider create', start: 0, attributes: {} }, {
        urn: one,
        type,
        deletes: false,
        method: 'create'
      })
      spans.observe([event('succeeded', 'create', { urn: one })])
    }
  })
  await spans.close(succeeded)
  assert.ok(sent.length <= 5_002, String(sent.length))
  assert.ok(Math.max(...batches) <= 200)
  assert.ok(Number(named('host run').attributes['windlass.spans.dropped']) > 0)
  assert.ok(named('engine up'))
})

test('work that was cut off is told as unfinished', async () => {
  const { spans, named } = unitSpans()
  spans.observe([event('started', 'update')])
  await spans.close({ unit: 'u', outcome: { status: 'canceled' } })
  assert.equal(named('resource update').attributes['windlass.unfinished'], true)
  assert.equal(named('host run').attributes['windlass.result'], 'canceled')
})
