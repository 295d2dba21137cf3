import { resourcePolicy } from '../../policy.ts'
import { object, text } from '../../properties.ts'

export const strictMtls = resourcePolicy({
  name: 'mesh-strict-mtls',
  description: 'Services of the mesh talk over mutual TLS only.',
  level: 'mandatory',
  types: [
    'kubernetes:security.istio.io/v1:PeerAuthentication',
    'kubernetes:security.istio.io/v1beta1:PeerAuthentication',
    'kubernetes:networking.istio.io/v1:DestinationRule'
  ],
  check: ({ type, props }) => {
    if (type.endsWith(':DestinationRule')) {
      return text(props, 'spec.trafficPolicy.tls.mode') === 'DISABLE'
        ? 'remove spec.trafficPolicy.tls.mode DISABLE'
        : undefined
    }
    const ports = Object.entries(object(props, 'spec.portLevelMtls')).filter(([, value]) =>
      text(value, 'mode') !== 'STRICT'
    ).map(([port]) => `set spec.portLevelMtls.${port}.mode to STRICT`)
    return text(props, 'spec.mtls.mode') === 'STRICT' ? ports : ['set spec.mtls.mode to STRICT', ...ports]
  }
})
