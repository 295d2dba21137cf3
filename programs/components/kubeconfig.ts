/** Kubeconfigs of clusters whose API gives tokens to whoever the caller is in its cloud. Pure. */

/** The command by which a client gets its token: it prints an ExecCredential. */
export interface TokenCommand {
  readonly command: string
  readonly args: readonly string[]
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
          args: token.args
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
