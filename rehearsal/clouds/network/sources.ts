/**
 * Data table: rules of networks by which calls are judged, each with the document or public code
 * that it was read from.
 */

interface NetworkRule {
  /** Statement, as a refusal shows it. */
  readonly claim: string
  readonly source: string
}

export const networkRules = {
  'policy-isolates': {
    claim: 'a pod that a policy selects may do what policies allow, and nothing else',
    source: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/'
  },
  'vpc-cni-before-translation': {
    claim: 'the VPC CNI judges what leaves a pod before a Service address is translated',
    source: 'https://github.com/open-telemetry/opentelemetry-operator/issues/5621'
  },
  'vpc-cni-selected-services': {
    claim: 'the VPC CNI admits the addresses of Services whose pods a rule selects',
    source: 'https://github.com/aws/amazon-network-policy-controller-k8s (pkg/resolvers/endpoints.go)'
  },
  'cilium-cidr': {
    claim: 'Cilium matches no node and no pod of the cluster by an address range: they have an identity',
    source: 'https://docs.cilium.io/en/stable/security/policy/language/#cidr-based'
  },
  'traffic-policy-cluster': {
    claim: 'externalTrafficPolicy Cluster gives packets the address of the node that forwards them',
    source: 'https://kubernetes.io/docs/tutorials/services/source-ip/'
  },
  'nlb-ip-targets': {
    claim: 'an NLB with IP targets calls them from its own addresses, unless told to keep those of clients',
    source:
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html'
  },
  'aws-routes': {
    claim: 'packets leave a subnet by the longest route of its table',
    source: 'https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html'
  },
  'transit-gateway-routes': {
    claim: 'a transit gateway forwards by its table: attachments propagate, peerings have static routes',
    source: 'https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html'
  },
  'transit-gateway-accepted': {
    claim: 'a peering attachment carries nothing until the other side has accepted it',
    source: 'https://docs.aws.amazon.com/vpc/latest/tgw/tgw-peering.html'
  },
  'gcp-peering': {
    claim: 'networks are peered when both have asked for it, and a peering leads no further',
    source: 'https://cloud.google.com/vpc/docs/vpc-peering'
  },
  'gcp-custom-routes': {
    claim: 'a peer uses routes that a VPN learned when one side exports and the other imports them',
    source: 'https://cloud.google.com/vpc/docs/vpc-peering#custom-route-exchange'
  },
  'azure-peering': {
    claim: 'virtual networks are peered when both have asked for it, and a peering leads no further',
    source: 'https://learn.microsoft.com/azure/virtual-network/virtual-network-peering-overview'
  },
  'azure-gateway-transit': {
    claim: "a network uses a peer's gateway when one side allows and the other asks for it",
    source: 'https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-peering-gateway-transit'
  },
  'vpn-both-ends': {
    claim: 'a tunnel is up when both ends know the address of the other',
    source: 'https://cloud.google.com/network-connectivity/docs/vpn/concepts/topologies'
  },
  'bgp-announced': {
    claim: 'a gateway sends through a tunnel what the other end announced',
    source: 'https://cloud.google.com/network-connectivity/docs/router/concepts/advertised-routes'
  },
  'security-group': {
    claim: 'a security group lets in what one of its rules names',
    source: 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html'
  },
  'source-ranges': {
    claim: "a Service's load balancer lets in loadBalancerSourceRanges and nobody else",
    source: 'https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/'
  },
  'network-security-group': {
    claim: 'of the rules of a network security group the first that matches decides',
    source: 'https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview'
  },
  'strict-mtls': {
    claim: 'with mutual TLS STRICT a proxy refuses whoever shows no certificate of the mesh',
    source: 'https://istio.io/latest/docs/reference/config/security/peer_authentication/'
  },
  'authorization-policy': {
    claim: 'a workload with an ALLOW policy answers only whom one of its rules names',
    source: 'https://istio.io/latest/docs/reference/config/security/authorization-policy/'
  },
  'remote-endpoints': {
    claim: "a mesh knows another cluster's endpoints when its control plane reaches that cluster's API",
    source: 'https://istio.io/latest/docs/setup/install/multicluster/multi-primary_multi-network/'
  },
  'east-west-gateway': {
    claim: 'another network is reached through a Service labelled with it, on the port of a Gateway',
    source: 'https://istio.io/latest/docs/setup/install/multicluster/multi-primary_multi-network/'
  },
  'eks-endpoint': {
    claim: 'EKS lets in publicAccessCidrs at its public endpoint, and the VPC at its private one',
    source: 'https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html'
  },
  'gke-endpoint': {
    claim: 'a GKE control plane with a private endpoint only has no address of the internet',
    source: 'https://cloud.google.com/kubernetes-engine/docs/concepts/network-isolation'
  },
  'gke-authorized-networks': {
    claim: 'a GKE control plane lets in its authorized networks and nobody else',
    source: 'https://cloud.google.com/kubernetes-engine/docs/how-to/authorized-networks'
  },
  'aks-endpoint': {
    claim: 'a private AKS API server is in its network; a public one lets in its authorized ranges',
    source: 'https://learn.microsoft.com/azure/aks/api-server-authorized-ip-ranges'
  },
  'name-resolves': {
    claim: 'a name leads to where the records of its zone say',
    source: 'https://datatracker.ietf.org/doc/html/rfc1034'
  },
  'ingress-listener': {
    claim: 'a gateway serves the hosts of its servers and nothing else',
    source: 'https://istio.io/latest/docs/reference/config/networking/gateway/'
  },
  'tls-version': {
    claim: "Route 53's checkers speak TLS 1.0 to 1.2, and a listener refuses what is below its minimum",
    source: 'https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html'
  },
  'public-trust': {
    claim: "clients trust certificates of public authorities, and no authority of a federation's own",
    source: 'https://wiki.mozilla.org/CA/Included_Certificates'
  },
  'ingress-route': {
    claim: 'a gateway answers 404 where no route matches host and path',
    source: 'https://istio.io/latest/docs/reference/config/networking/virtual-service/'
  },
  'gke-control-plane-firewall': {
    claim: 'of a private cluster, GKE opens 443 and 10250 from the control plane to nodes and no other port',
    source: 'https://cloud.google.com/kubernetes-engine/docs/how-to/private-clusters#add_firewall_rules ' +
      '(seen in https://github.com/cloudnative-pg/cloudnative-pg/issues/911, port 9443)'
  },
  'eks-node-security-group': {
    claim: 'nodes whose launch template names security groups are not in the one of their cluster',
    source: 'https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html'
  },
  'metadata-hops': {
    claim:
      'a pod that is not on the network of its node gets an answer of the metadata service over two hops',
    source:
      'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html, ' +
      'https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html'
  },
  'way-out': {
    claim: 'nodes without addresses of the internet get out through a NAT and no other way',
    source: 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html, ' +
      'https://cloud.google.com/nat/docs/overview, https://learn.microsoft.com/azure/nat-gateway/nat-overview'
  },
  'bucket-exists': {
    claim: 'a bucket is called by its name, which somebody has to have made',
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html'
  },
  'bucket-endpoint-policy': {
    claim: 'a gateway endpoint lets through what its policy allows, and routes all of its region to itself',
    source: 'https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html'
  },
  'storage-firewall': {
    claim: 'a storage account that denies by default admits networks, addresses and endpoints that it names',
    source: 'https://learn.microsoft.com/azure/storage/common/storage-network-security'
  },
  'pod-identity-agent': {
    claim: 'Pod Identity needs its agent on every node, at 169.254.170.23',
    source: 'https://docs.aws.amazon.com/eks/latest/userguide/pod-id-agent-setup.html'
  },
  'gke-metadata': {
    claim: "pods get tokens of their own account where the node pool runs GKE's metadata server",
    source: 'https://cloud.google.com/kubernetes-engine/docs/concepts/workload-identity'
  },
  'service-known': {
    claim: 'a name that no cluster has a Service for resolves to nothing',
    source: 'https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/'
  }
} as const satisfies Record<string, NetworkRule>

export type RuleName = keyof typeof networkRules

/** Facts that the world does not tell: judged as reached, counted and reported. */
export const networkUnknowns = {
  'given-certificate':
    'a certificate that the file gives by a secret is none in a rehearsal: who signed it is unknown',
  operators: 'the file does not say from where Windlass calls, so nothing says whether it gets through',
  'no-link': 'nothing in the world joins the two clouds; whether something outside of it does is unknown',
  'policy-enforcement': 'nothing says whether network policies are enforced in the cluster'
} as const

export type UnknownName = keyof typeof networkUnknowns
