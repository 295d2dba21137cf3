/** Type tokens of the `azure-native` package that several tables name. */
export const gatewayType = 'azure-native:network:VirtualNetworkGateway'
export const managedClusterType = 'azure-native:containerservice:ManagedCluster'
export const natGatewayType = 'azure-native:network:NatGateway'
export const publicIpType = 'azure-native:network:PublicIPAddress'
export const routeTableType = 'azure-native:network:RouteTable'
export const securityGroupType = 'azure-native:network:NetworkSecurityGroup'
export const subnetType = 'azure-native:network:Subnet'
export const virtualNetworkType = 'azure-native:network:VirtualNetwork'
