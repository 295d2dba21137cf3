// Names that `pulumi:autonaming` proposes, as pulumi's `pkg/resource/autonaming` makes them.
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { type Naming, parseAutonaming } from '../../../rehearsal/engine/plan/autonaming.ts'

const stack = { organization: 'org', project: 'shop', stack: 'dev' }
const urn = 'urn:pulumi:dev::shop::aws:s3/bucket:Bucket::logs'
const seed = new Uint8Array(32).fill(7)

function naming (setting: unknown, of = urn): Naming | undefined {
  return parseAutonaming(stack, {
    'pulumi:autonaming': { value: JSON.stringify(setting), secret: false, objectValue: setting },
    'shop:team': { value: 'blue', secret: false }
  })?.(of, seed)
}
const proposed = (setting: unknown): string => naming(setting)?.request.proposedName ?? ''

suite('a proposed name', () => {
  test('is none without the setting, and with the mode `default`', () => {
    assert.equal(parseAutonaming(stack, {}), undefined)
    assert.equal(naming({}), undefined)
    assert.equal(naming({ mode: 'default' }), undefined)
  })

  test("is the resource's own, or left to nobody, by its mode", () => {
    assert.deepEqual(naming({ mode: 'verbatim' }), {
      request: { proposedName: 'logs', mode: 'enforce' },
      deleteBeforeReplace: true
    })
    assert.deepEqual(naming({ mode: 'disabled' }), {
      request: { proposedName: '', mode: 'disable' },
      deleteBeforeReplace: true
    })
  })

  test('follows a pattern: of the stack, of the configuration, and of chance', () => {
    const fixed = `\${organization}-\${project}-\${stack}-\${name}-\${config.team}`
    assert.deepEqual(naming({ pattern: fixed, enforce: true }), {
      request: { proposedName: 'org-shop-dev-logs-blue', mode: 'enforce' },
      deleteBeforeReplace: true
    })
    const forms: [pattern: string, form: RegExp][] = [
      [`\${name}-\${hex(8)}`, /^logs-[0-9a-f]{8}$/],
      [`\${alphanum(5)}`, /^[a-z0-9]{5}$/],
      [`\${string(6)}`, /^[a-z]{6}$/],
      [`\${num(40)}`, /^\d{40}$/],
      [`\${uuid}`, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/]
    ]
    for (const [pattern, form] of forms) {
      assert.match(proposed({ pattern }), form)
      assert.equal(proposed({ pattern }), proposed({ pattern }), 'the seed decides')
      assert.deepEqual(naming({ pattern })?.deleteBeforeReplace, false)
      assert.equal(naming({ pattern })?.request.mode, 'propose')
    }
  })

  test('is that of its type, its provider, or of all, in this order', () => {
    const setting = {
      pattern: `all-\${name}`,
      providers: {
        aws: { pattern: `aws-\${name}`, resources: { 'aws:s3/bucket:Bucket': { mode: 'verbatim' } } },
        gcp: { mode: 'default' }
      }
    }
    const nameOf = (type: string): string | undefined =>
      naming(setting, `urn:pulumi:dev::shop::${type}::x`)?.request.proposedName
    assert.deepEqual(
      ['aws:s3/bucket:Bucket', 'aws:ec2/vpc:Vpc', 'gcp:storage/bucket:Bucket', 'azure:core:X'].map(nameOf),
      ['x', 'aws-x', undefined, 'all-x']
    )
  })

  test('is not made from a setting that makes no sense', () => {
    const cases: [setting: unknown, said: RegExp][] = [
      ['verbatim', /cannot unmarshal string/],
      [{ modes: 'x' }, /unknown field "modes"/],
      [{ mode: 'loud' }, /failed to resolve root naming config: invalid naming mode: loud/],
      [{ mode: 'verbatim', pattern: 'x' }, /cannot specify both mode and pattern\/enforce/],
      [{ enforce: true }, /pattern must be specified when enforce is true/],
      [{ pattern: `\${config.none}` }, /no value found for key "none"/],
      [{ providers: { aws: { mode: 'x' } } }, /failed to resolve naming config for provider "aws"/],
      [
        { providers: { aws: { resources: { 'aws:s3/bucket:Bucket': {} } } } },
        /mode or pattern must be specified for resource "aws:s3\/bucket:Bucket"/
      ]
    ]
    for (const [setting, said] of cases) assert.throws(() => naming(setting), said)
  })
})
