/** Mistakes about who may do what. */
import { getStack, output, type ResourceTransformation } from '@pulumi/pulumi'
import { changing, type Mistake } from './mistake.ts'

const [onAws, onGcp, onAzure] = [
  'nautilus-hub-us-west',
  'nautilus-analytics-us',
  'nautilus-hub-asia-southeast'
]

/** Takes words out of the kubeconfig that the platform's provider uses. */
function withoutWords (words: RegExp): ResourceTransformation {
  return changing('pulumi:providers:kubernetes', ({ kubeconfig, ...rest }) => ({
    ...rest,
    kubeconfig: output(kubeconfig as string).apply((text) => {
      if (!words.test(text)) throw new Error(`the kubeconfig has no ${String(words)}`)
      return text.replace(words, '')
    })
  }))
}

export const identityMistakes: readonly Mistake[] = [
  {
    name: "a role on AWS whose name is not the federation's",
    clusters: [onAws],
    first: ['prerequisites.aws'],
    unit: `networking.${onAws}`,
    transform: changing(
      'aws:iam/role:Role',
      ({ name: _name, ...rest }, name) => name === 'load-balancers' ? rest : undefined
    ),
    refusal:
      /api error AccessDenied: User: arn:aws:sts::\d+:assumed-role\/nautilus-deploy\/windlass is not authorized to perform: iam:CreateRole on resource: arn:aws:iam::\d+:role\/load-balancers-[0-9a-f]{7} because no identity-based policy allows the iam:CreateRole action/
  },
  {
    name: 'a kubeconfig of EKS whose tokens are not those of the role that deploys',
    clusters: [onAws],
    accounts: { aws: { roleArn: 'arn:aws:iam::123456789012:role/nautilus-deploy' } },
    first: ['prerequisites.aws'],
    unit: `networking.${onAws}-platform`,
    transform: withoutWords(/,"--role-arn","[^"]+"/),
    refusal: /the server has asked for the client to provide credentials \(401 Unauthorized\)/
  },
  {
    name: 'a kubeconfig of GKE whose tokens are not those of the account that deploys',
    clusters: [onGcp],
    accounts: {
      gcp: { impersonateServiceAccount: 'nautilus-deploy@nautilus-trading.iam.gserviceaccount.com' }
    },
    first: ['prerequisites.gcp'],
    unit: `networking.${onGcp}-platform`,
    transform: withoutWords(/,"env":\[\{[^\]]+\]/),
    refusal:
      /is forbidden: User "windlass@nautilus-trading\.iam\.gserviceaccount\.com" cannot create resource .*: requires one of \["container\.[A-Za-z.]+\.create"\] permission\(s\)\./
  },
  {
    name: 'a kubeconfig of AKS that waits for a person',
    clusters: [onAzure],
    first: ['prerequisites.azure'],
    unit: `networking.${onAzure}-platform`,
    transform: withoutWords(/,"--login","azurecli"/),
    refusal: /getting credentials: exec: executable kubelogin failed with exit code 1/
  },
  {
    name: 'a deployer that is let into its cluster on AKS and may do nothing there',
    clusters: [onAzure],
    first: ['prerequisites.azure'],
    unit: `networking.${onAzure}-platform`,
    transform: changing(
      'azure-native:authorization:RoleAssignment',
      (props, name) =>
        name.endsWith('-deployer') && name.startsWith(onAzure)
          ? {
            ...props,
            // Reader
            roleDefinitionId: output(props['roleDefinitionId'] as string).apply((id) =>
              id.replace(/[^/]+$/, 'acdd72a7-3385-48ef-bd42-f606fba81ae7')
            )
          }
          : undefined
    ),
    refusal:
      /may not get storageclasses\.storage\.k8s\.io, create storageclasses\.storage\.k8s\.io, .*Give .* the role Azure Kubernetes Service RBAC Cluster Admin on the cluster/
  },
  {
    name: 'a provider of Azure that names another application than the file',
    clusters: [onAzure],
    accounts: { azure: { clientId: '11111111-0000-4000-8000-000000000001' } },
    first: ['prerequisites.azure'],
    unit: `infrastructure.${onAzure}`,
    transform: changing(
      'pulumi:providers:azure-native',
      (props) =>
        getStack().includes('.infrastructure.')
          ? { ...props, clientId: '22222222-0000-4000-8000-000000000002' }
          : undefined
    ),
    refusal: /AADSTS700016: Application with identifier '22222222-[-0-9]+' was not found in the directory/
  },
  {
    name: 'trust in CI on Google Cloud by a role that gives no tokens',
    clusters: [onGcp],
    accounts: {
      gcp: { impersonateServiceAccount: 'nautilus-deploy@nautilus-trading.iam.gserviceaccount.com' }
    },
    first: ['prerequisites.gcp'],
    unit: `infrastructure.${onGcp}`,
    transform: changing(
      'gcp:serviceaccount/iAMMember:IAMMember',
      (props, name) => name === 'ci-0' ? { ...props, role: 'roles/iam.serviceAccountUser' } : undefined
    ),
    refusal: /Permission 'iam\.serviceAccounts\.getAccessToken' denied on resource \(or it may not exist\)/
  },
  {
    name: 'a key that lets in whoever made it and leaves policies of IAM without effect',
    clusters: [onAws],
    first: ['prerequisites.aws'],
    unit: `infrastructure.${onAws}`,
    transform: changing('aws:kms/key:Key', (props, name) =>
      name.startsWith(onAws)
        ? { ...props, policy: String(props['policy']).replace(/:root"/, ':user/windlass"') }
        : undefined),
    refusal:
      /is not authorized to perform: kms:\w+ on resource: arn:aws:kms:\S+ because no resource-based policy allows the kms:\w+ action/
  }
]
