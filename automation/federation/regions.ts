/**
 * The regions of the three clouds where a federation may put clusters, with their zones and the
 * area they lie in. A table, not code: the zones are those in which the cloud's managed Kubernetes
 * can run (EKS has no control plane in us-east-1e), in the order in which a cluster takes its first
 * three. An area is left out where a federation's areas (us, eu, asia) do not say where the region
 * is: its clusters then name theirs. Sources: AWS "Regions and Availability Zones", Google Cloud
 * "Regions and zones", Azure "List of Azure regions" (those with availability zones; Azure names
 * zones 1 to 3).
 */
import { clouds, type CloudName } from '../../contract/words.ts'
import { type Area } from '../../programs/types/cluster.ts'

/** A region of a cloud. */
export interface Region {
  readonly area?: Area
  /** Full names as the cloud's API takes them. */
  readonly zones: readonly string[]
}

const aws = (
  region: string,
  letters: string,
  area?: Area
): [string, Region] => [region, {
  ...(area && { area }),
  zones: [...letters].map((letter) => `${region}${letter}`)
}]
const gcp = (
  region: string,
  letters: string,
  area?: Area
): [string, Region] => [region, {
  ...(area && { area }),
  zones: [...letters].map((letter) => `${region}-${letter}`)
}]
const azure = (
  region: string,
  area?: Area
): [string, Region] => [region, { ...(area && { area }), zones: ['1', '2', '3'] }]

/** Cloud -> region -> what is known of it. */
export const regions: Readonly<Record<CloudName, ReadonlyMap<string, Region>>> = {
  aws: new Map([
    aws('us-east-1', 'abcdf', 'us'),
    aws('us-east-2', 'abc', 'us'),
    aws('us-west-1', 'ac', 'us'),
    aws('us-west-2', 'abcd', 'us'),
    aws('eu-west-1', 'abc', 'eu'),
    aws('eu-west-2', 'abc', 'eu'),
    aws('eu-west-3', 'abc', 'eu'),
    aws('eu-central-1', 'abc', 'eu'),
    aws('eu-central-2', 'abc', 'eu'),
    aws('eu-north-1', 'abc', 'eu'),
    aws('eu-south-1', 'abc', 'eu'),
    aws('eu-south-2', 'abc', 'eu'),
    aws('ap-northeast-1', 'acd', 'asia'),
    aws('ap-northeast-2', 'abcd', 'asia'),
    aws('ap-northeast-3', 'abc', 'asia'),
    aws('ap-east-1', 'abc', 'asia'),
    aws('ap-southeast-1', 'abc', 'asia'),
    aws('ap-southeast-2', 'abc', 'asia'),
    aws('ap-southeast-3', 'abc', 'asia'),
    aws('ap-southeast-4', 'abc', 'asia'),
    aws('ap-south-1', 'abc', 'asia'),
    aws('ap-south-2', 'abc', 'asia'),
    aws('ca-central-1', 'abd'),
    aws('ca-west-1', 'abc'),
    aws('sa-east-1', 'abc'),
    aws('af-south-1', 'abc'),
    aws('me-south-1', 'abc'),
    aws('me-central-1', 'abc'),
    aws('il-central-1', 'abc')
  ]),
  gcp: new Map([
    gcp('us-central1', 'abcf', 'us'),
    gcp('us-east1', 'bcd', 'us'),
    gcp('us-east4', 'abc', 'us'),
    gcp('us-east5', 'abc', 'us'),
    gcp('us-south1', 'abc', 'us'),
    gcp('us-west1', 'abc', 'us'),
    gcp('us-west2', 'abc', 'us'),
    gcp('us-west3', 'abc', 'us'),
    gcp('us-west4', 'abc', 'us'),
    gcp('europe-west1', 'bcd', 'eu'),
    gcp('europe-west2', 'abc', 'eu'),
    gcp('europe-west3', 'abc', 'eu'),
    gcp('europe-west4', 'abc', 'eu'),
    gcp('europe-west6', 'abc', 'eu'),
    gcp('europe-west8', 'abc', 'eu'),
    gcp('europe-west9', 'abc', 'eu'),
    gcp('europe-west10', 'abc', 'eu'),
    gcp('europe-west12', 'abc', 'eu'),
    gcp('europe-central2', 'abc', 'eu'),
    gcp('europe-north1', 'abc', 'eu'),
    gcp('europe-southwest1', 'abc', 'eu'),
    gcp('asia-east1', 'abc', 'asia'),
    gcp('asia-east2', 'abc', 'asia'),
    gcp('asia-northeast1', 'abc', 'asia'),
    gcp('asia-northeast2', 'abc', 'asia'),
    gcp('asia-northeast3', 'abc', 'asia'),
    gcp('asia-south1', 'abc', 'asia'),
    gcp('asia-south2', 'abc', 'asia'),
    gcp('asia-southeast1', 'abc', 'asia'),
    gcp('asia-southeast2', 'abc', 'asia'),
    gcp('australia-southeast1', 'abc', 'asia'),
    gcp('australia-southeast2', 'abc', 'asia'),
    gcp('northamerica-northeast1', 'abc'),
    gcp('northamerica-northeast2', 'abc'),
    gcp('southamerica-east1', 'abc'),
    gcp('southamerica-west1', 'abc'),
    gcp('me-west1', 'abc'),
    gcp('me-central1', 'abc'),
    gcp('africa-south1', 'abc')
  ]),
  azure: new Map([
    azure('eastus', 'us'),
    azure('eastus2', 'us'),
    azure('centralus', 'us'),
    azure('southcentralus', 'us'),
    azure('westus2', 'us'),
    azure('westus3', 'us'),
    azure('northeurope', 'eu'),
    azure('westeurope', 'eu'),
    azure('francecentral', 'eu'),
    azure('germanywestcentral', 'eu'),
    azure('italynorth', 'eu'),
    azure('norwayeast', 'eu'),
    azure('polandcentral', 'eu'),
    azure('spaincentral', 'eu'),
    azure('swedencentral', 'eu'),
    azure('switzerlandnorth', 'eu'),
    azure('uksouth', 'eu'),
    azure('japaneast', 'asia'),
    azure('japanwest', 'asia'),
    azure('koreacentral', 'asia'),
    azure('eastasia', 'asia'),
    azure('southeastasia', 'asia'),
    azure('centralindia', 'asia'),
    azure('australiaeast', 'asia'),
    azure('newzealandnorth', 'asia'),
    azure('indonesiacentral', 'asia'),
    azure('canadacentral'),
    azure('brazilsouth'),
    azure('mexicocentral'),
    azure('southafricanorth'),
    azure('uaenorth'),
    azure('qatarcentral'),
    azure('israelcentral')
  ])
}

/** The clouds that have a region of that name. */
export function cloudsOfRegion (region: string): CloudName[] {
  return clouds.filter((cloud) => regions[cloud].has(region))
}
