/**
 * The proxy on the way to an API server, as Go's clients find it, among them the Kubernetes
 * provider: what the preflight calls has to be what the provider calls afterwards. Source:
 * golang.org/x/net/http/httpproxy, FromEnvironment. Pure.
 */
import { BlockList, isIP } from 'node:net'

type Environment = Readonly<Record<string, string | undefined>>

/** The variables to give to an agent for calls of a server; empty: it is called directly. */
export function proxyTo ({ hostname, port }: URL, environment: Environment): { https_proxy?: string } {
  // The uppercase form comes first.
  const proxy = environment['HTTPS_PROXY'] || environment['https_proxy']
  const exempt = environment['NO_PROXY'] || environment['no_proxy'] || ''
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase()
  return !proxy || isLocal(host) || isExempt(host, port === '' ? '443' : port, exempt)
    ? {}
    : { https_proxy: proxy }
}

const familyOf = (address: string): 'ipv4' | 'ipv6' => isIP(address) === 6 ? 'ipv6' : 'ipv4'

function isLocal (host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}

function isExempt (host: string, port: string, exempt: string): boolean {
  return exempt.split(',').map((part) => part.trim().toLowerCase()).some((part) => {
    if (part === '') return false
    if (part === '*') return true
    const range = /^([^/]+)\/(\d+)$/.exec(part)
    if (range) return inRange(host, range[1] ?? '', Number(range[2]))
    const [, name = part, only] = isIP(part) === 6 ? [] : /^(.+?)(?::(\d+))?$/.exec(part) ?? []
    if (only !== undefined && only !== port) return false
    if (isIP(name) !== 0) return name === host
    const domain = name.replace(/^\*(?=\.)/, '')
    // With a leading dot it is about names below it alone.
    return domain.startsWith('.') ? host.endsWith(domain) : host === domain || host.endsWith(`.${domain}`)
  })
}

function inRange (host: string, network: string, bits: number): boolean {
  if (isIP(host) === 0 || isIP(network) === 0 || bits > (isIP(network) === 6 ? 128 : 32)) return false
  const range = new BlockList()
  range.addSubnet(network, bits, familyOf(network))
  return range.check(host, familyOf(host))
}
