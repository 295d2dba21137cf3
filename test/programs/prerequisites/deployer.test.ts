import assert from 'node:assert/strict'
import { test } from 'node:test'
import { prerequisites } from '../../../programs/prerequisites/plan.ts'
import { deployersOf } from '../../../programs/types/deployers.ts'
import { type Federation } from '../../../programs/types.ts'
import { nautilus } from '../../fixtures/nautilus.ts'
import { inputsOf, runUnit, scopeNamed, type UnitRun } from '../../fixtures/programs/mock-engine.ts'
import { make, provider, remove, world } from '../../rehearsal/clouds/world.ts'

const federation = await nautilus()
const anew = (kind: 'cloud', name: string, of: Federation = federation): Promise<UnitRun> =>
  runUnit(prerequisites, of, scopeNamed(of, prerequisites, kind, name), {})
const runs = new Map<string, Promise<UnitRun>>()
/** A cloud's unit as the file has it, run once for all tests. */
const run = (kind: 'cloud', name: string): Promise<UnitRun> => {
  const known = runs.get(name) ?? anew(kind, name)
  runs.set(name, known)
  return known
}
type Values = Record<string, unknown>

interface Statement {
  readonly Sid: string
  readonly Action: string | string[]
  readonly Resource: string | string[]
  readonly Condition?: Record<string, Values>
}
const statementsOf = (policy: unknown): Statement[] =>
  (JSON.parse(String(policy)) as { Statement: Statement[] }).Statement

test('the role that deploys on AWS is bound, phase by phase, to regions and roles', async () => {
  const unit = await run('cloud', 'aws')
  const policies = inputsOf(unit, 'aws:iam/policy:Policy')
  assert.deepEqual(
    Object.keys(policies),
    ['infrastructure', 'networking', 'federation'].map((phase) => `deploy-${phase}`)
  )
  for (const { policy } of Object.values(policies)) {
    // What AWS takes of one managed policy.
    assert.ok(String(policy).length <= 6144)
    for (const { Sid, Action, Resource, Condition } of statementsOf(policy)) {
      assert.deepEqual([Action].flat().filter((action) => action.includes('*')), [], Sid)
      if ([Resource].flat().includes('*')) {
        assert.ok(Condition?.['StringEquals']?.['aws:RequestedRegion'], Sid)
      }
    }
  }
  const actions = (phase: string): string[] =>
    statementsOf(policies[`deploy-${phase}`]?.['policy']).flatMap(({ Action }) => Action)
  assert.ok(
    actions('infrastructure').includes('eks:CreateCluster') &&
      !actions('networking').includes('eks:CreateCluster')
  )
  assert.deepEqual(actions('federation').filter((action) => !action.startsWith('route53:')), [])
  const attach = statementsOf(policies['deploy-infrastructure']?.['policy']).find(({ Sid }) =>
    Sid === 'Attach'
  )
  assert.ok(attach?.Condition?.['ArnLike'])
  assert.ok(!JSON.stringify(attach.Condition).includes('AdministratorAccess'))
})

test('a role that an earlier version named otherwise can be taken away, and not made again', async () => {
  const roleType = 'aws:iam/role:Role'
  const inlineType = 'aws:iam/rolePolicy:RolePolicy'
  const unit = await run('cloud', 'aws')
  const { store, clouds } = world()
  const admin = await provider(clouds, 'aws', { region: 'us-east-1' })
  const { assumeRolePolicy } = inputsOf(unit, roleType)['deploy'] ?? {}
  const trust = String(assumeRolePolicy)
  await make(admin, roleType, 'deploy', { name: 'nautilus-deploy', assumeRolePolicy: trust })
  for (const [name, { policy }] of Object.entries(inputsOf(unit, 'aws:iam/policy:Policy'))) {
    const made = await make(admin, 'aws:iam/policy:Policy', name, { name, policy: String(policy) })
    await make(admin, 'aws:iam/rolePolicyAttachment:RolePolicyAttachment', name, {
      role: 'nautilus-deploy',
      policyArn: made.properties['arn'] ?? null
    })
  }
  const former = { name: 'load-balancers-0a1b2c3', assumeRolePolicy: trust }
  const role = await make(admin, roleType, 'load-balancers', former)
  const rights = await make(admin, inlineType, 'load-balancers', { role: former.name, policy: trust })
  const { aws: deployer } = deployersOf(federation)
  const on = await provider(world({ store, actingAs: { aws: deployer } }).clouds, 'aws', {
    region: 'us-east-1'
  })
  await remove(on, inlineType, 'load-balancers', rights)
  await remove(on, roleType, 'load-balancers', role)
  await assert.rejects(
    make(on, roleType, 'load-balancers', former),
    /not authorized to perform: iam:CreateRole on resource: \S+:role\/load-balancers-0a1b2c3/
  )
})

