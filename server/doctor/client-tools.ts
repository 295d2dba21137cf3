/** Programs that get tokens for clusters' API servers: the Kubernetes provider starts them. */
import { access, constants } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { type Check, type Found, ok, warn } from './finding.ts'

/** Purpose and origin of each. */
const tools: Readonly<Record<string, { cloud: string, advice: string }>> = {
  aws: { cloud: 'EKS', advice: 'install the AWS CLI, version 2' },
  'gke-gcloud-auth-plugin': {
    cloud: 'GKE',
    advice: 'run gcloud components install gke-gcloud-auth-plugin, or install the package of that name'
  },
  kubelogin: { cloud: 'AKS', advice: 'install kubelogin of github.com/Azure/kubelogin' }
}

const runs = (file: string): Promise<boolean> => access(file, constants.X_OK).then(() => true, () => false)

/** Looks for a program on the search path. */
export async function clientTool (name: string, searchPath: string | undefined): Promise<Found> {
  const { cloud = '', advice = '' } = tools[name] ?? {}
  const suffixes = process.platform === 'win32' ? ['.exe', '.cmd'] : ['']
  for (const folder of (searchPath ?? '').split(delimiter).filter((part) => part !== '')) {
    for (const suffix of suffixes) {
      const file = join(folder, `${name}${suffix}`)
      if (await runs(file)) return ok(file)
    }
  }
  return warn(
    `not on the PATH: phases 3 to 8 of clusters on ${cloud} fail without it`,
    `${advice}; federations without this cloud need none`
  )
}

/** Checks of all of these programs. */
export function clientToolChecks (searchPath: string | undefined): Check[] {
  return Object.keys(tools).map((name) => ({ name, look: () => clientTool(name, searchPath) }))
}
