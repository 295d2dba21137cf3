/**
 * Data table: changes that somebody makes in the clouds of a recovery pair behind the file's back,
 * mistakes that programs once made among them, and what phase 8 says of each at the next up.
 */
import { type CloudRecord } from '../../../rehearsal/store.ts'
import { onePair } from '../../fixtures/part-of-nautilus.ts'

export const [primary, standby] = onePair as [string, string]

export interface Change {
  readonly name: string
  /** Unit that is deployed again. */
  readonly unit: string
  /** Types of the records that are changed, and their ids and names. */
  readonly type: RegExp
  readonly which: RegExp
  /** The record as somebody leaves it; deleted when absent. */
  readonly change?: (record: CloudRecord) => CloudRecord
  /** What the unit fails with. */
  readonly failure: RegExp
}

const here = `validation.${standby}`

/** Replaces a text in what is deployed. */
const saying =
  (part: 'inputs' | 'outputs', from: RegExp, to: string) => (record: CloudRecord): CloudRecord => ({
    ...record,
    [part]: JSON.parse(JSON.stringify(record[part]).replaceAll(from, to)) as CloudRecord['inputs']
  })

export const changes: readonly Change[] = [
  {
    name: 'istiod of another version',
    unit: here,
    type: /Release$/,
    which: / istiod$/,
    change: saying('inputs', /"version":"1\.31\.1"/g, '"version":"1.31.0"'),
    failure: /: istio-version: istiod 1\.31\.0, not 1\.31\.1 \(measured\)/
  },
  {
    // Its unit of phase 7 waits for nothing (skipAwait): a lost primary must not keep it back.
    name: 'a prober whose probe asks another host, which Pod Security forbids',
    unit: 'validation.global',
    type: /apps\/v1:Deployment$/,
    which: / verdict$/,
    change: saying(
      'outputs',
      /"exec":\{"command":\[[^\]]*\]\}/g,
      '"httpGet":{"host":"primary.example.com","path":"/","port":443}'
    ),
    failure: /: duties: .*pods-admitted.*dr-nautilus-primary-us-east\/verdict/s
  },
  {
    name: 'no tuning of nodes',
    unit: here,
    type: /DaemonSet$/,
    which: / node-tuning$/,
    failure: /: node-tuning: DaemonSet node-tuning does not run on all nodes/
  },
  {
    name: 'an alert less',
    unit: here,
    type: /PrometheusRule$/,
    which: /windlass-alerts/,
    change: saying('outputs', /"alert":"IstiodDown"/g, '"record":"istiod"'),
    failure: /: alerts: absent: IstiodDown/
  },
  {
    // Without the policy by names: it would refuse a caller without a certificate, too.
    name: 'a mesh that takes plaintext',
    unit: here,
    type: /PeerAuthentication$|AuthorizationPolicy$/,
    which: /istio-system\/default|windlass\/probes-only/,
    change: (record) => ({
      ...record,
      outputs: { ...record.outputs, spec: { mtls: { mode: 'PERMISSIVE' }, rules: [{}] } }
    }),
    failure: /: plaintext-refused: answered in 1\.5 ms/
  },
  {
    name: 'a standby without its database',
    unit: 'validation.global',
    type: /cnpg\.io\/v1:Cluster$/,
    which: new RegExp(` ledger-${standby}$`),
    failure: new RegExp(`: replication-${primary}: nothing answered.*knows of no replica in ${standby}`)
  },
  {
    name: 'a listener for clients that takes TLS 1.2',
    unit: 'validation.global',
    type: /v1:Gateway$/,
    which: /istio-system\/ingress/,
    change: saying('outputs', /TLSV1_3/g, 'TLSV1_2'),
    failure: new RegExp(`: tls-minimum-enforced: ${primary} answers a client that speaks TLS 1\\.2`)
  },
  {
    // Endpoints of other networks that take no mutual TLS are none.
    name: "probes of gateways' names, at which nobody answers in plaintext",
    unit: 'validation.global',
    type: /:Probe$/,
    which: new RegExp(`latency-${primary}$`),
    change: saying('outputs', /http:\/\/peer-[^"]*/g, 'http://peer.clusters.nautilus.internal:15021/healthz'),
    failure: new RegExp(`: peer-probes: .*${primary} does not answer ${standby}`)
  },
  {
    name: 'a Prometheus that asks the prober past its proxy',
    unit: here,
    type: /Release$/,
    which: / prometheus$/,
    change: saying('inputs', /("[^"]*includeOutboundIPRanges":")[^"]*"/g, '$1172.20.0.0/20"'),
    failure: /: scrape-targets: .*peer-latency cannot be read/
  },
  {
    name: "a ledger whose policy keeps Prometheus from its proxies' metrics",
    unit: here,
    type: /NetworkPolicy$/,
    which: new RegExp(`ledger-${primary}/allow-ledger`),
    change: saying('outputs', /\{"port":15090[^}]*\}/g, '{"port":1}'),
    failure: /: scrape-targets: monitoring\/sidecars cannot be read/
  },
  {
    name: 'backups that nobody may act as the account of',
    unit: 'validation.global',
    type: /serviceaccount\/iAMMember/,
    which: /system:serviceaccount:velero:velero/,
    failure: new RegExp(
      `: cloud-calls: .*${primary} velero/velero -> .*getAccessToken' denied .* may not act as `
    )
  },
  {
    name: 'backups with the role of another account',
    unit: 'validation.global',
    type: /Release$/,
    which: / velero$/,
    change: saying('outputs', /role\/[a-z-]+-backups-role-[0-9a-f]{7}/g, 'role/nautilus-other'),
    failure: new RegExp(`: cloud-calls: .*${standby} velero/velero -> .*there is no role `)
  },
  {
    name: 'metrics whose service account has no association',
    unit: 'validation.global',
    type: /podIdentityAssociation/,
    which: /metrics-identity/,
    failure: new RegExp(`: cloud-calls: .*${primary} monitoring/mimir -> AWS: no pod identity association`)
  }
]
