/** Mistakes about who reaches whom. */
import { changing, type Mistake } from './mistake.ts'

const [onAws, onGcp] = ['nautilus-hub-us-west', 'nautilus-analytics-us']
const [primary, standby] = ['nautilus-primary-us-east', 'nautilus-dr-us-west']

interface EgressRule {
  to?: { ipBlock?: { cidr: string } }[]
}

export const reachabilityMistakes: readonly Mistake[] = [
  {
    name: 'a control plane of EKS that does not let in the range that Windlass calls from',
    clusters: [onAws],
    first: [],
    unit: `networking.${onAws}-platform`,
    transform: changing(
      'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule',
      (props, name) => name.includes('-operators-') ? { ...props, cidrIpv4: '10.251.0.0/24' } : undefined
    ),
    refusal:
      /cannot be reached from where Windlass runs: .*dial tcp .*i\/o timeout \(nautilus-hub-us-west: 10\.250\.0\.0\/24 is let in on 443 by no rule of the control plane: a security group lets in what one of its rules names\)\. The federation file lets in operators 10\.250\.0\.0\/24/
  },
  {
    name: 'a controller on EKS that asks the metadata service of its node, one hop away',
    clusters: [onAws],
    first: ['prerequisites.aws'],
    unit: `networking.${onAws}`,
    transform: changing('kubernetes:helm.sh/v3:Release', (props, name) => {
      if (name !== 'aws-load-balancer-controller') return undefined
      const { vpcId: _, ...values } = props['values'] as Record<string, unknown>
      return { ...props, values }
    }),
    refusal:
      /release aws-load-balancer-controller failed, .*failed to fetch VPC ID from instance metadata \(nautilus-hub-us-west: .*its nodes allow one hop/
  },
  {
    name: 'a webhook behind a port that no firewall of GKE opens to the control plane',
    clusters: [onGcp],
    first: [],
    unit: `mesh.${onGcp}`,
    transform: changing(
      'gcp:compute/firewall:Firewall',
      (props, name) =>
        name.endsWith('-control-plane')
          ? { ...props, allows: [{ protocol: 'tcp', ports: ['10250'] }] }
          : undefined
    ),
    refusal:
      /failed calling webhook "object\.sidecar-injector\.istio\.io": .*: context deadline exceeded \(nautilus-analytics-us: firewall of .*: no rule lets in the control plane \(172\.24\.\d+\.\d+\/28\) on 15017/
  },
  {
    name: "an operator's webhook on a port of its own that no firewall of GKE opens",
    clusters: [primary, standby],
    first: [],
    unit: `disaster-recovery.${primary}.${standby}-standby`,
    transform: changing(
      'gcp:compute/firewall:Firewall',
      (props, name) =>
        name.endsWith('-control-plane')
          ? { ...props, allows: [{ protocol: 'tcp', ports: ['10250', '15017'] }] }
          : undefined
    ),
    refusal:
      /failed calling webhook "[^"]*cnpg\.io": .*: context deadline exceeded \(nautilus-dr-us-west: firewall of .*: no rule lets in the control plane \(172\.24\.\d+\.\d+\/28\) on 9443/
  },
  {
    name: 'a policy that admits the network of EKS and not the address of its API service',
    clusters: [onAws],
    first: [],
    unit: `mesh.${onAws}`,
    transform: changing('kubernetes:networking.k8s.io/v1:NetworkPolicy', (props, name) => {
      const spec = props['spec'] as { egress?: EgressRule[] }
      return name === 'mesh-allow-istiod'
        ? {
          ...props,
          spec: {
            ...spec,
            egress: (spec.egress ?? []).map((rule) => ({
              ...rule,
              to: rule.to?.filter(({ ipBlock }) => ipBlock?.cidr.endsWith('/32') !== true)
            }))
          }
        }
        : undefined
    }),
    refusal:
      /release istiod failed, and has been uninstalled due to atomic being set: context deadline exceeded: .*nothing lets out to the API server \(172\.20\.\d+\.1\/32\) on 443: the VPC CNI judges what leaves a pod before/
  }
]
