/** APIs of Google Cloud that a project has to enable. */
import { type Failure } from '../draft.ts'
import { identifiers } from '../identifiers.ts'
import { type Call } from '../identity-model.ts'
import { keptType } from '../kept-names.ts'
import { type RegistrationModel } from '../registrations.ts'
import { tokenParts } from '../tokens.ts'
import { stringAt } from '../wire-values.ts'

const serviceType = 'gcp:projects/service:Service'
const suffix = '.googleapis.com'

/**
 * API that is on in every project: the others are switched on through it. The console and gcloud
 * switch on more (Google Cloud, "Services enabled by default"); that document names none of a
 * project that was made by the Resource Manager API, and nobody says who made the project.
 */
const byDefault = ['serviceusage']

/** Titles of APIs, as their own refusals give them. Source: Google Cloud, list of APIs. */
const titles: Readonly<Record<string, string>> = {
  artifactregistry: 'Artifact Registry API',
  cloudkms: 'Cloud Key Management Service (KMS) API',
  cloudquotas: 'Cloud Quotas API',
  cloudresourcemanager: 'Cloud Resource Manager API',
  compute: 'Compute Engine API',
  container: 'Kubernetes Engine API',
  dns: 'Cloud DNS API',
  iam: 'Identity and Access Management (IAM) API',
  logging: 'Cloud Logging API',
  monitoring: 'Cloud Monitoring API',
  secretmanager: 'Secret Manager API',
  serviceusage: 'Service Usage API',
  storage: 'Cloud Storage API'
}

/**
 * APIs by the module of what is called: each is named like its module, or as said here. Source: the
 * hosts that terraform-provider-google calls for each product (`mmv1/products`).
 */
const hosts: Readonly<Record<string, string>> = {
  artifactregistry: 'artifactregistry',
  cloudquota: 'cloudquotas',
  compute: 'compute',
  container: 'container',
  dns: 'dns',
  iam: 'iam',
  kms: 'cloudkms',
  logging: 'logging',
  monitoring: 'monitoring',
  organizations: 'cloudresourcemanager',
  projects: 'cloudresourcemanager',
  secretmanager: 'secretmanager',
  serviceaccount: 'iam',
  storage: 'storage'
}
/** APIs of types whose module has several; empty: none of the project's. */
const own: Readonly<Record<string, string>> = {
  [serviceType]: 'serviceusage',
  'gcp:projects/serviceIdentity:ServiceIdentity': 'serviceusage',
  'gcp:projects/iAMCustomRole:IAMCustomRole': 'iam',
  // What the provider and its token say of themselves.
  'gcp:organizations/getClientConfig:getClientConfig': '',
  'gcp:organizations/getClientOpenIdUserInfo:getClientOpenIdUserInfo': ''
}

/**
 * The refusal of an API that is off. Source: the words in hashicorp/terraform-provider-google issue
 * 2971 and terraform-google-modules/terraform-example-foundation issue 1133.
 */
function refusal ({ account }: Call, service: string): Failure {
  const title = titles[service.replace(suffix, '')] ?? service
  const number = identifiers(account).digits(12, account)
  return {
    status: 403,
    code: 'accessNotConfigured',
    message:
      `${title} has not been used in project ${number} before or it is disabled. Enable it by visiting ` +
      `https://console.developers.google.com/apis/api/${service}/overview?project=${number} then retry. If ` +
      'you enabled this API recently, wait a few minutes for the action to propagate to our systems and ' +
      'retry.'
  }
}

export const gcpApis: RegistrationModel = {
  serviceOf: ({ type }) => {
    const name = own[type] ?? hosts[tokenParts(type).module]
    if (name === undefined) return { unknown: 'no row says which API it calls' }
    return name === '' ? {} : { service: `${name}${suffix}` }
  },
  looksAt: ({ account }) => ({
    pkg: 'gcp',
    account,
    any: [{ type: serviceType }, { type: keptType(serviceType) }]
  }),
  on: (records) =>
    new Set([
      ...byDefault.map((name) => `${name}${suffix}`),
      ...records
        // One whose resource was deleted stays on where the program says so.
        .filter(({ type, inputs }) => type === serviceType || inputs.disableOnDestroy === false)
        .map(({ inputs }) => stringAt(inputs, 'service') ?? '')
    ]),
  refusal
}
