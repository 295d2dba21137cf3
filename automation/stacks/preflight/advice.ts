/** Advice on opening or granting so that Windlass works in a cluster, and for whom. Pure. */
import { type Federation } from '../../../programs/types.ts'

function cloudOf (federation: Federation, cluster: string) {
  return federation.clusters.find(({ name }) => name === cluster)?.cloud ?? 'aws'
}

/** The identity that a cluster's kubeconfig gets tokens for. */
export function identityOf (federation: Federation, cluster: string): string {
  const { aws, gcp, azure } = federation.accounts
  switch (cloudOf(federation, cluster)) {
    case 'aws':
      return aws.roleArn ?? "the service's own identity on AWS"
    case 'gcp':
      return gcp.impersonateServiceAccount ?? "the service's own identity on Google Cloud"
    case 'azure':
      return azure.clientId === undefined
        ? 'the identity that az login was done with'
        : `application ${azure.clientId}`
  }
}

/** Grants that let an identity work in a cluster, in the words of its cloud. */
export function grantingOf (federation: Federation, cluster: string): string {
  const identity = identityOf(federation, cluster)
  switch (cloudOf(federation, cluster)) {
    case 'aws':
      return `Give ${identity} an access entry of the EKS cluster with the policy ` +
        'AmazonEKSClusterAdminPolicy, cluster-wide; whoever created the cluster has one'
    case 'gcp':
      return `Give ${identity} roles/container.admin on the cluster, as phase 1 gives it to the deployer`
    case 'azure':
      return `Give ${identity} the role Azure Kubernetes Service RBAC Cluster Admin on the cluster, as ` +
        `infrastructure.${cluster} gives it to accounts.azure.clientId`
  }
}

/** Settings that a range becomes in each cloud: one of the internet, and a private one. */
const doors = {
  aws: ['publicAccessCidrs of the EKS cluster', "rules of the control plane's security group"],
  gcp: ['authorized networks of the GKE cluster', 'authorized networks of the GKE cluster'],
  azure: ['authorized ranges of the AKS cluster', 'nothing on AKS, whose API is in the network']
} as const
const joining = {
  aws: 'by a transit gateway attachment, a VPN or a circuit',
  gcp: 'by a VPN or a circuit (a VPC peering does not lead to the control plane)',
  azure: "by a peering, a VPN or a circuit, and link the cluster's private DNS zone to it"
}

/** Steps that open a cluster's API to the place where Windlass runs. */
export function openingOf (federation: Federation, cluster: string): string {
  const cloud = cloudOf(federation, cluster)
  const { operators = [] } = federation
  const again = `and deploy infrastructure.${cluster} again`
  if (operators.length === 0) {
    return 'The federation file says from nowhere that API servers are called: name the ranges that ' +
      `Windlass calls from under operators, ${again}`
  }
  const [internet, joined] = doors[cloud]
  return `The federation file lets in operators ${operators.join(', ')}, of which ranges of the internet ` +
    `become ${internet}, and private ones ${joined}: if Windlass calls from elsewhere, name that range ` +
    `there, ${again}. A private range also has to be joined to the cluster's network, ${joining[cloud]}`
}
