/** Google Cloud regions and their zones: https://cloud.google.com/compute/docs/regions-zones. */

/** Zone letters by region; those that are not listed have a, b and c. */
const unusual: Record<string, string> = { 'europe-west1': 'bcd', 'us-central1': 'abcf', 'us-east1': 'bcd' }

/** All regions. */
export const gcpRegionNames = [
  'africa-south1',
  'asia-east1',
  'asia-east2',
  'asia-northeast1',
  'asia-northeast2',
  'asia-northeast3',
  'asia-south1',
  'asia-south2',
  'asia-southeast1',
  'asia-southeast2',
  'australia-southeast1',
  'australia-southeast2',
  'europe-central2',
  'europe-north1',
  'europe-north2',
  'europe-southwest1',
  'europe-west1',
  'europe-west2',
  'europe-west3',
  'europe-west4',
  'europe-west6',
  'europe-west8',
  'europe-west9',
  'europe-west10',
  'europe-west12',
  'me-central1',
  'me-central2',
  'me-west1',
  'northamerica-northeast1',
  'northamerica-northeast2',
  'northamerica-south1',
  'southamerica-east1',
  'southamerica-west1',
  'us-central1',
  'us-east1',
  'us-east4',
  'us-east5',
  'us-south1',
  'us-west1',
  'us-west2',
  'us-west3',
  'us-west4'
]

/** The zones of a region, or none when there is no such region. */
export function zonesOf (region: string): string[] {
  return gcpRegionNames.includes(region)
    ? [...unusual[region] ?? 'abc'].map((letter) => `${region}-${letter}`)
    : []
}

/** vCPUs of a machine type: the number it ends in; shared-core types count 2. */
export function vcpusOf (machineType: string): number {
  const match = /-(\d+)$/.exec(machineType)
  return match ? Number(match[1]) : 2
}
