/** The API server that a provider's configuration means. */
import { parse } from 'yaml'
import { ProviderError, Status } from '../../provider.ts'
import { unknownValue, type WireObject, type WireValue } from '../../wire.ts'
import { isObject, stringAt, valuesAt } from '../wire-values.ts'
import { normalEndpoint } from './objects-of.ts'

/**
 * Server of the chosen context's cluster, normalised; undefined without a kubeconfig. Throws a
 * ProviderError for a kubeconfig that names none.
 */
export function serverOf (config: WireObject): string | undefined {
  const chosen = activeCluster(config)
  if (chosen === undefined) return undefined
  const server = stringAt(chosen.cluster, 'server')
  if (server === undefined) {
    throw new ProviderError(
      `invalid configuration: context "${chosen.context}" names no cluster with a server`,
      { code: Status.InvalidArgument }
    )
  }
  return normalEndpoint(server)
}

/**
 * Authority that the API server's certificate has to come from, PEM in base64; undefined where the
 * kubeconfig names none.
 */
export function authorityIn (config: WireObject): string | undefined {
  return stringAt(activeCluster(config)?.cluster, 'certificate-authority-data')
}

/**
 * Cluster (server, authority) of the chosen context, as the kubeconfig has it; undefined without a
 * kubeconfig. Throws a ProviderError for one that cannot be read.
 */
export function activeCluster (
  config: WireObject
): { context: string, cluster: WireValue } | undefined {
  const chosen = activeContext(config)
  return chosen && { context: chosen.context, cluster: chosen.cluster }
}

/** Cluster and user of the chosen context, as the kubeconfig has them. */
export function activeContext (
  config: WireObject
): { context: string, cluster: WireValue, user: WireValue } | undefined {
  const given = config.kubeconfig
  if (given === undefined || given === unknownValue) return undefined
  const kubeconfig = typeof given === 'string' ? read(given) : given
  if (!isObject(kubeconfig)) {
    throw new ProviderError(
      'failed to parse kubeconfig data in `kubernetes:config:kubeconfig`: it is not a map',
      { code: Status.InvalidArgument }
    )
  }
  const contextName = stringAt(config, 'context') ?? stringAt(kubeconfig, 'current-context')
  const context = valuesAt(kubeconfig, 'contexts[]').find((item) => stringAt(item, 'name') === contextName)
  const clusterName = stringAt(config, 'cluster') ?? stringAt(context, 'context.cluster')
  const clusters = valuesAt(kubeconfig, 'clusters[]')
  const cluster = clusters.find((item) => stringAt(item, 'name') === clusterName)
  const userName = stringAt(context, 'context.user')
  const user = valuesAt(kubeconfig, 'users[]').find((item) => stringAt(item, 'name') === userName)
  return {
    context: contextName ?? '',
    cluster: isObject(cluster) ? cluster.cluster ?? null : null,
    user: isObject(user) ? user.user ?? null : null
  }
}

function read (text: string): WireValue {
  try {
    return parse(text) as WireValue
  } catch (error) {
    throw new ProviderError(
      `failed to parse kubeconfig data in \`kubernetes:config:kubeconfig\`: ` +
        `${error instanceof Error ? error.message : String(error)}`,
      { code: Status.InvalidArgument }
    )
  }
}
