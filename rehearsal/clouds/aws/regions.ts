/**
 * AWS regions and their availability zones:
 * https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html.
 */
import { type InvokeContext } from '../package-model.ts'
import { stringAt } from '../wire-values.ts'

/** Zone letters that any account sees, by region; a region that is not listed does not exist. */
const zones: Record<string, string> = {
  'us-east-1': 'abcdef',
  'us-east-2': 'abc',
  'us-west-1': 'ac',
  'us-west-2': 'abcd',
  'af-south-1': 'abc',
  'ap-east-1': 'abc',
  'ap-south-1': 'abc',
  'ap-south-2': 'abc',
  'ap-southeast-1': 'abc',
  'ap-southeast-2': 'abc',
  'ap-southeast-3': 'abc',
  'ap-southeast-4': 'abc',
  'ap-northeast-1': 'acd',
  'ap-northeast-2': 'abcd',
  'ap-northeast-3': 'abc',
  'ca-central-1': 'abd',
  'ca-west-1': 'abc',
  'eu-central-1': 'abc',
  'eu-central-2': 'abc',
  'eu-west-1': 'abc',
  'eu-west-2': 'abc',
  'eu-west-3': 'abc',
  'eu-south-1': 'abc',
  'eu-south-2': 'abc',
  'eu-north-1': 'abc',
  'il-central-1': 'abc',
  'me-south-1': 'abc',
  'me-central-1': 'abc',
  'sa-east-1': 'abc',
  'us-gov-east-1': 'abc',
  'us-gov-west-1': 'abc',
  'cn-north-1': 'abd',
  'cn-northwest-1': 'abc',
  'ap-southeast-5': 'abc',
  'ap-southeast-7': 'abc',
  'mx-central-1': 'abc',
  'ap-east-2': 'abc'
}

/** Availability zones of a region; none when there is no such region. */
export function zonesOf (region: string): string[] {
  return [...zones[region] ?? ''].map((letter) => region + letter)
}

/** All regions. */
export const awsRegionNames = Object.keys(zones)

/** The region that a function is asked about. */
export function regionOf ({ args, instance }: Pick<InvokeContext, 'args' | 'instance'>): string {
  return stringAt(args, 'region') ?? instance.region
}

/** `us-east-1a` -> `use1-az1`: the id of a zone in the numbering that a first account sees. */
export function zoneId (zone: string): string {
  const region = zone.slice(0, -1)
  const short = region.split('-').map((part, index) =>
    index === 0
      ? part
      : /^\d/.test(part)
      ? part
      : part.replace(/(north|south|east|west|central)/g, (word) => word.slice(0, 1))
  ).join('')
  return `${short}-az${zonesOf(region).indexOf(zone) + 1}`
}
