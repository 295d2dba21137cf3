import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { startDatabase } from '../../fixtures/database.ts'
import { Edited } from './edited-federation.ts'

const east = 'nautilus-primary-us-east'

/** The file with another version for all of its clusters. */
const withVersion = (version: string) => (text: string): string =>
  text.replace(/^kubernetesVersion: .*$/m, `kubernetesVersion: "${version}"`)

interface Refusal {
  code: string
  errors?: { code: string, path: string, line: number, message: string, expected: string }[]
  details?: { errors?: Refusal['errors'] }
}

suite('a Kubernetes version in the file', () => {
  let edited: Edited
  const opened: { close(): Promise<void> }[] = []
  before(async () => {
    const server = await startDatabase()
    opened.unshift(server)
    edited = await Edited.open((await server.database()).url)
    opened.unshift(edited)
    await edited.write([east])
    await edited.write(withVersion('1.33'))
    await edited.launch('up', 'versions', { phases: { from: 1, to: 2 } })
  })
  after(async () => {
    for (const one of opened) await one.close()
  })

  /** The mistake of the file, as a refused launch tells it. */
  async function refusedBy (work: () => Promise<unknown>) {
    const error = await work().then(() => undefined, (thrown: unknown) => thrown as Refusal)
    assert.equal(error?.code, 'federation-invalid')
    const [first] = error.errors ?? error.details?.errors ?? []
    return first
  }

  test('two minors above what is deployed is refused by all that plan, with the step between', async () => {
    await edited.write(withVersion('1.35'))
    for (
      const work of [
        () => edited.launch('up', 'versions', { phases: { from: 1, to: 2 } }),
        () => edited.launch('preview', 'versions', { phases: { from: 2, to: 2 } }),
        () => edited.plan('up', 'versions')
      ]
    ) {
      const problem = await refusedBy(work)
      assert.equal(problem?.code, 'FED_VERSION_STEP')
      assert.equal(problem.path, 'kubernetesVersion')
      assert.ok(problem.line > 1)
      assert.match(problem.message, /nautilus-primary-us-east is deployed with Kubernetes 1\.33/)
      assert.equal(problem.expected, '1.34, and 1.35 after that')
    }
  })

  test('below what is deployed is refused', async () => {
    await edited.write(withVersion('1.32'))
    const problem = await refusedBy(() => edited.launch('up', 'versions', { phases: { from: 1, to: 2 } }))
    assert.equal(problem?.expected, '1.33 or the minor version after it')
  })

  test('does not keep anybody from a destroy, a phase without clusters, or another world', async () => {
    await edited.write(withVersion('1.35'))
    await edited.launch('up', 'versions', { phases: { from: 1, to: 1 } })
    await edited.launch('up', 'another', { phases: { from: 1, to: 2 } })
    await edited.plan('destroy', 'versions')
  })

  test('one minor above what is deployed is taken, and then the next', async () => {
    for (const version of ['1.34', '1.35']) {
      await edited.write(withVersion(version))
      const { deployment } = await edited.launch('up', 'versions', { phases: { from: 1, to: 2 } })
      assert.equal(deployment.status, 'succeeded')
    }
  })
})
