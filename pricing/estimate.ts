/** Estimates of cost. Pure: the same resources, table and volumes always give the same estimate. */
import {
  type Charge,
  type FixedCharge,
  type OpenCharge,
  type Rule,
  type Rules,
  type UsageCharge
} from './charge.ts'
import {
  type Cloud,
  type CostItem,
  type Estimate,
  type Meter,
  type PriceTable,
  type Range,
  type Resource,
  type SharedVolumes,
  type Unpriced,
  type VolumeName,
  type Volumes
} from './model.ts'
import { awsRules } from './rules/aws.ts'
import { azureRules } from './rules/azure.ts'
import { gcpRules } from './rules/gcp.ts'
import { kubernetesRules } from './rules/kubernetes.ts'

/** Hours of an average month, as the clouds' own calculators count them: 8,760 / 12. */
export const monthHours = 730

const rules: Rules = { ...awsRules, ...gcpRules, ...azureRules, ...kubernetesRules }
const sharedVolumes: Readonly<Record<keyof SharedVolumes, true>> = {
  dnsQueriesMillions: true,
  auditLogGb: true,
  auditEventsMillions: true
}
const packageClouds: Readonly<Record<string, Cloud>> = { aws: 'aws', gcp: 'gcp', 'azure-native': 'azure' }

/**
 * Tells whether a rule prices resources of the type. A type without one is free or not priced,
 * whatever its inputs.
 */
export function isPriced (type: string): boolean {
  return Object.hasOwn(rules, type)
}

/** The cloud that a type's package is of; undefined for packages that run anywhere (kubernetes). */
export function cloudOfType (type: string): Cloud | undefined {
  return packageClouds[type.slice(0, type.indexOf(':'))]
}

/** Tells whether the table says that the type costs nothing by itself. */
function isFree (table: PriceTable, type: string): boolean {
  return table.free.some(({ types }) =>
    types.some((entry) => entry.endsWith('*') ? type.startsWith(entry.slice(0, -1)) : entry === type)
  )
}

const isUsage = (charge: Charge): charge is UsageCharge => 'volume' in charge
const isOpen = (charge: Charge): charge is OpenCharge => 'reason' in charge

interface Found {
  readonly resource: Resource
  readonly cloud: Cloud | undefined
  readonly charges: readonly Charge[]
}
type Judged = { readonly items: CostItem[], readonly unpriced: Unpriced[] }

/**
 * The key of those that share a volume: the cluster's resources on one meter, or, for a volume of
 * no cluster, all on one meter.
 */
function shareKey (resource: Resource, { meter, volume }: UsageCharge): string {
  return JSON.stringify([volume in sharedVolumes ? null : resource.cluster ?? null, volume, meter])
}

function volumeOf (volumes: Volumes, resource: Resource, name: VolumeName): number | undefined {
  const values: Readonly<Partial<Record<VolumeName, number>>> = name in sharedVolumes
    ? volumes.shared
    : volumes.clusters[resource.cluster ?? ''] ?? {}
  return values[name]
}

const hours = ({ unit }: Meter): number => unit === 'hour' ? monthHours : 1
const figure = (value: number): string => String(Number(value.toPrecision(6)))

function find (resources: readonly Resource[], table: PriceTable): { found: Found[], unknown: Unpriced[] } {
  const found: Found[] = []
  const unknown: Unpriced[] = []
  for (const resource of resources) {
    const rule: Rule | undefined = isPriced(resource.type) ? rules[resource.type] : undefined
    const cloud = resource.cloud ?? cloudOfType(resource.type)
    if (rule) {
      if (cloud) {
        found.push({
          resource,
          cloud,
          charges: rule(resource, { cloud, all: resources, charts: table.charts })
        })
      } else unknown.push(open(resource, 'which cloud it is in is not known'))
    } else if (!isFree(table, resource.type)) {
      unknown.push(open(resource, 'its type is not in the price table'))
    }
  }
  return { found, unknown }
}

function open ({ urn, type, cluster }: Resource, reason: string): Unpriced {
  return { urn, type, ...(cluster !== undefined && { cluster }), reason }
}

