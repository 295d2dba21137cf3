/** Data table: programs that get tokens for API servers, which kubeconfigs name. */

interface ClientProgram {
  /** Kind of clusters that it is for. */
  readonly for: string
  /** Where it is to be had. */
  readonly advice: string
}

/** By name on the PATH. */
export const clientPrograms: Readonly<Record<string, ClientProgram>> = {
  aws: { for: 'EKS', advice: 'install the AWS CLI, version 2' },
  'gke-gcloud-auth-plugin': {
    for: 'GKE',
    advice: 'run gcloud components install gke-gcloud-auth-plugin, or install the package of that name'
  },
  kubelogin: { for: 'AKS', advice: 'install kubelogin of github.com/Azure/kubelogin' }
}

/** Advice for whoever does not have a program. */
export function clientProgramAdvice (command: string): string {
  return clientPrograms[command]?.advice ?? 'install it'
}
