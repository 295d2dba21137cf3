/** Kubeconfigs of clusters whose API gives tokens to whoever the caller is in its cloud. Pure. */

/** The command by which a client gets its token: it prints an ExecCredential. */
export interface TokenCommand {
  readonly command: string
  readonly args: readonly string[]
  /** Variables of the command's own. */
  readonly environment?: Readonly<Record<string, string>>
}

/**
 * Tokens of EKS for whoever deploys the cluster: the role that AWS' provider assumes too. Source:
 * AWS CLI reference, `eks get-token`.
 */
export function eksToken (clusterName: string, region: string, roleArn: string | undefined): TokenCommand {
  return {
    command: 'aws',
    args: [
      '--region',
      region,
      'eks',
      'get-token',
      '--cluster-name',
      clusterName,
      '--output',
      'json',
      ...(roleArn === undefined ? [] : ['--role-arn', roleArn])
    ]
  }
}

/**
 * Tokens of GKE for whoever deploys the cluster: the account that Google's provider impersonates
 * too. The plugin asks gcloud, which reads its settings from its environment. Sources:
 * github.com/kubernetes/cloud-provider-gcp, cmd/gke-gcloud-auth-plugin; gcloud topic
 * configurations, `auth/impersonate_service_account`.
 */
export function gkeToken (impersonated: string | undefined): TokenCommand {
  return {
    command: 'gke-gcloud-auth-plugin',
    args: [],
    ...(impersonated !== undefined && {
      environment: { CLOUDSDK_AUTH_IMPERSONATE_SERVICE_ACCOUNT: impersonated }
    })
  }
}

/**
 * The application that AKS' API servers are to Entra ID, in every tenant. Source: Microsoft, "Use
 * kubelogin with AKS".
 */
const apiServerApplication = '6dae42f8-4368-4678-94ff-3960e28e3630'

/**
 * Tokens of AKS for whoever deploys the cluster. Unless told otherwise kubelogin waits for a person
 * who types a code. AAD_LOGIN_METHOD of the service's environment still comes first (msi, spn).
 * Source: github.com/Azure/kubelogin, "Command line tool: get-token".
 */
export function aksToken (tenantId: string, clientId: string | undefined): TokenCommand {
  return {
    command: 'kubelogin',
    args: [
      'get-token',
      '--environment',
      'AzurePublicCloud',
      '--server-id',
      apiServerApplication,
      '--tenant-id',
      tenantId,
      '--login',
      ...(clientId === undefined ? ['azurecli'] : ['workloadidentity', '--client-id', clientId])
    ]
  }
}

/**
 * A kubeconfig (JSON, which is YAML) with one context. `endpoint` starts with https://,
 * `certificateAuthority` is base64.
 */
export function execKubeconfig (
  name: string,
  endpoint: string,
  certificateAuthority: string,
  token: TokenCommand
): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': name,
    preferences: {},
    clusters: [{ name, cluster: { server: endpoint, 'certificate-authority-data': certificateAuthority } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    users: [{
      name,
      user: {
        exec: {
          apiVersion: 'client.authentication.k8s.io/v1beta1',
          interactiveMode: 'Never',
          provideClusterInfo: token.command === 'gke-gcloud-auth-plugin',
          command: token.command,
          args: token.args,
          ...(token.environment && {
            env: Object.entries(token.environment).map(([variable, value]) => ({ name: variable, value }))
          })
        }
      }
    }]
  })
}

/**
 * The certificate authority (base64) in a kubeconfig that a cloud wrote, in YAML or JSON; undefined
 * when it names none.
 */
export function certificateAuthorityIn (kubeconfig: string): string | undefined {
  return /certificate-authority-data["']?\s*:\s*["']?([A-Za-z0-9+/]+=*)/.exec(kubeconfig)?.[1]
}
