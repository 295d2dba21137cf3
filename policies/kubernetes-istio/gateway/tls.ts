import { resourcePolicy } from '../../policy.ts'
import { list, text } from '../../properties.ts'

const order = ['TLS_AUTO', 'TLSV1_0', 'TLSV1_1', 'TLSV1_2', 'TLSV1_3']

export const gatewayTls = resourcePolicy({
  name: 'mesh-gateway-tls',
  description:
    "Gateways take the federation's minimum TLS version, and nothing in clear but what is sent on to HTTPS.",
  level: 'mandatory',
  types: ['kubernetes:networking.istio.io/v1:Gateway', 'kubernetes:networking.istio.io/v1beta1:Gateway'],
  reads: 'facts',
  check: ({ props }, facts) =>
    list(props, 'spec.servers').flatMap((server, index) => {
      const path = `spec.servers[${index}]`
      const [protocol, mode] = [text(server, 'port.protocol'), text(server, 'tls.mode')]
      if (protocol === 'HTTP') {
        return (server as { tls?: { httpsRedirect?: boolean } }).tls?.httpsRedirect === true
          ? []
          : [`set ${path}.tls.httpsRedirect to true, or serve HTTPS`]
      }
      // What is passed through is ended by a proxy of the mesh, which has its own minimum.
      if (mode === undefined || mode.endsWith('PASSTHROUGH') || mode === 'ISTIO_MUTUAL') return []
      // Checkers of DNS services speak TLS 1.2 at best. What they ask has hosts of its own: one of
      // the cluster, and one that every cluster serves.
      const hosts = list(server, 'hosts')
      const health = hosts.length > 0 &&
        hosts.every((host) => /^(?:health-|any\.health\.)/.test(String(host)))
      const least = health ? 'TLSV1_2' : facts?.minTlsVersion ?? 'TLSV1_2'
      return order.indexOf(text(server, 'tls.minProtocolVersion') ?? 'TLS_AUTO') < order.indexOf(least)
        ? [`set ${path}.tls.minProtocolVersion to ${least}`]
        : []
    })
})
