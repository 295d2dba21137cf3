/** Identities of AWS: whose calls are taken, and how they are refused. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { keyVerdict } from '../../../../rehearsal/clouds/aws/identity/key-policies.ts'
import { type CloudsOptions } from '../../../../rehearsal/clouds/index.ts'
import { type WireObject } from '../../../../rehearsal/wire.ts'
import { make, provider, subject, world } from '../world.ts'

const account = '123456789012'
const deployer = `arn:aws:iam::${account}:role/deploy`
const roleType = 'aws:iam/role:Role'
const service = (name: string): string =>
  JSON.stringify({ Statement: { Effect: 'Allow', Principal: { Service: name }, Action: 'sts:AssumeRole' } })
const trustAccount = JSON.stringify({
  Statement: { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'sts:AssumeRole' }
})

/** A world with a role that has these statements, and a provider in it that acts as the role. */
async function deployed (
  statements: object[],
  { trust = trustAccount, config = {}, options = {}, role = {} }: {
    trust?: string
    config?: WireObject
    options?: Partial<CloudsOptions>
    role?: WireObject
  } = {}
) {
  const { store, clouds } = world()
  const admin = await provider(clouds, 'aws', { region: 'us-east-1' })
  await make(admin, roleType, 'deploy', { name: 'deploy', assumeRolePolicy: trust, ...role })
  const policy = await make(admin, 'aws:iam/policy:Policy', 'deploy', {
    name: 'deploy',
    policy: JSON.stringify({ Version: '2012-10-17', Statement: statements })
  })
  await make(admin, 'aws:iam/rolePolicyAttachment:RolePolicyAttachment', 'deploy', {
    role: 'deploy',
    policyArn: policy.properties['arn'] ?? null
  })
  const later = world({ store, actingAs: { aws: deployer }, ...options })
  return {
    admin,
    clouds: later.clouds,
    on: await provider(later.clouds, 'aws', { region: 'us-east-1', ...config }),
    policyArn: policy.properties['arn']
  }
}

const iamOn = (resource: string, ...actions: string[]): object => ({
  Effect: 'Allow',
  Action: actions.map((action) => `iam:${action}`),
  Resource: resource
})
const ownRoles = iamOn(
  `arn:aws:iam::${account}:role/own-*`,
  'CreateRole',
  'GetRole',
  'List*',
  'TagRole',
  'PassRole',
  'DeleteRole'
)

suite('keys', () => {
  const keyType = 'aws:kms/key:Key'
  const key = (principal: string, action = 'kms:*'): string =>
    JSON.stringify({
      Statement: [{ Effect: 'Allow', Principal: { AWS: principal }, Action: action, Resource: '*' }]
    })
  const root = `arn:aws:iam::${account}:root`

  test('are refused with a policy that whoever makes them could not change', async () => {
    const on = await provider(world().clouds, 'aws', { region: 'us-east-1' })
    for (const policy of [key(deployer), key(root, 'kms:Decrypt')]) {
      await assert.rejects(
        make(on, keyType, 'key', { policy }),
        /MalformedPolicyDocumentException: The new key policy will not allow you to update the key policy/
      )
    }
    await make(on, keyType, 'key', { policy: key(root) })
  })

  test('are used by whom their policy names, and by the account where it lets that in', () => {
    const request = { action: 'kms:Decrypt', resource: 'k', context: { get: () => [] } }
    assert.equal(keyVerdict(key(root), deployer, request), 'delegates')
    assert.equal(keyVerdict(key(deployer), deployer, request), 'allows')
    assert.equal(keyVerdict(key(`arn:aws:iam::${account}:user/windlass`), deployer, request), 'refuses')
    const named = JSON.stringify({
      Statement: [
        { Effect: 'Allow', Principal: '*', Action: 'kms:*', Resource: '*' },
        { Effect: 'Deny', Principal: { AWS: root }, Action: 'kms:Decrypt', Resource: '*' }
      ]
    })
    assert.equal(keyVerdict(named, deployer, request), 'denies')
  })
})

