/** Models of KMS, storage, IAM, service usage, DNS and monitoring. */
import { unknownValue } from '../../wire.ts'
import { type Draft } from '../draft.ts'
import { identifiers } from '../identifiers.ts'
import { type Reference, type ResourceModel, refersTo } from '../resource-model.ts'
import { stringAt } from '../wire-values.ts'
import { keptForEver, keptPool, keptRole } from './kept.ts'
import { bucketKey, checkKeyUse, keyQueries, registryKey } from './key-use.ts'
import { lastOf } from './paths.ts'
import { agentQueries, checkAgent } from './service-agents.ts'

const keyRingType = 'gcp:kms/keyRing:KeyRing'
const cryptoKeyType = 'gcp:kms/cryptoKey:CryptoKey'
const bucketType = 'gcp:storage/bucket:Bucket'
const accountType = 'gcp:serviceaccount/account:Account'
const zoneType = 'gcp:dns/managedZone:ManagedZone'

const text = (draft: Draft, path: string): string => stringAt(draft.inputs, path) ?? ''
/** A role of one member on something: known by all three. */
const member = (property: string, references: Reference[] = []): ResourceModel => ({
  shared: true,
  id: (draft) =>
    [
      property === 'project' ? draft.account : text(draft, property),
      text(draft, 'role'),
      text(draft, 'member')
    ].join('/'),
  immutable: [property, 'role', 'member', 'condition'],
  references,
  check: (inputs) => {
    const value = stringAt(inputs, 'member')
    return value === undefined || value.includes(unknownValue) ||
        /^(allUsers|allAuthenticatedUsers|(user|group|serviceAccount|domain|principal|principalSet|deleted|projectOwner|projectEditor|projectViewer):.+)/
          .test(value)
      ? []
      : [{
        property: 'member',
        reason: 'invalid value for member (IAM members must have one of the values outlined here: ' +
          `https://cloud.google.com/billing/docs/reference/rest/v1/Policy#Binding): "${value}"`
      }]
  },
  looksAt: agentQueries,
  validate: checkAgent,
  outputs: (draft) => ({ etag: `BwY${draft.make.alnum(9, 'etag')}=` })
})
const keyName = (path: string): Reference => refersTo(path, cryptoKeyType, { anywhere: true, holds: false })

