/** The provider instances of programs: which account they are bound to, and as whom they act. */
import assert from 'node:assert/strict'
import { beforeEach, suite, test } from 'node:test'
import { runtime } from '@pulumi/pulumi'
import { awsProvider, azureProvider, gcpProvider } from '../../../programs/components/upstream.ts'
import { type Accounts } from '../../../programs/types/accounts.ts'
import { type UnitContext } from '../../../programs/types.ts'
import { nautilus } from '../../fixtures/nautilus.ts'

const federation = await nautilus()
let registered: Record<string, Record<string, unknown>> = {}

async function contextWith (accounts: Accounts): Promise<UnitContext> {
  registered = {}
  await runtime.setMocks(
    {
      newResource: ({ name, inputs }) => {
        registered[name] = inputs as Record<string, unknown>
        return { id: name, state: inputs as Record<string, unknown> }
      },
      call: ({ inputs }) => inputs as Record<string, unknown>
    },
    'windlass',
    'nautilus.prerequisites.aws'
  )
  return {
    federation: { ...federation, accounts },
    unit: 'disaster-recovery.nautilus-primary-asia-northeast.nautilus-dr-eu-central',
    scope: { kind: 'cloud', name: 'aws', clusters: [] },
    attempt: 'test/1',
    output: () => {
      throw new RangeError('no outputs')
    },
    secret: () => {
      throw new RangeError('no secrets')
    }
  }
}

async function providersOf (accounts: Accounts): Promise<typeof registered> {
  const context = await contextWith(accounts)
  for (
    const provider of [
      awsProvider(context, 'us-east-1'),
      gcpProvider(context, 'europe-west1'),
      azureProvider(context, 'westeurope')
    ]
  ) await new Promise((resolve) => provider.urn.apply(resolve))
  return registered
}

suite('provider instances', () => {
  let own: typeof registered
  beforeEach(async () => {
    own = await providersOf(federation.accounts)
  })

  test('are bound to the federation’s accounts and act as the caller unless the file says otherwise', () => {
    assert.equal(
      own['aws-us-east-1']?.['allowedAccountIds'],
      JSON.stringify([federation.accounts.aws.accountId])
    )
    assert.equal(own['gcp-europe-west1']?.['project'], federation.accounts.gcp.project)
    assert.equal(own['azure-westeurope']?.['subscriptionId'], federation.accounts.azure.subscriptionId)
    for (
      const [provider, field] of [['aws-us-east-1', 'assumeRoles'], [
        'gcp-europe-west1',
        'impersonateServiceAccount'
      ], ['azure-westeurope', 'clientId']] as const
    ) assert.equal(own[provider]?.[field], undefined)
  })

  test('assume the role, impersonate the account and use the credentials that the file names', async () => {
    const named = await providersOf({
      aws: { ...federation.accounts.aws, roleArn: 'arn:aws:iam::123456789012:role/windlass' },
      gcp: {
        ...federation.accounts.gcp,
        impersonateServiceAccount: 'windlass@nautilus-trading.iam.gserviceaccount.com'
      },
      azure: { ...federation.accounts.azure, clientId: '00000000-0000-4000-8000-000000000009' }
    })
    const [role] = JSON.parse(String(named['aws-us-east-1']?.['assumeRoles'])) as {
      roleArn: string
      sessionName: string
    }[]
    assert.equal(role?.roleArn, 'arn:aws:iam::123456789012:role/windlass')
    assert.match(role?.sessionName ?? '', /^windlass-disaster-recovery[\w.-]{1,46}$/)
    assert.equal(
      named['gcp-europe-west1']?.['impersonateServiceAccount'],
      'windlass@nautilus-trading.iam.gserviceaccount.com'
    )
    // The SDK sends the client id as a secret.
    assert.match(
      JSON.stringify(named['azure-westeurope']?.['clientId']),
      /00000000-0000-4000-8000-000000000009/
    )
    assert.equal(String(named['azure-westeurope']?.['useOidc']), 'true')
  })
})