/**
 * Estimates what resources cost a month. Resources are taken as one: those of a cluster share its
 * volumes, so all that carry one volume have to be estimated together. Types that neither a rule
 * nor the table's list of free types knows, meters without a price in the region and volumes that
 * nobody gave are in `unpriced`.
 */
export function estimateResources (
  resources: readonly Resource[],
  table: PriceTable,
  volumes: Volumes
): Estimate {
  const { found, unknown } = find(resources, table)
  const shares = new Map<string, number>()
  for (const { resource, charges } of found) {
    for (const charge of charges) {
      if (isUsage(charge)) {
        shares.set(shareKey(resource, charge), (shares.get(shareKey(resource, charge)) ?? 0) + 1)
      }
    }
  }
  const judged: Judged = { items: [], unpriced: unknown }
  for (const { resource, cloud, charges } of found) {
    for (const charge of charges) {
      if (isOpen(charge)) {
        judged.unpriced.push(open(resource, charge.reason))
        continue
      }
      const used = isUsage(charge)
        ? {
          volume: volumeOf(volumes, resource, charge.volume),
          share: shares.get(shareKey(resource, charge)) ?? 1
        }
        : undefined
      priceCharge(judged, resource, charge, meterOf(table, cloud, charge.meter), used)
    }
  }
  return total(judged)
}

function meterOf (table: PriceTable, cloud: Cloud | undefined, name: string): Meter | undefined {
  const meters = cloud && table.meters[cloud]
  return meters && Object.hasOwn(meters, name) ? meters[name] : undefined
}

function priceCharge (
  judged: Judged,
  resource: Resource,
  charge: FixedCharge | UsageCharge,
  meter: Meter | undefined,
  used?: { volume: number | undefined, share: number }
): void {
  const { urn, type, cluster, region } = resource
  const refuse = (reason: string): void => {
    judged.unpriced.push(open(resource, reason))
  }
  if (!meter) return refuse(`the price table has no meter ${charge.meter}`)
  const price = region !== undefined && Object.hasOwn(meter.prices, region)
    ? meter.prices[region]
    : meter.prices['*']
  if (price === undefined) {
    return refuse(
      region === undefined
        ? `which region it is in is not known, and ${charge.meter} has regional prices`
        : `${charge.meter} has no price in ${region}`
    )
  }
  if (isUsage(charge) && used?.volume === undefined) {
    return refuse(`the federation file gives no volume ${charge.volume}`)
  }
  const quantity = isUsage(charge)
    ? (used?.volume ?? 0) * (charge.factor ?? 1) / (used?.share ?? 1)
    : charge.quantity
  const cost = (count: number): number => count * price * hours(meter)
  const range: Range | undefined =
    !isUsage(charge) && (charge.least !== undefined || charge.most !== undefined)
      ? { min: cost(charge.least ?? quantity), max: cost(charge.most ?? quantity) }
      : undefined
  judged.items.push({
    urn,
    type,
    ...(cluster !== undefined && { cluster }),
    kind: isUsage(charge) ? 'usage' : 'fixed',
    meter: charge.meter,
    quantity,
    price,
    unit: meter.unit,
    monthly: cost(quantity),
    ...(range && { range }),
    basis: `${figure(quantity)}${
      meter.unit === 'GB' || meter.unit === 'GB-month' ? ' GB' : meter.unit === 'million' ? ' million' : ''
    } ${charge.what ?? charge.meter} at ${figure(price)} USD a ${meter.unit}${
      region === undefined ? '' : ` in ${region}`
    }`,
    source: (region !== undefined && meter.regionSources && Object.hasOwn(meter.regionSources, region)
      ? meter.regionSources[region]
      : undefined) ?? meter.source
  })
}

function total ({ items, unpriced }: Judged): Estimate {
  const sum = (of: (item: CostItem) => number): number => items.reduce((all, item) => all + of(item), 0)
  return {
    monthly: sum((item) => item.monthly),
    currency: 'USD',
    range: {
      min: sum((item) => item.range?.min ?? item.monthly),
      max: sum((item) => item.range?.max ?? item.monthly)
    },
    items,
    unpriced
  }
}
