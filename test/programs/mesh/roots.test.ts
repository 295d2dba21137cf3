/** A root is replaced while both are trusted. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stringify } from 'yaml'
import { mesh } from '../../../programs/mesh/plan.ts'
import { type MeshRoots } from '../../../programs/types/services.ts'
import { partFile } from '../../../scripts/part-of-nautilus.ts'
import { nautilus } from '../../fixtures/nautilus.ts'
import { inputsOf, runUnit, scopeNamed } from '../../fixtures/programs/mock-engine.ts'
import { federationOf } from '../../fixtures/programs/operated-world.ts'
import { RehearsedWorld } from '../../fixtures/programs/rehearsed-world.ts'
import { deployed } from '../infrastructure/upstream.ts'

test('the next root comes beside the first, then signs, and only then is the first let go', async () => {
  const part = await partFile(['nautilus-primary-us-east', 'nautilus-dr-us-west'])
  const federation = structuredClone(federationOf(stringify(part)))
  const world = new RehearsedWorld(federation)
  await world.up('mesh.global')
  const then = async (roots: MeshRoots) => {
    Object.assign(federation.mesh, { roots })
    const { same: _, ...changes } = await world.again('mesh.global')
    return changes
  }
  // The mesh's root and the ledger's authority, each with its key.
  assert.deepEqual(await then({ trusted: [1, 2], signing: 1 }), { create: 4 })
  // Certificates of the ledger's servers and of its replication; nobody's trust changes.
  assert.deepEqual(await then({ trusted: [1, 2], signing: 2 }), { replace: 2 })
  assert.deepEqual(await then({ trusted: [2], signing: 2 }), { delete: 4 })
})

test('a cluster trusts every root, and its own authority is signed by the first', async () => {
  const federation = await nautilus()
  const pem = (name: string) => `-----BEGIN CERTIFICATE-----\n${name}\n-----END CERTIFICATE-----\n`
  const run = await runUnit(
    mesh,
    federation,
    scopeNamed(federation, mesh, 'cluster', 'nautilus-hub-us-west'),
    {
      ...deployed(federation),
      'mesh.global': { rootCertificate: pem('next') + pem('first'), rootKey: 'root key' }
    }
  )
  const cacerts = JSON.stringify(inputsOf(run, 'kubernetes:core/v1:Secret')['cacerts'])
  assert.match(cacerts, /root-cert\.pem[^}]*next[^}]*first/)
  const signed =
    inputsOf(run, 'tls:index/locallySignedCert:LocallySignedCert')['nautilus-hub-us-west-intermediate']
  assert.equal(signed?.['caCertPem'], pem('next'))
})
