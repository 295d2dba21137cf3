/** The parts of a kubeconfig by which a client reaches and convinces an API server. Pure. */
import { isIP } from 'node:net'
import { parse } from 'yaml'

/** The command that prints a token. */
export interface TokenCommand {
  readonly command: string
  readonly args: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  /** Version of ExecCredential that it is asked in, and has to answer in. */
  readonly apiVersion: string
  /** Cluster that it is told of, where it asks for that. */
  readonly cluster?: object
}

/** The active context of a kubeconfig. */
export interface ActiveContext {
  readonly server: URL
  /** Authority of the server's certificate, PEM; absent: the system's authorities count. */
  readonly authority?: string
  /** Name in the certificate, where it is not the host's. */
  readonly serverName?: string
  /** The command by which the context's user gets tokens; absent: it has another way. */
  readonly login?: TokenCommand
}

/** A kubeconfig as files have it, as far as it is read. */
interface Kubeconfig {
  'current-context'?: string
  clusters?: { name: string, cluster: Cluster }[]
  contexts?: { name: string, context: { cluster: string, user: string } }[]
  users?: { name: string, user: { exec?: Exec } }[]
}
interface Cluster {
  server: string
  'certificate-authority-data'?: string
  'tls-server-name'?: string
}
interface Exec {
  command: string
  args?: string[] | null
  env?: { name: string, value: string }[] | null
  apiVersion: string
  provideClusterInfo?: boolean
}

/** Reads a kubeconfig. Throws a RangeError for one whose context names no cluster. */
export function activeContext (kubeconfig: string): ActiveContext {
  const { 'current-context': current, clusters, contexts, users } = parse(kubeconfig) as Kubeconfig
  const context = contexts?.find(({ name }) => name === current)?.context
  const cluster = clusters?.find(({ name }) => name === context?.cluster)?.cluster
  if (!cluster) throw new RangeError(`context ${current ?? ''} of the kubeconfig names no cluster`)
  const exec = users?.find(({ name }) => name === context?.user)?.user.exec
  const data = cluster['certificate-authority-data']
  const server = new URL(cluster.server)
  const serverName = cluster['tls-server-name'] ?? (isIP(server.hostname) === 0 ? server.hostname : undefined)
  return {
    server,
    ...(data !== undefined && { authority: Buffer.from(data, 'base64').toString('utf8') }),
    ...(serverName !== undefined && { serverName }),
    ...(exec && { login: loginOf(exec, cluster) })
  }
}

function loginOf (
  { command, args, env, apiVersion, provideClusterInfo }: Exec,
  cluster: Cluster
): TokenCommand {
  return {
    command,
    args: args ?? [],
    environment: Object.fromEntries((env ?? []).map(({ name, value }) => [name, value])),
    apiVersion,
    ...(provideClusterInfo === true && { cluster })
  }
}
