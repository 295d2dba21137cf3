/** Mistakes about what takes effect later, and about names that stay taken. */
import { changing, type Mistake } from './mistake.ts'

const [onGcp, onAzure] = ['nautilus-analytics-us', 'nautilus-hub-asia-southeast']

export const laterMistakes: readonly Mistake[] = [
  {
    name: 'an API that nobody enables',
    clusters: [onGcp],
    first: ['prerequisites.gcp'],
    unit: `prerequisites.${onGcp}`,
    fresh: true,
    transform: changing(
      'gcp:projects/service:Service',
      (props) => props['service'] === 'cloudkms.googleapis.com' ? { ...props, project: 'another' } : undefined
    ),
    refusal:
      /Error 403: Cloud Key Management Service \(KMS\) API has not been used in project \d+ before or it is disabled\. Enable it by visiting \S+ then retry\. If you enabled this API recently, wait a few minutes for the action to propagate to our systems and retry\., accessNotConfigured/
  },
  {
    name: 'a grant to a service agent that nobody asked for',
    clusters: [onGcp],
    first: ['prerequisites.gcp'],
    unit: `prerequisites.${onGcp}`,
    fresh: true,
    transform: changing(
      'gcp:projects/serviceIdentity:ServiceIdentity',
      (props) => ({ ...props, project: 'another' })
    ),
    refusal:
      /Error 400: Service account service-\d+@gcp-sa-artifactregistry\.iam\.gserviceaccount\.com does not exist/
  },
  {
    name: 'a bucket whose service may not use its key',
    clusters: [onGcp],
    first: ['prerequisites.gcp'],
    unit: `prerequisites.${onGcp}`,
    fresh: true,
    transform: changing(
      'gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember',
      (props, name) =>
        name.endsWith('-buckets') ? { ...props, role: 'roles/cloudkms.publicKeyViewer' } : undefined
    ),
    refusal:
      /Error 403: Permission denied on Cloud KMS key\. Please ensure that your Cloud Storage service account/
  },
  {
    name: 'nodes that are encrypted at a host that is not registered for it',
    clusters: [onAzure],
    first: ['prerequisites.azure'],
    unit: `infrastructure.${onAzure}`,
    fresh: true,
    transform: changing(
      'azure-native:features:SubscriptionFeatureRegistration',
      (props) => ({ ...props, featureName: 'Another' })
    ),
    refusal: /the 'Microsoft\.Compute\/EncryptionAtHost' feature is not enabled for this subscription/
  },
  {
    name: 'a deployer on Azure that may not register resource providers',
    clusters: [onAzure],
    first: ['prerequisites.azure'],
    unit: `infrastructure.${onAzure}`,
    fresh: true,
    transform: changing('azure-native:authorization:RoleDefinition', (props) => ({
      ...props,
      permissions: (props['permissions'] as { actions: string[] }[]).map(({ actions }) => ({
        actions: actions.filter((action) => !action.endsWith('/register/action'))
      }))
    })),
    refusal: /Code="AuthorizationFailed" .*'Microsoft\.(Network|Compute)\/register\/action' over scope/
  },
  {
    name: 'a key ring that has the same name when it is made again',
    clusters: [onGcp],
    first: ['prerequisites.gcp'],
    unit: `prerequisites.${onGcp}`,
    again: true,
    transform: changing('gcp:kms/keyRing:KeyRing', (props) => ({ ...props, name: 'nautilus' })),
    refusal: /googleapi: Error 409: KeyRing projects\/\S+\/keyRings\/nautilus already exists\., alreadyExists/
  },
  {
    name: 'a vault that has the same name when it is made again',
    clusters: [onAzure],
    first: ['prerequisites.azure'],
    unit: `prerequisites.${onAzure}`,
    again: true,
    transform: changing('azure-native:keyvault:Vault', (props) => ({ ...props, vaultName: 'kv-nautilus' })),
    refusal: /Code="ConflictError" Message="A vault with the same name already exists in deleted state/
  }
]
