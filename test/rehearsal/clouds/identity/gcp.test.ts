/** Identities of Google Cloud: whose calls are taken, and how they are refused. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { make, provider, world } from '../world.ts'

const project = 'trading'
const deployer = `deploy@${project}.iam.gserviceaccount.com`
const configuration = { project, region: 'europe-west1' }

/** A world with a service account that has a custom role, and a provider that acts as it. */
async function deployed (permissions: string[], condition?: string, config: Record<string, string> = {}) {
  const { store, clouds } = world()
  const admin = await provider(clouds, 'gcp', configuration)
  await make(admin, 'gcp:serviceaccount/account:Account', 'deploy', { accountId: 'deploy' })
  await make(admin, 'gcp:projects/iAMCustomRole:IAMCustomRole', 'deploy', {
    roleId: 'deploy',
    title: 'Deploy',
    permissions
  })
  await make(admin, 'gcp:projects/iAMMember:IAMMember', 'deploy', {
    project,
    role: `projects/${project}/roles/deploy`,
    member: `serviceAccount:${deployer}`,
    ...(condition !== undefined && { condition: { title: 'Limited', expression: condition } })
  })
  const later = world({ store, actingAs: { gcp: deployer } })
  return { clouds: later.clouds, on: await provider(later.clouds, 'gcp', { ...configuration, ...config }) }
}

const networks = [
  ...['create', 'get', 'updatePolicy'].map((verb) => `compute.networks.${verb}`),
  'compute.globalOperations.get'
]

suite('calls of a service account', () => {
  test('are taken for the permissions of its roles, and refused for the rest', async () => {
    const { on, clouds } = await deployed(networks)
    const network = await make(on, 'gcp:compute/network:Network', 'net', { name: 'net' })
    await assert.rejects(
      make(on, 'gcp:compute/firewall:Firewall', 'fw', {
        name: 'fw',
        network: network.properties['selfLink'] ?? '',
        sourceRanges: ['10.0.0.0/8'],
        allows: [{ protocol: 'tcp' }]
      }),
      /Error creating Firewall: googleapi: Error 403: Required 'compute\.firewalls\.create' permission for 'projects\/trading\/global\/firewalls\/fw', forbidden/
    )
    assert.deepEqual(clouds.judged(), { evaluated: 2, unrestricted: 0, unknown: [] })
  })

  test('wait for the operations that they begin', async () => {
    const { on } = await deployed(networks.filter((permission) => !permission.includes('Operations')))
    await assert.rejects(
      make(on, 'gcp:compute/network:Network', 'net', { name: 'net' }),
      /Required 'compute\.globalOperations\.get' permission/
    )
  })

  test('make clusters by a role on the project, whatever they may do to those that are named', async () => {
    const { on } = await deployed(
      ['container.clusters.create', 'container.clusters.get'],
      "resource.name.extract('/clusters/{name}').startsWith('c')"
    )
    await assert.rejects(
      make(on, 'gcp:container/cluster:Cluster', 'c', {
        name: 'c',
        location: 'europe-west1',
        initialNodeCount: 1
      }),
      /Required "container\.clusters\.create"/
    )
  })

  test('are refused in the words of GKE', async () => {
    const { on } = await deployed(networks)
    await assert.rejects(
      make(on, 'gcp:container/cluster:Cluster', 'c', {
        name: 'c',
        location: 'europe-west1',
        initialNodeCount: 1
      }),
      /googleapi: Error 403: Required "container\.clusters\.create" permission\(s\) for "projects\/trading"\., forbidden/
    )
  })

  test('act as the accounts of nodes only where they may', async () => {
    const { on } = await deployed(['container.clusters.update', 'container.clusters.get'])
    await assert.rejects(
      make(on, 'gcp:container/nodePool:NodePool', 'pool', {
        name: 'pool',
        cluster: 'c',
        location: 'europe-west1',
        nodeConfig: { serviceAccount: `nodes@${project}.iam.gserviceaccount.com` }
      }),
      /The user does not have access to service account "nodes@trading\.iam\.gserviceaccount\.com"\. Ask a project owner to grant you the iam\.serviceAccountUser role/
    )
  })

  test('grant only the roles that a condition names', async () => {
    const { on } = await deployed(
      ['resourcemanager.projects.getIamPolicy', 'resourcemanager.projects.setIamPolicy'],
      "api.getAttribute('iam.googleapis.com/modifiedGrantsByRole', [])" +
        ".hasOnly(['roles/artifactregistry.reader'])"
    )
    const grant = (role: string): Promise<unknown> =>
      make(on, 'gcp:projects/iAMMember:IAMMember', role, { project, role, member: 'user:a@example.com' })
    await grant('roles/artifactregistry.reader')
    await assert.rejects(
      grant('roles/owner'),
      /googleapi: Error 403: Policy update access denied\., forbidden/
    )
  })

  test('are not made by an account that the federation makes and that is missing', async () => {
    const { store } = world()
    const { clouds } = world({ store, actingAs: { gcp: null }, made: [deployer] })
    const on = await provider(clouds, 'gcp', { ...configuration, impersonateServiceAccount: deployer })
    await assert.rejects(
      make(on, 'gcp:compute/network:Network', 'net', { name: 'net' }),
      /unable to impersonate/
    )
  })
})
