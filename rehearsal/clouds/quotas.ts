/**
 * Quotas per account and region, by the clouds' own quota names: their published defaults, raised
 * where any account that runs production clusters has had them raised (the figure in use is in
 * `limit`; the default is in the comment).
 */
import { type Quotas } from './model.ts'

/** Limits that hold unless `createClouds` is given others. */
export const DEFAULT_QUOTAS: Quotas = {
  // AWS (Service Quotas console; quota codes L-1216C47A, L-F678F1CE, L-0263D0A3, L-FE5A380F,
  // L-1194D53C, L-A2478D36).
  'aws:ec2:standard-vcpus': {
    limit: 640,
    name: 'Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances',
    per: 'region'
  }, // default 5
  'aws:ec2:standard-vcpus-spot': {
    limit: 640,
    name: 'All Standard (A, C, D, H, I, M, R, T, Z) Spot Instance Requests',
    per: 'region'
  }, // default 5
  'aws:ec2:g-vcpus': { limit: 64, name: 'Running On-Demand G and VT instances', per: 'region' }, // default 0
  // default 0
  'aws:ec2:g-vcpus-spot': { limit: 64, name: 'All G and VT Spot Instance Requests', per: 'region' },
  'aws:ec2:p-vcpus': { limit: 192, name: 'Running On-Demand P instances', per: 'region' }, // default 0
  // default 0
  'aws:ec2:p-vcpus-spot': { limit: 192, name: 'All P4, P3 and P2 Spot Instance Requests', per: 'region' },
  'aws:vpc:vpcs': { limit: 20, name: 'VPCs per Region', per: 'region' }, // default 5
  'aws:ec2:eips': { limit: 50, name: 'EC2-VPC Elastic IPs', per: 'region' }, // default 5
  // default 5 a zone
  'aws:vpc:nat-gateways': { limit: 50, name: 'NAT gateways per Availability Zone', per: 'region' },
  // default 5
  'aws:vpc:internet-gateways': { limit: 20, name: 'Internet gateways per Region', per: 'region' },
  'aws:eks:clusters': { limit: 100, name: 'Clusters', per: 'region' }, // default 100
  'aws:ec2:transit-gateways': { limit: 5, name: 'Transit gateways per account', per: 'region' }, // default 5
  'aws:ec2:vpn-connections': { limit: 50, name: 'VPN connections per region', per: 'region' }, // default 50
  // default 50
  'aws:ec2:customer-gateways': { limit: 50, name: 'Customer gateways per region', per: 'region' },
  'aws:iam:roles': { limit: 5000, name: 'Roles per account', per: 'account' }, // default 1000
  'aws:s3:buckets': { limit: 10000, name: 'General purpose buckets', per: 'account' }, // default 10000
  // Google Cloud (Compute Engine and GKE quotas).
  'gcp:compute:cpus': { limit: 600, name: 'CPUS', per: 'region' }, // default 24
  // default 0: spot then counts as CPUS
  'gcp:compute:cpus-spot': { limit: 600, name: 'PREEMPTIBLE_CPUS', per: 'region' },
  'gcp:compute:ssd-gb': { limit: 500000, name: 'SSD_TOTAL_GB', per: 'region' }, // default 500
  'gcp:compute:in-use-addresses': { limit: 70, name: 'IN_USE_ADDRESSES', per: 'region' }, // default 8
  // default 5
  'gcp:compute:external-vpn-gateways': { limit: 30, name: 'EXTERNAL_VPN_GATEWAYS', per: 'account' },
  'gcp:compute:networks': { limit: 30, name: 'NETWORKS', per: 'account' }, // default 5 to 15
  'gcp:compute:addresses': { limit: 70, name: 'STATIC_ADDRESSES', per: 'region' }, // default 8
  'gcp:compute:routers': { limit: 40, name: 'ROUTERS', per: 'account' }, // default 10
  'gcp:compute:vpn-gateways': { limit: 30, name: 'VPN_GATEWAYS', per: 'account' }, // default 5
  'gcp:compute:vpn-tunnels': { limit: 100, name: 'VPN_TUNNELS', per: 'account' }, // default 10
  'gcp:container:clusters': { limit: 100, name: 'Clusters per region', per: 'region' }, // default 100
  // Azure (subscription and service limits).
  'azure:compute:cores': { limit: 600, name: 'cores', per: 'region' }, // default 10 to 20
  'azure:network:public-ips': { limit: 1000, name: 'PublicIPAddresses', per: 'region' }, // default 1000
  'azure:network:virtual-networks': { limit: 1000, name: 'VirtualNetworks', per: 'region' }, // default 1000
  // default 100 under enterprise agreements
  'azure:containerservice:clusters': { limit: 100, name: 'managedClusters', per: 'region' },
  'azure:storage:accounts': { limit: 250, name: 'StorageAccounts', per: 'region' } // default 250
}
