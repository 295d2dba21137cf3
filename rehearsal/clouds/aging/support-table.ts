/** Data table: until when versions are supported, each with the document that says so. */

/** One version of something that is deployed. */
export interface SupportRow {
  /** `eks`, `gke`, `aks`, or a chart's name. */
  readonly product: string
  readonly version: string
  /** The first day without support, UTC. */
  readonly ends: string
  /** What its maker does then. */
  readonly then: string
  readonly source: string
}

const eks = {
  product: 'eks',
  then:
    'with supportType STANDARD EKS upgrades the control plane by itself, else extended support is charged',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html'
}
const gke = {
  product: 'gke',
  then: 'GKE upgrades the control plane by itself, unless the cluster is in the Extended channel',
  source: 'https://cloud.google.com/kubernetes-engine/docs/release-schedule'
}
const istio = {
  then: 'there are no more patches, for security either',
  source: 'https://istio.io/latest/docs/releases/supported-releases/'
}

// Rows were compared with endoflife-date/endoflife.date (products/amazon-eks.md,
// google-kubernetes-engine.md, istio.md) and, for EKS 1.35, with aws-samples/sample-apex-skills.
export const supportRows: readonly SupportRow[] = [
  { ...eks, version: '1.33', ends: '2026-07-29' },
  { ...eks, version: '1.34', ends: '2026-12-02' },
  { ...eks, version: '1.35', ends: '2027-03-27' },
  { ...gke, version: '1.33', ends: '2026-08-03' },
  { ...gke, version: '1.34', ends: '2026-10-01' },
  { ...gke, version: '1.35', ends: '2027-04-11' },
  { ...istio, product: 'istiod', version: '1.28', ends: '2026-05-31' },
  { ...istio, product: 'istiod', version: '1.29', ends: '2026-08-31' },
  { ...istio, product: 'istiod', version: '1.31', ends: '2027-02-28' }
]
