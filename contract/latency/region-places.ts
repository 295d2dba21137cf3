/**
 * Places of the three clouds' regions, by the metropolitan area that the provider names. Sources:
 * https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html,
 * https://cloud.google.com/about/locations,
 * https://learn.microsoft.com/azure/reliability/regions-list. A provider's data centres lie within
 * some tens of kilometres of these places.
 */

/** A metropolitan area with regions of clouds. */
export interface Place {
  readonly name: string
  /** Degrees. */
  readonly north: number
  /** Degrees. */
  readonly east: number
}

const places: Record<string, [north: number, east: number, ...regions: string[]]> = {
  Ashburn: [39.04, -77.49, 'us-east-1', 'us-east4', 'eastus', 'eastus2', 'us-gov-east-1'],
  Columbus: [39.96, -83.0, 'us-east-2', 'us-east5'],
  MoncksCorner: [33.2, -80.01, 'us-east1'],
  CouncilBluffs: [41.26, -95.86, 'us-central1', 'centralus'],
  Chicago: [41.88, -87.63, 'northcentralus'],
  Dallas: [32.78, -96.8, 'us-south1'],
  SanAntonio: [29.42, -98.49, 'southcentralus'],
  Cheyenne: [41.14, -104.82, 'westcentralus'],
  Phoenix: [33.45, -112.07, 'westus3'],
  SaltLakeCity: [40.76, -111.89, 'us-west3'],
  LasVegas: [36.17, -115.14, 'us-west4'],
  LosAngeles: [34.05, -118.24, 'us-west2'],
  SanJose: [37.34, -121.89, 'us-west-1', 'westus'],
  Boardman: [45.84, -119.7, 'us-west-2', 'us-gov-west-1'],
  TheDalles: [45.59, -121.18, 'us-west1'],
  Quincy: [47.23, -119.85, 'westus2'],
  Montreal: [45.5, -73.57, 'ca-central-1', 'northamerica-northeast1'],
  Toronto: [43.65, -79.38, 'northamerica-northeast2', 'canadacentral'],
  QuebecCity: [46.81, -71.21, 'canadaeast'],
  Calgary: [51.05, -114.07, 'ca-west-1'],
  Queretaro: [20.59, -100.39, 'mx-central-1', 'northamerica-south1', 'mexicocentral'],
  SaoPaulo: [-23.55, -46.63, 'sa-east-1', 'southamerica-east1', 'brazilsouth'],
  RioDeJaneiro: [-22.91, -43.17, 'brazilsoutheast'],
  Santiago: [-33.45, -70.67, 'southamerica-west1', 'chilecentral'],
  Dublin: [53.35, -6.26, 'eu-west-1', 'northeurope'],
  London: [51.51, -0.13, 'eu-west-2', 'europe-west2', 'uksouth'],
  Cardiff: [51.48, -3.18, 'ukwest'],
  Paris: [48.86, 2.35, 'eu-west-3', 'europe-west9', 'francecentral'],
  Marseille: [43.3, 5.37, 'francesouth'],
  SaintGhislain: [50.45, 3.82, 'europe-west1'],
  Brussels: [50.85, 4.35, 'belgiumcentral'],
  Amsterdam: [52.37, 4.9, 'westeurope'],
  Eemshaven: [53.44, 6.83, 'europe-west4'],
  Frankfurt: [50.11, 8.68, 'eu-central-1', 'europe-west3', 'germanywestcentral'],
  Berlin: [52.52, 13.4, 'europe-west10', 'germanynorth'],
  Zurich: [47.38, 8.54, 'eu-central-2', 'europe-west6', 'switzerlandnorth'],
  Geneva: [46.2, 6.14, 'switzerlandwest'],
  Milan: [45.46, 9.19, 'eu-south-1', 'europe-west8', 'italynorth'],
  Turin: [45.07, 7.69, 'europe-west12'],
  Madrid: [40.42, -3.7, 'europe-southwest1', 'spaincentral'],
  Zaragoza: [41.65, -0.89, 'eu-south-2'],
  Vienna: [48.21, 16.37, 'austriaeast'],
  Warsaw: [52.23, 21.01, 'europe-central2', 'polandcentral'],
  Stockholm: [59.33, 18.07, 'eu-north-1', 'europe-north2'],
  Gavle: [60.67, 17.14, 'swedencentral'],
  Malmo: [55.6, 13.0, 'swedensouth'],
  Hamina: [60.57, 27.2, 'europe-north1'],
  Oslo: [59.91, 10.75, 'norwayeast'],
  Stavanger: [58.97, 5.73, 'norwaywest'],
  TelAviv: [32.09, 34.78, 'il-central-1', 'me-west1', 'israelcentral'],
  Bahrain: [26.07, 50.55, 'me-south-1'],
  Dubai: [25.2, 55.27, 'me-central-1', 'uaenorth'],
  AbuDhabi: [24.45, 54.38, 'uaecentral'],
  Doha: [25.29, 51.53, 'me-central1', 'qatarcentral'],
  Dammam: [26.43, 50.1, 'me-central2'],
  CapeTown: [-33.92, 18.42, 'af-south-1', 'southafricawest'],
  Johannesburg: [-26.2, 28.05, 'africa-south1', 'southafricanorth'],
  Mumbai: [19.08, 72.88, 'ap-south-1', 'asia-south1', 'westindia'],
  Pune: [18.52, 73.86, 'centralindia'],
  Jamnagar: [22.47, 70.06, 'jioindiawest'],
  Chennai: [13.08, 80.27, 'southindia'],
  Hyderabad: [17.39, 78.49, 'ap-south-2'],
  Delhi: [28.61, 77.21, 'asia-south2'],
  Singapore: [1.35, 103.82, 'ap-southeast-1', 'asia-southeast1', 'southeastasia'],
  KualaLumpur: [3.14, 101.69, 'ap-southeast-5', 'malaysiawest'],
  Bangkok: [13.76, 100.5, 'ap-southeast-7'],
  Jakarta: [-6.21, 106.85, 'ap-southeast-3', 'asia-southeast2', 'indonesiacentral'],
  HongKong: [22.32, 114.17, 'ap-east-1', 'asia-east2', 'eastasia'],
  Changhua: [24.05, 120.52, 'asia-east1'],
  Taipei: [25.03, 121.57, 'ap-east-2'],
  Beijing: [39.9, 116.4, 'cn-north-1'],
  Zhongwei: [37.5, 105.19, 'cn-northwest-1'],
  Seoul: [37.57, 126.98, 'ap-northeast-2', 'asia-northeast3', 'koreacentral'],
  Busan: [35.18, 129.08, 'koreasouth'],
  Tokyo: [35.68, 139.69, 'ap-northeast-1', 'asia-northeast1', 'japaneast'],
  Osaka: [34.69, 135.5, 'ap-northeast-3', 'asia-northeast2', 'japanwest'],
  Sydney: [-33.87, 151.21, 'ap-southeast-2', 'australia-southeast1', 'australiaeast'],
  Melbourne: [-37.81, 144.96, 'ap-southeast-4', 'australia-southeast2', 'australiasoutheast'],
  Canberra: [-35.28, 149.13, 'australiacentral'],
  Auckland: [-36.85, 174.76, 'newzealandnorth']
}

const byRegion: ReadonlyMap<string, Place> = new Map(
  Object.entries(places).flatMap(([name, [north, east, ...regions]]) =>
    regions.map((region) => [region, { name, north, east }] as const)
  )
)

/** Place of a region of any cloud; undefined when no cloud has a region with this name. */
export function placeOfRegion (region: string): Place | undefined {
  return byRegion.get(region)
}
