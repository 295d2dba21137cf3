// Configuration that a project declares for its stacks, as pulumi's `pkg/workspace/config.go` and
// `sdk/go/common/workspace/project.go` judge it.
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { type Setting } from '../../../rehearsal/engine/stack/config-value.ts'
import {
  mergeProjectConfig,
  projectSettings,
  validateConfig
} from '../../../rehearsal/engine/stack/project-config.ts'
import { StackConfig } from '../../../rehearsal/engine/stack/stack-config.ts'

const declared = (config: unknown): Parameters<typeof mergeProjectConfig>[0] => ({
  name: 'shop',
  config: projectSettings('shop', config)
})
const stackOf = (config: Record<string, Setting>): StackConfig => new StackConfig('', 'shop', { config })
const decrypt = (text: string): string => text

/** The complaint about a stack's settings; empty when there is none. */
function complaint (config: unknown, settings: Record<string, Setting>): string {
  try {
    const project = declared(config)
    validateConfig(project, 'dev', mergeProjectConfig(project, stackOf(settings)), decrypt)
    return ''
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

suite('the configuration of a project', () => {
  test('is refused where a declaration makes no sense', () => {
    const cases: [config: unknown, said: string][] = [
      [
        { a: { default: 1, value: 2 } },
        "project config 'a' cannot have both a 'default' and 'value' attribute"
      ],
      [
        { a: { type: 'array' } },
        "The configuration key 'a' declares an array but does not specify the underlying type via the " +
        "'items' attribute"
      ],
      [
        { a: { type: 'integer', default: 'x' } },
        "The default value specified for configuration key 'a' is not of the expected type 'integer'"
      ],
      [
        { a: { type: 'array', items: { type: 'string' }, default: [1] } },
        "The default value specified for configuration key 'a' is not of the expected type 'array<string>'"
      ],
      [
        { 'aws:region': { type: 'string', value: 'x' } },
        "Configuration key 'aws:region' is not namespaced by the project and should not define a type"
      ],
      [
        { 'aws:region': { default: 'x' } },
        "Configuration key 'aws:region' is not namespaced by the project and should not define a default " +
        "value. Did you mean to use the 'value' attribute instead of 'default'?"
      ],
      [
        { 'aws:region': {} },
        "Configuration key 'aws:region' is namespaced and must provide an attribute 'value'"
      ]
    ]
    for (const [config, said] of cases) {
      assert.throws(() => projectSettings('shop', config), {
        stderr: `error: could not validate 'Pulumi.yaml': ${said}`
      })
    }
  })

  test('stands behind that of a stack', () => {
    const project = declared({
      size: { type: 'integer', default: 3 },
      short: 'text',
      'shop:named': { default: true },
      list: { type: 'array', items: { type: 'string' }, default: ['a'] },
      needed: { type: 'string' },
      'aws:region': 'us-east-1'
    })
    const merged = mergeProjectConfig(project, stackOf({ 'shop:size': '7' }))
    assert.deepEqual(merged, {
      settings: {
        'aws:region': 'us-east-1',
        'shop:list': ['a'],
        'shop:named': 'true',
        'shop:short': 'text',
        'shop:size': '7'
      },
      missing: ['needed']
    })
  })

  test('asks for what is missing, and for its types', () => {
    const typed = {
      size: { type: 'integer' },
      on: { type: 'boolean' },
      tags: { type: 'array', items: { type: 'array', items: { type: 'integer' } } },
      key: { type: 'string', secret: true }
    }
    const good: Record<string, Setting> = {
      'shop:size': '7',
      'shop:on': 'false',
      'shop:tags': [[1], []],
      'shop:key': { secure: 'k' }
    }
    const begin = "error: validating stack config: Stack 'dev' "
    assert.equal(complaint(typed, good), '')
    assert.equal(
      complaint(typed, {}),
      `${begin}is missing configuration values 'key', 'on', 'size' and 'tags'`
    )
    assert.equal(
      complaint({ size: { type: 'integer' } }, {}),
      `${begin}is missing configuration value 'size'`
    )
    const wrong: [key: string, value: Setting, must: string][] = [
      ['size', 'many', "of type 'integer'"],
      ['on', 'maybe', "of type 'boolean'"],
      ['tags', [['x']], "of type 'array<array<integer>>'"],
      ['key', 'open', "encrypted as it's secret"]
    ]
    for (const [key, value, must] of wrong) {
      assert.equal(
        complaint(typed, { ...good, [`shop:${key}`]: value }),
        `${begin}with configuration key '${key}' must be ${must}`
      )
    }
  })
})