suite('calls of a role', () => {
  test('are taken for what its policies name, and refused for the rest', async () => {
    const { on, clouds } = await deployed([ownRoles])
    await make(on, roleType, 'mine', { name: 'own-nodes', assumeRolePolicy: service('ec2.amazonaws.com') })
    await assert.rejects(
      make(on, roleType, 'theirs', { name: 'theirs', assumeRolePolicy: service('ec2.amazonaws.com') }),
      /operation error IAM: CreateRole, https response error StatusCode: 403, RequestID: [-0-9a-f]+, api error AccessDenied: User: arn:aws:sts::123456789012:assumed-role\/deploy\/windlass is not authorized to perform: iam:CreateRole on resource: arn:aws:iam::123456789012:role\/theirs because no identity-based policy allows the iam:CreateRole action$/
    )
    assert.deepEqual(clouds.judged(), { evaluated: 2, unrestricted: 0, unknown: [] })
  })

  test('are refused in the words of EC2', async () => {
    const { on } = await deployed([{
      Effect: 'Allow',
      Action: 'ec2:*',
      Resource: '*',
      Condition: { StringEquals: { 'aws:RequestedRegion': ['eu-west-1'] } }
    }])
    await assert.rejects(
      make(on, 'aws:ec2/vpc:Vpc', 'vpc', { cidrBlock: '10.0.0.0/16' }),
      /StatusCode: 403, RequestID: [-0-9a-f]+, api error UnauthorizedOperation: You are not authorized to perform this operation\. User: arn:aws:sts::123456789012:assumed-role\/deploy\/windlass is not authorized to perform: ec2:CreateVpc on resource: arn:aws:ec2:us-east-1:123456789012:vpc\/\* because no identity-based policy allows the ec2:CreateVpc action/
    )
  })

  test('are refused by an explicit denial whatever else is allowed', async () => {
    const { on } = await deployed([
      { Effect: 'Allow', Action: '*', Resource: '*' },
      { Effect: 'Deny', Action: 'iam:*Role', Resource: `arn:aws:iam::${account}:role/prod-*` }
    ])
    await assert.rejects(
      make(on, roleType, 'r', { name: 'prod-a', assumeRolePolicy: service('ec2.amazonaws.com') }),
      /iam:CreateRole on resource: arn:aws:iam::123456789012:role\/prod-a with an explicit deny in an identity-based policy/
    )
  })

  test('hand a role only to services that the policy names', async () => {
    const pass = (to: string): object => ({
      Effect: 'Allow',
      Action: 'iam:PassRole',
      Resource: `arn:aws:iam::${account}:role/own-*`,
      Condition: { StringEquals: { 'iam:PassedToService': to } }
    })
    const rest = { Effect: 'Allow', NotAction: 'iam:PassRole', Resource: '*' }
    const association = async (to: string): Promise<unknown> => {
      const { on, admin } = await deployed([pass(to), rest])
      await make(admin, roleType, 'pods', { name: 'own-pods', assumeRolePolicy: service('pods') })
      return make(on, 'aws:eks/podIdentityAssociation:PodIdentityAssociation', 'a', {
        clusterName: 'none',
        namespace: 'n',
        serviceAccount: 's',
        roleArn: `arn:aws:iam::${account}:role/own-pods`
      })
    }
    await assert.rejects(
      association('ec2.amazonaws.com'),
      /api error AccessDeniedException: User: \S+ is not authorized to perform: iam:PassRole on resource: arn:aws:iam::123456789012:role\/own-pods/
    )
    await assert.rejects(association('pods.eks.amazonaws.com'), /ResourceNotFoundException: No cluster found/)
  })

  test('stay within the permissions boundary', async () => {
    const { on, admin, policyArn } = await deployed([{ Effect: 'Allow', Action: '*', Resource: '*' }])
    const bound = await make(admin, 'aws:iam/policy:Policy', 'bound', {
      name: 'bound',
      policy: JSON.stringify({ Statement: [{ Effect: 'Allow', Action: 'ec2:*', Resource: '*' }] })
    })
    assert.ok(policyArn)
    await admin.update({
      ...subject(roleType, 'deploy'),
      id: 'deploy',
      olds: {},
      oldInputs: {},
      news: {
        name: 'deploy',
        assumeRolePolicy: trustAccount,
        permissionsBoundary: bound.properties['arn'] ?? null
      },
      timeout: 0,
      preview: false,
      ignoreChanges: []
    })
    await make(on, 'aws:ec2/vpc:Vpc', 'vpc', { cidrBlock: '10.0.0.0/16' })
    await assert.rejects(
      make(on, roleType, 'r', { name: 'r', assumeRolePolicy: service('ec2.amazonaws.com') }),
      /because no permissions boundary allows the iam:CreateRole action/
    )
  })

  test('are counted as unknown without a row, and where a condition is not known', async () => {
    const { on, clouds } = await deployed([{
      Effect: 'Allow',
      Action: '*',
      Resource: '*',
      Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }
    }])
    await make(on, 'aws:sqs/queue:Queue', 'q', { name: 'q' })
    await make(on, 'aws:ec2/vpc:Vpc', 'vpc', { cidrBlock: '10.0.0.0/16' })
    assert.deepEqual(clouds.judged().unknown, [
      { what: 'aws:ec2/vpc:Vpc: ec2:CreateVpc depends on a condition that is not known', count: 1 },
      { what: 'aws:sqs/queue:Queue: no row says which actions create asks for', count: 1 }
    ])
  })

  test('are judged anew once the role has other rights', async () => {
    const { on, admin } = await deployed([ownRoles, iamOn('*', 'PutRolePolicy', 'GetRolePolicy')])
    const vpc = (): Promise<unknown> => make(on, 'aws:ec2/vpc:Vpc', 'vpc', { cidrBlock: '10.0.0.0/16' })
    await assert.rejects(vpc(), /UnauthorizedOperation/)
    await make(on, 'aws:iam/rolePolicy:RolePolicy', 'more', {
      role: 'deploy',
      policy: JSON.stringify({ Statement: [{ Effect: 'Allow', Action: 'ec2:*', Resource: '*' }] })
    })
    await vpc()
    assert.ok(admin)
  })
})

