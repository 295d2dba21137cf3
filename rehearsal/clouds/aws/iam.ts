/** Models of IAM. */
import { type CheckFailure } from '../../provider.ts'
import { unknownValue, type WireObject } from '../../wire.ts'
import { type Draft } from '../draft.ts'
import { type NameRule, type ResourceModel } from '../resource-model.ts'
import { stringAt } from '../wire-values.ts'
import { arn } from './arns.ts'

const roleType = 'aws:iam/role:Role'
const policyType = 'aws:iam/policy:Policy'
const userType = 'aws:iam/user:User'
const groupType = 'aws:iam/group:Group'
/** Policies of AWS itself. */
const awsManaged = /^arn:aws[a-z-]*:iam::aws:policy\//

const name = (max: number): NameRule => ({
  property: 'name',
  auto: 'random',
  max,
  pattern: /^[\w+=,.@-]+$/,
  rule: 'only alphanumeric characters, hyphens, underscores, commas, periods, @ symbols, plus and equals ' +
    'signs allowed'
})
const iamArn = (draft: Draft, kind: string): string =>
  arn('iam', draft, `${kind}${stringAt(draft.inputs, 'path') ?? '/'}${draft.name}`, '')

function jsonFailures (inputs: WireObject, property: string): CheckFailure[] {
  const text = stringAt(inputs, property)
  if (text === undefined || text.includes(unknownValue)) return []
  try {
    const document = JSON.parse(text) as { Statement?: unknown }
    return document.Statement === undefined
      ? [{ property, reason: `"${property}" is not a policy document: it has no Statement` }]
      : []
  } catch (error) {
    return [{
      property,
      reason: `"${property}" contains an invalid JSON: ${
        error instanceof Error ? error.message : String(error)
      }`
    }]
  }
}

const attachment = (owner: string, property: string): ResourceModel => ({
  global: true,
  shared: true,
  id: (draft) => `${stringAt(draft.inputs, property)}-${stringAt(draft.inputs, 'policyArn')}`,
  immutable: [property, 'policyArn'],
  references: [{ path: property, types: [owner] }, {
    path: 'policyArn',
    types: [policyType],
    except: awsManaged
  }]
})
const inline = (owner: string, property: string): ResourceModel => ({
  global: true,
  name: name(128),
  id: (draft) => `${stringAt(draft.inputs, property)}:${draft.name}`,
  immutable: [property],
  references: [{ path: property, types: [owner] }],
  check: (inputs) => jsonFailures(inputs, 'policy')
})

export const iam: Record<string, ResourceModel> = {
  [roleType]: {
    global: true,
    unique: 'account',
    name: name(64),
    id: (draft) => draft.name,
    immutable: ['path'],
    quota: [{ quota: 'aws:iam:roles' }],
    check: (inputs) => jsonFailures(inputs, 'assumeRolePolicy'),
    defaults: () => ({ forceDetachPolicies: false, maxSessionDuration: 3600, path: '/' }),
    outputs: (draft) => ({
      arn: iamArn(draft, 'role'),
      createDate: draft.created,
      uniqueId: `AROA${draft.make.alnum(17, 'unique').toUpperCase()}`,
      namePrefix: ''
    })
  },
  [policyType]: {
    global: true,
    unique: 'account',
    name: name(128),
    id: (draft) => iamArn(draft, 'policy'),
    immutable: ['path', 'description'],
    check: (inputs) => jsonFailures(inputs, 'policy'),
    defaults: () => ({ path: '/' }),
    outputs: (draft) => ({
      arn: iamArn(draft, 'policy'),
      policyId: `ANPA${draft.make.alnum(17, 'unique').toUpperCase()}`,
      attachmentCount: 0,
      namePrefix: ''
    })
  },
  [userType]: {
    global: true,
    unique: 'account',
    name: name(64),
    id: (draft) => draft.name,
    outputs: (draft) => ({
      arn: iamArn(draft, 'user'),
      uniqueId: `AIDA${draft.make.alnum(17, 'unique').toUpperCase()}`
    })
  },
  [groupType]: {
    global: true,
    unique: 'account',
    name: name(128),
    id: (draft) => draft.name,
    outputs: (draft) => ({
      arn: iamArn(draft, 'group'),
      uniqueId: `AGPA${draft.make.alnum(17, 'unique').toUpperCase()}`
    })
  },
  'aws:iam/rolePolicyAttachment:RolePolicyAttachment': attachment(roleType, 'role'),
  'aws:iam/userPolicyAttachment:UserPolicyAttachment': attachment(userType, 'user'),
  'aws:iam/groupPolicyAttachment:GroupPolicyAttachment': attachment(groupType, 'group'),
  'aws:iam/rolePolicy:RolePolicy': inline(roleType, 'role'),
  'aws:iam/userPolicy:UserPolicy': inline(userType, 'user'),
  'aws:iam/instanceProfile:InstanceProfile': {
    global: true,
    unique: 'account',
    name: name(128),
    id: (draft) => draft.name,
    references: [{ path: 'role', types: [roleType] }],
    outputs: (draft) => ({
      arn: iamArn(draft, 'instance-profile'),
      createDate: draft.created,
      uniqueId: `AIPA${draft.make.alnum(17, 'unique').toUpperCase()}`,
      namePrefix: ''
    })
  },
  'aws:iam/openIdConnectProvider:OpenIdConnectProvider': {
    global: true,
    id: (draft) =>
      arn(
        'iam',
        draft,
        `oidc-provider/${(stringAt(draft.inputs, 'url') ?? '').replace(/^https:\/\//, '')}`,
        ''
      ),
    immutable: ['url'],
    check: (inputs) => {
      const url = stringAt(inputs, 'url')
      return url === undefined || url.includes(unknownValue) || url.startsWith('https://')
        ? []
        : [{ property: 'url', reason: `expected "url" to have a url with schema of: "https", got ${url}` }]
    },
    taken: (draft) => ({
      status: 409,
      code: 'EntityAlreadyExists',
      message: `Provider with url ${stringAt(draft.inputs, 'url')} already exists.`
    }),
    // The SHA-1 of the root certificate that EKS' OIDC endpoints chain to; AWS fills it in itself
    // since 2024.
    outputs: (draft) => ({
      arn: draft.id,
      ...(draft.inputs.thumbprintLists === undefined &&
        { thumbprintLists: ['9e99a48a9960b14926bb7f3b02e22da2b0ab7280'] })
    })
  },
  'aws:iam/serviceLinkedRole:ServiceLinkedRole': {
    global: true,
    id: (draft) =>
      arn(
        'iam',
        draft,
        `role/aws-service-role/${stringAt(draft.inputs, 'awsServiceName')}/AWSServiceRoleFor` +
          `${draft.make.hex(6, 'slr')}`,
        ''
      ),
    outputs: (draft) => ({ arn: draft.id })
  }
}