export const services: Record<string, ResourceModel> = {
  [keyRingType]: {
    keepsName: keptForEver('KeyRing'),
    id: (draft) => `projects/${draft.account}/locations/${text(draft, 'location')}/keyRings/${draft.name}`
  },
  [cryptoKeyType]: {
    keepsName: keptForEver('CryptoKey'),
    id: (draft) => `${text(draft, 'keyRing')}/cryptoKeys/${draft.name}`,
    immutable: ['keyRing', 'purpose', 'importOnly', 'destroyScheduledDuration'],
    references: [{ path: 'keyRing', types: [keyRingType] }],
    check: (inputs) => {
      const period = stringAt(inputs, 'rotationPeriod')
      return period === undefined || period === unknownValue ||
          (/^\d+(\.\d+)?s$/.test(period) && Number.parseFloat(period) >= 86400)
        ? []
        : [{
          property: 'rotationPeriod',
          reason: `rotationPeriod must be at least 86400s and end in "s", got "${period}"`
        }]
    },
    outputs: (draft) => ({
      primaries: [{ name: `${draft.id}/cryptoKeyVersions/1`, state: 'ENABLED' }],
      destroyScheduledDuration: draft.inputs.destroyScheduledDuration ?? '2592000s',
      versionTemplate: draft.inputs.versionTemplate ??
        { algorithm: 'GOOGLE_SYMMETRIC_ENCRYPTION', protectionLevel: 'SOFTWARE' }
    })
  },
  'gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember': member('cryptoKeyId', [{
    path: 'cryptoKeyId',
    types: [cryptoKeyType],
    anywhere: true
  }]),
  'gcp:kms/keyRingIAMMember:KeyRingIAMMember': member('keyRingId'),
  [bucketType]: {
    name: {
      property: 'name',
      auto: 'random',
      max: 222,
      lower: true,
      pattern: /^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/,
      rule: 'it must hold lowercase letters, numbers, dashes, underscores and dots only, and begin and end ' +
        'with a letter or number'
    },
    unique: 'world',
    id: (draft) => draft.name,
    immutable: ['location', 'customPlacementConfig', 'hierarchicalNamespace', 'enableObjectRetention'],
    references: [keyName('encryption.defaultKmsKeyName')],
    looksAt: (draft) => keyQueries(draft, bucketKey),
    validate: (draft, found, fail) => checkKeyUse(draft, found, bucketKey, fail),
    taken: () => ({
      status: 409,
      code: 'conflict',
      message:
        'The requested bucket name is not available. The bucket namespace is shared by all users of the ' +
        'system. Please select a different name and try again.'
    }),
    defaults: () => ({ forceDestroy: false, storageClass: 'STANDARD' }),
    outputs: (draft) => ({
      url: `gs://${draft.name}`,
      selfLink: `https://www.googleapis.com/storage/v1/b/${draft.name}`,
      location: text(draft, 'location').toUpperCase(),
      projectNumber: Number(draft.make.digits(12, draft.account)),
      publicAccessPrevention: draft.inputs.publicAccessPrevention ?? 'inherited',
      rpo: draft.inputs.rpo ?? '',
      timeCreated: draft.created,
      updated: draft.created,
      uniformBucketLevelAccess: draft.inputs.uniformBucketLevelAccess ?? false
    })
  },
  'gcp:artifactregistry/repository:Repository': {
    looksAt: (draft) => keyQueries(draft, registryKey),
    validate: (draft, found, fail) => checkKeyUse(draft, found, registryKey, fail)
  },
  'gcp:storage/bucketIAMMember:BucketIAMMember': member('bucket', [{
    path: 'bucket',
    types: [bucketType],
    anywhere: true
  }]),
  [accountType]: {
    name: {
      property: 'accountId',
      auto: 'random',
      max: 30,
      lower: true,
      pattern: /^[a-z](?:[-a-z0-9]{4,28}[a-z0-9])$/,
      rule:
        '"account_id" must be 6 to 30 characters of lowercase letters, digits and hyphens, starting with ' +
        'a letter'
    },
    id: (draft) =>
      `projects/${draft.account}/serviceAccounts/${draft.name}@${draft.account}.iam.gserviceaccount.com`,
    immutable: ['accountId', 'project'],
    taken: (draft) => ({
      status: 409,
      code: 'alreadyExists',
      message: `Service account ${draft.name} already exists within project projects/${draft.account}.`
    }),
    outputs: (draft) => {
      const email = `${draft.name}@${draft.account}.iam.gserviceaccount.com`
      return {
        email,
        member: `serviceAccount:${email}`,
        name: draft.id,
        uniqueId: draft.make.digits(21, 'unique')
      }
    }
  },
  'gcp:serviceaccount/iAMMember:IAMMember': member('serviceAccountId', [{
    path: 'serviceAccountId',
    types: [accountType],
    anywhere: true
  }]),
  'gcp:serviceaccount/key:Key': {
    id: (draft) =>
      `projects/${draft.account}/serviceAccounts/${text(draft, 'serviceAccountId')}/keys/` +
      `${draft.make.hex(40, 'key')}`,
    immutable: ['serviceAccountId', 'keyAlgorithm'],
    outputs: (draft) => ({
      name: draft.id,
      privateKey: Buffer.from(
        JSON.stringify({
          type: 'service_account',
          project_id: draft.account,
          private_key_id: draft.make.hex(40, 'key')
        })
      ).toString('base64')
    }),
    secrets: ['privateKey']
  },
  'gcp:projects/service:Service': {
    shared: true,
    // One that its program leaves on is on after its deletion: `apis.ts` looks for it.
    keepsName: () => ({}),
    id: (draft) => `${draft.account}/${text(draft, 'service')}`,
    immutable: ['project', 'service'],
    check: (inputs) => {
      const service = stringAt(inputs, 'service')
      return service === undefined || service === unknownValue || service.endsWith('.googleapis.com')
        ? []
        : [{ property: 'service', reason: `"${service}" is not a service: it must end in .googleapis.com` }]
    },
    defaults: () => ({ disableOnDestroy: true })
  },
  'gcp:projects/serviceIdentity:ServiceIdentity': {
    shared: true,
    id: (draft) => `projects/${draft.account}/services/${text(draft, 'service')}`,
    immutable: ['project', 'service'],
    outputs: (draft) => {
      const number = identifiers(draft.account).digits(12, draft.account)
      const agent = text(draft, 'service').replace('.googleapis.com', '')
      const email = `service-${number}@gcp-sa-${agent}.iam.gserviceaccount.com`
      return { email, member: `serviceAccount:${email}` }
    }
  },
  'gcp:projects/iAMMember:IAMMember': member('project'),
  'gcp:projects/iAMCustomRole:IAMCustomRole': {
    keepsName: keptRole,
    name: { property: 'roleId', auto: 'none', pattern: /^[a-zA-Z0-9_.]{3,64}$/ },
    id: (draft) => `projects/${draft.account}/roles/${draft.name}`,
    immutable: ['roleId'],
    outputs: (draft) => ({ name: draft.id, deleted: false })
  },
  [zoneType]: {
    name: {
      property: 'name',
      auto: 'random',
      max: 63,
      lower: true,
      pattern: /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
      rule:
        'it must be 1-63 characters, begin with a letter, and hold lowercase letters, digits and dashes only'
    },
    id: (draft) => `projects/${draft.account}/managedZones/${draft.name}`,
    immutable: ['dnsName', 'visibility'],
    references: [{
      path: 'privateVisibilityConfig.networks[].networkUrl',
      types: ['gcp:compute/network:Network']
    }],
    check: (inputs) => {
      const name = stringAt(inputs, 'dnsName')
      return name === undefined || name.includes(unknownValue) || name.endsWith('.')
        ? []
        : [{ property: 'dnsName', reason: `"${name}" must end with a dot` }]
    },
    defaults: () => ({ description: 'Managed by Pulumi', visibility: 'public', forceDestroy: false }),
    outputs: (draft) => ({
      managedZoneId: Number(draft.make.digits(15, 'zone')),
      nameServers: stringAt(draft.inputs, 'visibility') === 'private'
        ? []
        : [1, 2, 3, 4].map((index) =>
          `ns-cloud-${'abcde'.charAt(draft.make.integer(5, 'ns'))}${index}.googledomains.com.`
        ),
      creationTime: draft.created
    })
  },
  'gcp:dns/recordSet:RecordSet': {
    name: {
      property: 'name',
      auto: 'none',
      pattern: /\.$/,
      rule: "a record's name is fully qualified and ends with a dot"
    },
    id: (draft) =>
      `projects/${draft.account}/managedZones/${lastOf(text(draft, 'managedZone'))}/rrsets/${draft.name}/` +
      `${text(draft, 'type')}`,
    immutable: ['managedZone', 'name'],
    references: [{ path: 'managedZone', types: [zoneType] }],
    check: (inputs) =>
      inputs.rrdatas === undefined && inputs.routingPolicy === undefined
        ? [{ property: 'rrdatas', reason: 'one of rrdatas, routingPolicy must be specified' }]
        : [],
    validate: (draft, found, fail) => {
      const zone = stringAt(found.by(zoneType, draft.inputs.managedZone)?.inputs, 'dnsName') ?? ''
      if (draft.name !== zone && !draft.name.endsWith(`.${zone}`)) {
        throw fail({
          status: 400,
          code: 'invalid',
          message:
            `Invalid value for 'entity.change.additions[0].name': '${draft.name}' is not in the zone ` +
            `'${zone}'`
        })
      }
    },
    taken: (draft) => ({
      status: 409,
      code: 'alreadyExists',
      message:
        `The resource 'entity.change.additions[0]' named '${draft.name} (${text(draft, 'type')})' already ` +
        'exists'
    })
  },
  'gcp:iam/workloadIdentityPool:WorkloadIdentityPool': {
    keepsName: keptPool,
    name: {
      property: 'workloadIdentityPoolId',
      auto: 'none',
      pattern: /^(?!gcp-)[a-z0-9-]{4,32}$/,
      rule: 'it must be 4 to 32 of [a-z0-9-], and not begin with "gcp-"'
    },
    id: (draft) => `projects/${draft.account}/locations/global/workloadIdentityPools/${draft.name}`,
    immutable: ['workloadIdentityPoolId'],
    outputs: (draft) => ({
      name: `projects/${identifiers(draft.account).digits(12, draft.account)}/locations/global` +
        `/workloadIdentityPools/${draft.name}`,
      state: 'ACTIVE'
    })
  },
  'gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider': {
    keepsName: keptPool,
    name: {
      property: 'workloadIdentityPoolProviderId',
      auto: 'none',
      pattern: /^(?!gcp-)[a-z0-9-]{4,32}$/,
      rule: 'it must be 4 to 32 of [a-z0-9-], and not begin with "gcp-"'
    },
    id: (draft) =>
      `projects/${draft.account}/locations/global/workloadIdentityPools/` +
      `${text(draft, 'workloadIdentityPoolId')}/providers/${draft.name}`,
    immutable: ['workloadIdentityPoolId', 'workloadIdentityPoolProviderId'],
    references: [{
      path: 'workloadIdentityPoolId',
      types: ['gcp:iam/workloadIdentityPool:WorkloadIdentityPool']
    }],
    outputs: (draft) => ({
      name: `projects/${identifiers(draft.account).digits(12, draft.account)}/locations/global` +
        `/workloadIdentityPools/${text(draft, 'workloadIdentityPoolId')}/providers/${draft.name}`,
      state: 'ACTIVE'
    })
  },
  'gcp:logging/projectSink:ProjectSink': {
    name: {
      property: 'name',
      auto: 'random',
      max: 100,
      pattern: /^[A-Za-z][A-Za-z0-9._-]{0,99}$/,
      rule: 'it must begin with a letter and hold up to 100 letters, digits, underscores, dashes and dots'
    },
    id: (draft) => `projects/${draft.account}/sinks/${draft.name}`,
    check: (inputs) => {
      const to = stringAt(inputs, 'destination')
      return to === undefined || to.includes(unknownValue) ||
          /^(storage|bigquery|pubsub|logging)\.googleapis\.com\/./.test(to)
        ? []
        : [{ property: 'destination', reason: `"${to}" is no bucket, dataset, topic or project` }]
    },
    outputs: (draft) => ({
      writerIdentity: 'serviceAccount:service-' +
        `${identifiers(draft.account).digits(12, draft.account)}@gcp-sa-logging.iam.gserviceaccount.com`
    })
  },
  'gcp:monitoring/alertPolicy:AlertPolicy': {
    id: (draft) => `projects/${draft.account}/alertPolicies/${draft.make.digits(19, 'id')}`,
    outputs: (draft) => ({
      name: draft.id,
      creationRecords: [{
        mutateTime: draft.created,
        mutatedBy: `windlass@${draft.account}.iam.gserviceaccount.com`
      }]
    })
  },
  'gcp:monitoring/notificationChannel:NotificationChannel': {
    id: (draft) => `projects/${draft.account}/notificationChannels/${draft.make.digits(19, 'id')}`,
    outputs: (draft) => ({ name: draft.id, verificationStatus: 'VERIFIED' })
  },
  'gcp:monitoring/uptimeCheckConfig:UptimeCheckConfig': {
    id: (draft) => `projects/${draft.account}/uptimeCheckConfigs/${draft.make.alnum(20, 'id')}`,
    outputs: (draft) => ({ name: draft.id, uptimeCheckId: lastOf(draft.id) })
  },
  'gcp:secretmanager/secret:Secret': {
    name: { property: 'secretId', auto: 'none', pattern: /^[a-zA-Z0-9_-]{1,255}$/ },
    id: (draft) => `projects/${draft.account}/secrets/${draft.name}`,
    immutable: ['secretId', 'replication'],
    outputs: (draft) => ({ name: draft.id, createTime: draft.created })
  }
}