suite('whoever assumes a role', () => {
  const assumed = { assumeRoles: [{ roleArn: deployer, sessionName: 'windlass-unit' }] }
  const caller = 'aws:index/getCallerIdentity:getCallerIdentity'

  test('acts in its name', async () => {
    const { on } = await deployed([], { config: assumed })
    const { return: seen } = await on.invoke({ tok: caller, args: {}, preview: false })
    assert.equal(seen['arn'], `arn:aws:sts::${account}:assumed-role/deploy/windlass-unit`)
  })

  test('is refused by a role that trusts others', async () => {
    const { on } = await deployed([], { config: assumed, trust: service('ec2.amazonaws.com') })
    await assert.rejects(
      on.invoke({ tok: caller, args: {}, preview: false }),
      /api error AccessDenied: User: arn:aws:iam::123456789012:user\/windlass is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:role\/deploy/
    )
  })

  test('is unknown where the world does not have the role', async () => {
    const elsewhere = 'arn:aws:iam::123456789012:role/made-by-hand'
    const { on, clouds } = await deployed([], { config: { assumeRoles: [{ roleArn: elsewhere }] } })
    await make(on, 'aws:ec2/vpc:Vpc', 'vpc', { cidrBlock: '10.0.0.0/16' })
    assert.deepEqual(clouds.judged().unknown, [
      { what: `aws:ec2/vpc:Vpc: the policies of ${elsewhere} are not in this world`, count: 1 }
    ])
  })
})

test('an administrator acts until the deployer is made', async () => {
  const { clouds } = world({ actingAs: { aws: deployer } })
  const on = await provider(clouds, 'aws', { region: 'us-east-1' })
  await make(on, 'aws:ec2/vpc:Vpc', 'vpc', { cidrBlock: '10.0.0.0/16' })
  assert.deepEqual(clouds.judged(), { evaluated: 0, unrestricted: 1, unknown: [] })
})
