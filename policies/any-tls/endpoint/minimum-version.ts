import { resourcePolicy } from '../../policy.ts'
import { at, text } from '../../properties.ts'

/** Of AWS: policies that allow TLS 1.2 with forward secrecy and 1.3, or 1.3 alone. */
const modernListener = /^ELBSecurityPolicy-TLS13-1-[23]/
const legacy = ['TLS1_0', 'TLS1_1', 'TLS10', 'TLS11', '1.0', '1.1', 'TLS_1_0', 'TLS_1_1']

export const tlsMinimum = resourcePolicy({
  name: 'tls-minimum-version',
  description: 'Endpoints of the clouds take TLS 1.2 at least.',
  level: 'mandatory',
  types: [
    'azure-native:storage:StorageAccount',
    'aws:lb/listener:Listener',
    'gcp:compute/sSLPolicy:SSLPolicy',
    'azure-native:web:WebApp'
  ],
  check: ({ type, props }) => {
    if (type === 'aws:lb/listener:Listener') {
      return ['HTTPS', 'TLS'].includes(String(props['protocol'])) &&
          !modernListener.test(text(props, 'sslPolicy') ?? '')
        ? 'set sslPolicy to ELBSecurityPolicy-TLS13-1-2-2021-06 or a stricter one'
        : undefined
    }
    const path = {
      'azure-native:storage:StorageAccount': 'minimumTlsVersion',
      'gcp:compute/sSLPolicy:SSLPolicy': 'minTlsVersion',
      'azure-native:web:WebApp': 'siteConfig.minTlsVersion'
    }[type]
    if (path === undefined) return undefined
    const version = at(props, path)
    // Left out, Azure Storage and Google take TLS 1.0.
    return version === undefined || legacy.includes(String(version))
      ? `set ${path} to 1.2 or later`
      : undefined
  }
})
