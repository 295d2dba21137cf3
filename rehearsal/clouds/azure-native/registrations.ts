/** Resource providers of Azure, which a subscription has to be registered for. */
import { type Call } from '../identity-model.ts'
import { type RegistrationModel } from '../registrations.ts'
import { armTypeOf, registrationType } from './identity/identities.ts'

/**
 * Providers that every subscription is registered for. Source: Microsoft, "Resource providers for
 * Azure services" ("registered by default").
 */
const byDefault = [
  'Microsoft.Authorization',
  'Microsoft.Billing',
  'Microsoft.Consumption',
  'Microsoft.CostManagement',
  'Microsoft.Features',
  'Microsoft.Resources',
  'Microsoft.Support'
]

const namespaceOf = (id: string): string => armTypeOf(id).split('/')[0] ?? ''

const registrationId = (account: string, namespace: string): string =>
  `/subscriptions/${account}/providers/${namespace}`

export const azureRegistrations: RegistrationModel = {
  serviceOf: ({ id, operation }) => {
    // What exists shows that its provider is registered.
    if (operation !== 'create') return {}
    return id === ''
      ? { unknown: 'no id says which resource provider it is of' }
      : { service: namespaceOf(id) }
  },
  looksAt: ({ account }) => ({ pkg: 'azure-native', account, type: registrationType }),
  shownBy: ({ account }) => ({ pkg: 'azure-native', account }),
  on: (records) => new Set([...byDefault, ...records.map(({ id }) => namespaceOf(id))]),
  // Source: the words in Azure/sap-automation issue 538. The provider's client registers what is
  // missing, so nobody sees them where it may.
  refusal: (_call, namespace) => ({
    status: 409,
    code: 'MissingSubscriptionRegistration',
    message: `The subscription is not registered to use namespace '${namespace}'. See ` +
      'https://aka.ms/rps-not-found for how to register subscriptions.'
  }),
  // The client of azure-native registers a provider at its first use, as its caller. Sources:
  // pulumi-azure-native `client_azcore.go` (the pipeline of azcore with its registration policy),
  // azcore `policy_register_rp.go`.
  switchesOn: (call: Call, namespace: string, now: Date) => ({
    asks: {
      ...call,
      operation: 'update',
      type: registrationType,
      inputs: {},
      id: registrationId(call.account, namespace)
    },
    record: {
      id: registrationId(call.account, namespace),
      pkg: 'azure-native',
      type: registrationType,
      account: call.account,
      region: '',
      name: namespace,
      token: '',
      incarnation: '',
      created: now.toISOString(),
      inputs: {},
      outputs: {}
    }
  })
}
