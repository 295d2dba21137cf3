/** Data table: quotas by account or region, under the clouds' own names. */
import { type Quotas } from './package-model.ts'

/** Limits that hold unless the options of the clouds give others. */
export const defaultQuotas: Quotas = {
  // AWS: Service Quotas console.
  'aws:ec2:standard-vcpus': {
    limit: 640,
    initial: 5,
    name: 'Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances',
    per: 'region'
  },
  'aws:ec2:standard-vcpus-spot': {
    limit: 640,
    initial: 5,
    name: 'All Standard (A, C, D, H, I, M, R, T, Z) Spot Instance Requests',
    per: 'region'
  },
  'aws:ec2:g-vcpus': { limit: 64, initial: 0, name: 'Running On-Demand G and VT instances', per: 'region' },
  'aws:ec2:g-vcpus-spot': {
    limit: 64,
    initial: 0,
    name: 'All G and VT Spot Instance Requests',
    per: 'region'
  },
  'aws:ec2:p-vcpus': { limit: 192, initial: 0, name: 'Running On-Demand P instances', per: 'region' },
  'aws:ec2:p-vcpus-spot': {
    limit: 192,
    initial: 0,
    name: 'All P4, P3 and P2 Spot Instance Requests',
    per: 'region'
  },
  'aws:vpc:vpcs': { limit: 20, initial: 5, name: 'VPCs per Region', per: 'region' },
  'aws:ec2:eips': { limit: 50, initial: 5, name: 'EC2-VPC Elastic IPs', per: 'region' },
  // The initial limit holds for each zone.
  'aws:vpc:nat-gateways': {
    limit: 50,
    initial: 5,
    name: 'NAT gateways per Availability Zone',
    per: 'region'
  },
  'aws:vpc:internet-gateways': {
    limit: 20,
    initial: 5,
    name: 'Internet gateways per Region',
    per: 'region'
  },
  'aws:eks:clusters': { limit: 100, initial: 100, name: 'Clusters', per: 'region' },
  'aws:ec2:transit-gateways': { limit: 5, initial: 5, name: 'Transit gateways per account', per: 'region' },
  'aws:ec2:vpn-connections': { limit: 50, initial: 50, name: 'VPN connections per region', per: 'region' },
  'aws:ec2:customer-gateways': {
    limit: 50,
    initial: 50,
    name: 'Customer gateways per region',
    per: 'region'
  },
  'aws:iam:roles': { limit: 5000, initial: 1000, name: 'Roles per account', per: 'account' },
  'aws:s3:buckets': { limit: 10000, initial: 10000, name: 'General purpose buckets', per: 'account' },
  // Google Cloud: Compute Engine and GKE quotas.
  'gcp:compute:cpus': { limit: 600, initial: 24, name: 'CPUS', per: 'region' },
  // With an initial limit of 0 spot CPUs count as CPUS.
  'gcp:compute:cpus-spot': { limit: 600, initial: 0, name: 'PREEMPTIBLE_CPUS', per: 'region' },
  'gcp:compute:ssd-gb': { limit: 500000, initial: 500, name: 'SSD_TOTAL_GB', per: 'region' },
  'gcp:compute:in-use-addresses': { limit: 70, initial: 8, name: 'IN_USE_ADDRESSES', per: 'region' },
  'gcp:compute:external-vpn-gateways': {
    limit: 30,
    initial: 5,
    name: 'EXTERNAL_VPN_GATEWAYS',
    per: 'account'
  },
  // The initial limit is 5 to 15.
  'gcp:compute:networks': { limit: 30, initial: 5, name: 'NETWORKS', per: 'account' },
  'gcp:compute:addresses': { limit: 70, initial: 8, name: 'STATIC_ADDRESSES', per: 'region' },
  'gcp:compute:routers': { limit: 40, initial: 10, name: 'ROUTERS', per: 'account' },
  'gcp:compute:vpn-gateways': { limit: 30, initial: 5, name: 'VPN_GATEWAYS', per: 'account' },
  'gcp:compute:vpn-tunnels': { limit: 100, initial: 10, name: 'VPN_TUNNELS', per: 'account' },
  'gcp:container:clusters': { limit: 100, initial: 100, name: 'Clusters per region', per: 'region' },
  // Azure: subscription and service limits. The initial limit of cores is 10 to 20, that of
  // clusters holds under enterprise agreements.
  'azure:compute:cores': { limit: 600, initial: 10, name: 'cores', per: 'region' },
  'azure:network:public-ips': { limit: 1000, initial: 1000, name: 'PublicIPAddresses', per: 'region' },
  'azure:network:virtual-networks': { limit: 1000, initial: 1000, name: 'VirtualNetworks', per: 'region' },
  'azure:containerservice:clusters': { limit: 100, initial: 100, name: 'managedClusters', per: 'region' },
  'azure:storage:accounts': { limit: 250, initial: 250, name: 'StorageAccounts', per: 'region' }
}
