import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseHooks } from '../../automation/hooks/file.ts'
import { standardSignature } from '../../automation/hooks/signature.ts'
import { SettingsError } from '../../automation/settings/errors.ts'
import { judgeKey, judgeSecret } from '../../automation/signing-key.ts'

const base64 = (length: number) => Buffer.alloc(length, 0xfb).toString('base64')
const wrong = (judged: ReturnType<typeof judgeKey>): string => 'wrong' in judged ? judged.wrong : ''

/** A variable that a shell or a template was to replace. */
const unexpanded = (name: string) => `\${${name}}`

/** Values that cannot be keys, and a word of the reason. */
const refused: [string | undefined, RegExp][] = [
  [undefined, /no value/],
  ['', /no value/],
  ['\r\n', /no value/],
  ['   ', /no value/],
  ['short', /too short.*5 bytes, expected 16/],
  ['fifteen-letters', /too short/],
  ['sixteen-letters-\nand-a-line', /control character/],
  ['sixteen-letters-\0', /control character/],
  ['\tsixteen-letters-', /control character/],
  [' sixteen-letters-and-more', /blanks/],
  ['sixteen-letters-and-more ', /blanks/],
  [unexpanded('GITHUB_WEBHOOK_SECRET'), /placeholder/],
  [`prefix-${unexpanded('GITHUB_WEBHOOK_SECRET:-')}`, /placeholder/],
  ['$(GITHUB_WEBHOOK_SECRET)', /placeholder/],
  ['$GITHUB_WEBHOOK_SECRET', /placeholder/],
  ['<the secret of the hook>', /placeholder/],
  ['{{ .Values.webhookSecret }}', /placeholder/],
  [`whsec_${unexpanded('SIGNING_TOKEN')}`, /placeholder/],
  ['whsec_$(SIGNING_TOKEN)', /placeholder/],
  ['whsec_$SIGNING_TOKEN', /placeholder/],
  ['whsec_<signing-token>', /placeholder/],
  ['whsec_', /no base64/],
  ['whsec_not base64 at all, but long enough', /no base64/],
  ['whsec_!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!', /no base64/],
  [`whsec_${base64(24).slice(0, -3)}`, /no base64/],
  [`whsec_${base64(32)}=`, /no base64/],
  [`whsec_${base64(23)}`, /23 bytes, expected 24/],
  [`whsec_${'====='.repeat(10)}`, /no base64/]
]

test('a key is judged by its bytes, and what is no key is refused with the reason', () => {
  for (const [value, reason] of refused) {
    assert.match(wrong(judgeKey(value, 'standard')), reason, JSON.stringify(value))
    assert.throws(() => standardSignature(value ?? '', { id: 'i', timestamp: 1, body: '' }), RangeError)
  }
  const key = Buffer.alloc(32, 0xfb)
  for (const text of [base64(32), base64(32).replaceAll('=', ''), key.toString('base64url')]) {
    assert.deepEqual(judgeKey(`whsec_${text}`, 'standard'), { text: `whsec_${text}`, key })
  }
  // GitHub's key is the text, whatever it begins with.
  assert.deepEqual(judgeKey('whsec_0123456789', 'text'), {
    text: 'whsec_0123456789',
    key: Buffer.from('whsec_0123456789')
  })
})

test('line breaks at the end of a secret are no part of it', () => {
  for (const end of ['\n', '\r\n', '\n\n', '\r']) {
    assert.deepEqual(judgeSecret(`a secret of a file${end}`), { text: 'a secret of a file' })
    const signed = (secret: string) => standardSignature(secret, { id: 'i', timestamp: 1, body: 'b' })
    assert.equal(signed(`whsec_${base64(32)}${end}`), signed(`whsec_${base64(32)}`))
  }
})

test('hooks and their callbacks take no secret that is none, and say which variable holds it', () => {
  const text = (sender: string) =>
    `hooks: [{ name: h, sender: ${sender}, secret: one, callback: { url: "https://a.example", secret: two ` +
    '}, ' +
    'rules: [{ on: push, launch: { federation: f, operation: preview } }] }]'
  const good = 'a-secret-of-enough-bytes'
  for (const sender of ['github', 'gitlab', 'generic']) {
    const [hook] = parseHooks(text(sender), 'hooks.yaml', {
      WINDLASS_SERVICE_SECRET_ONE: `${good}\n`,
      WINDLASS_SERVICE_SECRET_TWO: good
    })
    assert.equal(hook?.key, good)
    for (const [value, reason] of refused) {
      if (value?.startsWith('whsec_') === true && sender === 'github' && !/place/.test(reason.source)) {
        continue
      }
      for (const [name, other] of [['ONE', 'TWO'], ['TWO', 'ONE']] as const) {
        assert.throws(
          () =>
            parseHooks(text(sender), 'hooks.yaml', {
              [`WINDLASS_SERVICE_SECRET_${name}`]: value,
              [`WINDLASS_SERVICE_SECRET_${other}`]: good
            }),
          (error) => {
            assert.ok(error instanceof SettingsError)
            assert.match(error.message, reason)
            assert.match(error.message, new RegExp(`WINDLASS_SERVICE_SECRET_${name} `))
            if ((value ?? '').length > 8) assert.ok(!error.message.includes(value ?? ''), 'the value is told')
            return true
          },
          `${sender} ${name} ${JSON.stringify(value)}`
        )
      }
    }
  }
})
