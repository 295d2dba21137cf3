/**
 * Versions of EKS add-ons, pinned for each minor version of Kubernetes: an add-on changes when this
 * table does, not when AWS publishes one. Pure. Sources: `aws eks describe-addon-versions` as
 * public repositories recorded it in August and September 2026 (aws-samples' LLM gateway for
 * CoreDNS, kube-proxy and the network plugin of 1.32 to 1.36; clusters in use for the others, whose
 * versions are the same for all of these).
 */
const anyMinor: Readonly<Record<string, string>> = {
  'aws-ebs-csi-driver': 'v1.66.0-eksbuild.1',
  'eks-pod-identity-agent': 'v1.3.10-eksbuild.3',
  'metrics-server': 'v0.9.0-eksbuild.11',
  'vpc-cni': 'v1.22.4-eksbuild.3'
}
const byMinor: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  1.32: { coredns: 'v1.11.4-eksbuild.51', 'kube-proxy': 'v1.32.13-eksbuild.24' },
  1.33: { coredns: 'v1.12.4-eksbuild.29', 'kube-proxy': 'v1.33.10-eksbuild.21' },
  1.34: { coredns: 'v1.12.4-eksbuild.29', 'kube-proxy': 'v1.34.6-eksbuild.21' },
  1.35: { coredns: 'v1.13.2-eksbuild.21', 'kube-proxy': 'v1.35.3-eksbuild.21' },
  1.36: { coredns: 'v1.14.3-eksbuild.14', 'kube-proxy': 'v1.36.0-eksbuild.17' }
}

/**
 * The pinned version of an add-on for a minor version of Kubernetes (`1.35`); undefined for a minor
 * that the table does not have: EKS then takes its default for it.
 */
export function addonVersion (addonName: string, kubernetesVersion: string): string | undefined {
  const versions = byMinor[kubernetesVersion]
  return versions && (versions[addonName] ?? anyMinor[addonName])
}
