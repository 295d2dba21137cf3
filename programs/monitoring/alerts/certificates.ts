/** Data table: alerts on certificates that end or cannot be made. */
import { type AlertRow } from '../alert.ts'

export function certificateRows (): AlertRow[] {
  return [
    {
      name: 'RootCertificateExpires',
      severity: 'critical',
      for: '1h',
      expression: 'min(citadel_server_root_cert_expiry_timestamp) - time() < 180 * 86400',
      summary: "The mesh's root certificate ends within half a year",
      description: 'Replacing a root takes weeks: begin now. Left: {{ $value | humanizeDuration }}.'
    },
    {
      name: 'IntermediateCertificateExpires',
      severity: 'critical',
      for: '1h',
      expression: 'min(citadel_server_cert_chain_expiry_timestamp) - time() < 90 * 86400',
      summary: "The cluster's intermediate certificate ends within 90 days",
      description: 'Deploy the mesh phase of this cluster to renew it. Left: {{ $value | humanizeDuration }}.'
    },
    {
      name: 'WorkloadCertificatesFail',
      severity: 'critical',
      for: '5m',
      // Each is a series of its own, made with its first error: a sum would need both.
      expression: 'increase(citadel_server_csr_sign_err_count[5m]) > 0 or ' +
        'increase(citadel_server_csr_parsing_err_count[5m]) > 0',
      summary: 'Workloads get no certificates',
      description: 'Their present ones last for a day at most.'
    },
    {
      name: 'IngressCertificateExpires',
      severity: 'warning',
      for: '1h',
      expression: 'min by (instance) (probe_ssl_earliest_cert_expiry) - time() < 21 * 86400',
      summary: 'An ingress certificate ends within three weeks',
      description: '{{ $labels.instance }}: deploy its mesh phase to renew it.'
    }
  ]
}