test("the clouds trust the file's CI job and no other, and none where the file names none", async () => {
  const { ci } = federation
  assert.ok(ci)
  // One after the other: a program's mocks are the process's.
  const aws = await run('cloud', 'aws')
  const gcp = await run('cloud', 'gcp')
  const azure = await run('cloud', 'azure')
  const trust = statementsOf(inputsOf(aws, 'aws:iam/role:Role')['deploy']?.['assumeRolePolicy']).find((
    { Sid }
  ) => Sid === 'ContinuousIntegration')
  assert.deepEqual(trust?.Condition, {
    StringEquals: {
      'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
      'token.actions.githubusercontent.com:sub': ci.subjects
    }
  })
  assert.equal(
    inputsOf(gcp, 'gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider')['ci']
      ?.['attributeCondition'],
    `assertion.sub in ['${ci.subjects[0]}']`
  )
  assert.match(
    String(inputsOf(gcp, 'gcp:serviceaccount/iAMMember:IAMMember')['ci-0']?.['member']),
    /\/subject\/repo:example\/nautilus:environment:production$/
  )
  const credential = inputsOf(azure, 'azure-native:managedidentity:FederatedIdentityCredential')['ci-0']
  assert.deepEqual([credential?.['issuer'], credential?.['subject'], credential?.['audiences']], [
    ci.issuer,
    ci.subjects[0],
    ['api://AzureADTokenExchange']
  ])
  const { ci: _, ...closed } = federation
  const types: string[] = []
  for (const cloud of ['aws', 'gcp', 'azure']) {
    types.push(...(await anew('cloud', cloud, closed)).resources.map(({ type }) => type))
  }
  assert.deepEqual(
    types.filter((type) =>
      /OpenIdConnectProvider|workloadIdentityPool|FederatedIdentityCredential/.test(type)
    ),
    []
  )
})

test('what an earlier phase is allowed is not allowed again', async () => {
  const granted = async (cloud: string, type: string, of: (role: Values) => string[]): Promise<string[]> =>
    Object.values(inputsOf(await run('cloud', cloud), type)).flatMap(of)
  const lists = [
    await granted(
      'gcp',
      'gcp:projects/iAMCustomRole:IAMCustomRole',
      (role) => role['permissions'] as string[]
    ),
    await granted(
      'azure',
      'azure-native:authorization:RoleDefinition',
      (role) => (role['permissions'] as { actions: string[] }[]).flatMap(({ actions }) => actions)
    ),
    await granted(
      'aws',
      'aws:iam/policy:Policy',
      (role) =>
        statementsOf(role['policy']).flatMap(({ Action, Resource, Condition }) =>
          [Action].flat().map((action) => `${action} ${JSON.stringify([Resource, Condition])}`)
        )
    )
  ]
  for (const list of lists) {
    assert.ok(list.length > 0)
    assert.deepEqual(list.filter((one, index) => list.indexOf(one) !== index), [])
  }
  // Only the cloud that serves the names is asked about them.
  assert.deepEqual(lists.slice(0, 2).flat().filter((one) => /dns/i.test(one)), [])
})

test('who deploys on Google Cloud and Azure can hand on only the roles that programs assign', async () => {
  const members = Object.values(inputsOf(await run('cloud', 'gcp'), 'gcp:projects/iAMMember:IAMMember'))
    .filter(({ role }) => !String(role).startsWith('roles/'))
  assert.equal(members.length, 3)
  assert.ok(
    members.every(({ condition }) =>
      String((condition as Values)['expression']).includes('modifiedGrantsByRole') &&
      !String((condition as Values)['expression']).includes('owner')
    )
  )
  const azure = await run('cloud', 'azure')
  const definitions = inputsOf(azure, 'azure-native:authorization:RoleDefinition')
  const assigning = Object.keys(definitions).filter((name) =>
    (definitions[name]?.['permissions'] as { actions: string[] }[]).some(({ actions }) =>
      actions.includes('Microsoft.Authorization/roleAssignments/write')
    )
  )
  assert.ok(assigning.includes('deploy-infrastructure') && !assigning.includes('deploy-networking'))
  const assignments = inputsOf(azure, 'azure-native:authorization:RoleAssignment')
  for (const name of assigning) {
    assert.match(
      String(assignments[name]?.['condition']),
      /RoleDefinitionId\] ForAnyOfAnyValues:GuidEquals \{(?!.*8e3af657)/
    )
  }
})
