/** Type tokens of the `azure-native` package that several tables name. */
export const GATEWAY = 'azure-native:network:VirtualNetworkGateway'
export const MANAGED_CLUSTER = 'azure-native:containerservice:ManagedCluster'
export const NAT_GATEWAY = 'azure-native:network:NatGateway'
export const PUBLIC_IP = 'azure-native:network:PublicIPAddress'
export const ROUTE_TABLE = 'azure-native:network:RouteTable'
export const SECURITY_GROUP = 'azure-native:network:NetworkSecurityGroup'
export const SUBNET = 'azure-native:network:Subnet'
export const VIRTUAL_NETWORK = 'azure-native:network:VirtualNetwork'
