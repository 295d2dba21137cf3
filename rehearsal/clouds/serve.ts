/**
 * The simulated clouds as gRPC ResourceProvider servers, to which the real CLI attaches through
 * PULUMI_DEBUG_PROVIDERS.
 *
 * Each package has one port, which all instances of its provider share. A Create does not say which
 * instance it is for, but the engine opens a connection for each, so that the peer's address tells
 * them apart.
 */
import * as grpc from '@grpc/grpc-js'
import providerGrpc from '@pulumi/pulumi/proto/provider_grpc_pb.js'
import { ProviderError, Status, type Provider, type ProviderSource } from '../provider.ts'
import { handlersOf } from './grpc/handlers.ts'
import { timedProvider } from './grpc/timed-provider.ts'
import { type PackageName } from './schema-table.ts'

/**
 * Limit that the engine and its SDKs use themselves. gRPC's own limit of 4 MB is less than the
 * values of a large chart.
 */
const maxMessageBytes = 400 * 1024 * 1024
/**
 * Time for calls in flight when the servers close; then connections are cut. Calls at time scale 0
 * take milliseconds.
 */
const closeGraceMs = 1000

/** Servers that run. */
export interface ServedClouds {
  /** Ports by package. */
  ports: Record<string, number>
  /** Value of PULUMI_DEBUG_PROVIDERS that makes an engine attach to them. */
  debugProviders: string
  /** Ends the servers; calls in flight are given a second. */
  close(): Promise<void>
}

/** Providers of one package by connection. */
class ConnectedProviders {
  readonly #byPeer = new Map<string, Promise<Provider>>()
  readonly #connect: () => Promise<Provider>

  constructor (connect: () => Promise<Provider>) {
    this.#connect = connect
  }

  /** The instance of the connection that a call came over. */
  of (call: { getPeer(): string }): Promise<Provider> {
    const peer = call.getPeer()
    let provider = this.#byPeer.get(peer)
    if (!provider) {
      provider = this.#connect()
      this.#byPeer.set(peer, provider)
    }
    return provider
  }

  async close (): Promise<void> {
    const all = [...this.#byPeer.values()]
    this.#byPeer.clear()
    for (const provider of await Promise.all(all)) await provider.close?.()
  }
}

async function close (server: grpc.Server): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => {
      server.forceShutdown()
      resolve()
    }, closeGraceMs)
    server.tryShutdown(() => {
      clearTimeout(timer)
      resolve()
    })
  })
}

/** Serves packages, or all that the clouds have, on free ports of 127.0.0.1. */
export async function serveClouds (
  clouds: ProviderSource & { readonly packages: readonly PackageName[] },
  packages: readonly string[] = clouds.packages
): Promise<ServedClouds> {
  const servers: { server: grpc.Server, providers: ConnectedProviders }[] = []
  const ports: Record<string, number> = {}
  const stop = async (): Promise<void> => {
    for (const { server, providers } of servers) {
      await close(server)
      await providers.close()
    }
  }
  try {
    for (const pkg of packages) {
      const providers = new ConnectedProviders(async () => {
        const provider = await clouds.connect(pkg)
        if (!provider) {
          throw new ProviderError(`there is no simulated package ${pkg}`, { code: Status.NotFound })
        }
        return clouds.clock ? timedProvider(provider, clouds.clock) : provider
      })
      const server = new grpc.Server({
        'grpc.max_receive_message_length': maxMessageBytes,
        'grpc.max_send_message_length': maxMessageBytes
      })
      server.addService(providerGrpc.ResourceProviderService, handlersOf((call) => providers.of(call)))
      servers.push({ server, providers })
      ports[pkg] = await new Promise<number>((resolve, reject) =>
        server.bindAsync(
          '127.0.0.1:0',
          grpc.ServerCredentials.createInsecure(),
          (error, port) => error ? reject(error) : resolve(port)
        )
      )
    }
  } catch (error) {
    await stop()
    throw error
  }
  let closing: Promise<void> | undefined
  return {
    ports,
    debugProviders: Object.entries(ports).map(([pkg, port]) => `${pkg}:${port}`).join(','),
    close: () => (closing ??= stop())
  }
}
