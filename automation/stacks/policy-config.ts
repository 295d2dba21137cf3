/**
 * Configuration of the policy pack for a unit's operation: how strict each policy is, which
 * exceptions apply, and what the federation says about the unit. Pure.
 */
import { type CloudName, type Enforcement } from '../../contract/words.ts'
import { type ClusterFacts, type Cost, type Facts, type Settings } from '../../policies/facts.ts'
import { policies } from '../../policies/index.ts'
import { type PriceTable } from '../../pricing/model.ts'
import { type Cluster } from '../../programs/types/cluster.ts'
import { type Policies } from '../../programs/types/operation.ts'
import { type Federation } from '../../programs/types.ts'
import { unitBudgets } from '../cost/unit-budget.ts'
import { type UnitRun } from './types.ts'

/** One policy's entry of the file that `--policy-pack-config` takes. */
export type PolicyEntry = { readonly enforcementLevel: Enforcement } & Settings

const none: Policies = { enforcement: {}, exceptions: [] }

function clusterFacts (
  { name, cloud, region, area, role, cidr, podCidr, serviceCidr, stateful, nodePools }: Cluster
): ClusterFacts {
  return {
    name,
    cloud,
    region,
    area,
    role,
    cidr,
    podCidr,
    serviceCidr,
    stateful,
    pools: nodePools.map(({ name: pool, instanceType, min, max }) => ({ name: pool, instanceType, min, max }))
  }
}

/** The federation as policies see it, from where the unit stands. */
export function factsOf (federation: Federation, unit: Pick<UnitRun, 'phase' | 'scope'>): Facts {
  const { clusters, disasterRecovery } = federation
  const cloudOf = (name: string): CloudName =>
    clusters.find((cluster) => cluster.name === name)?.cloud ?? 'aws'
  // A unit of a cloud or of the whole federation names no clusters, or those it serves; what it
  // makes has to suit all of them.
  const own = unit.scope.clusters.length > 0
    ? clusters.filter(({ name }) => unit.scope.clusters.includes(name))
    : clusters.filter(({ cloud }) => unit.scope.cloud === undefined || cloud === unit.scope.cloud)
  const regionsOf = (
    cloud: CloudName
  ): string[] => [
    ...new Set(clusters.filter((cluster) => cluster.cloud === cloud).map(({ region }) => region))
  ]
  return {
    federation: federation.name,
    phase: unit.phase,
    scope: unit.scope.name,
    owner: federation.owner,
    labels: federation.labels,
    clusters: own.map(clusterFacts),
    regions: { aws: regionsOf('aws'), gcp: regionsOf('gcp'), azure: regionsOf('azure') },
    areas: Object.fromEntries(clusters.map(({ region, area }) => [region, area])),
    residency: Object.fromEntries(
      Object.entries(federation.residency).map(([area, areas]) => [area, areas ?? []])
    ),
    pairs: disasterRecovery.pairs.filter(({ primary, standby }) =>
      own.some(({ name }) => name === primary || name === standby)
    ).map(({ primary, standby }) => ({
      primary,
      standby,
      primaryCloud: cloudOf(primary),
      standbyCloud: cloudOf(standby),
      crossCloud: disasterRecovery.crossCloud === 'required'
    })),
    minTlsVersion: federation.mesh.minTlsVersion
  }
}

/**
 * The last federation's budgets: a host runs many units of one federation, and splitting the budget
 * takes as long as judging a stack.
 */
let last: {
  readonly federation: string
  readonly table: PriceTable
  readonly budgets: ReturnType<typeof unitBudgets>
} | undefined

function budgetsOf (federation: Federation, table: PriceTable): ReturnType<typeof unitBudgets> {
  const text = JSON.stringify(federation)
  if (last?.federation !== text || last.table !== table) {
    last = { federation: text, table, budgets: unitBudgets(federation, table) }
  }
  return last.budgets
}

/**
 * The budget of the unit, with the prices to tell what it costs; undefined where the federation has
 * no budget.
 */
function costOf (
  federation: Federation,
  { phase, scope }: Pick<UnitRun, 'phase' | 'scope'>,
  table: PriceTable
): Cost | undefined {
  const unit = `${phase}.${scope.name}`
  const own = budgetsOf(federation, table)?.get(unit)
  return own &&
    {
      unit,
      ...own,
      table,
      volumes: federation.volumes,
      clusters: scope.clusters,
      places: federation.clusters.map(({ name, cloud, region }) => ({ name, cloud, region }))
    }
}

/**
 * Every policy's entry; undefined when the federation disables them all. An exception applies until
 * the end of its day: `today` is YYYY-MM-DD in UTC.
 */
export function policyConfig (
  federation: Federation,
  unit: Pick<UnitRun, 'phase' | 'scope'>,
  today: string,
  prices: PriceTable
): Record<string, PolicyEntry> | undefined {
  const { enforcement, exceptions } = federation.policies ?? none
  const levelOf = (name: string, own: Enforcement): Enforcement =>
    enforcement[name] ?? enforcement['all'] ?? own
  const levels = policies.map((policy) =>
    [
      policy,
      levelOf(policy.name, policy.enforcementLevel === 'mandatory' ? 'mandatory' : 'advisory')
    ] as const
  )
  if (levels.every(([, level]) => level === 'disabled')) return undefined
  const facts = factsOf(federation, unit)
  const cost = levels.some(([policy, level]) => policy.needsCost && level !== 'disabled')
    ? costOf(federation, unit, prices)
    : undefined
  return Object.fromEntries(levels.map(([policy, enforcementLevel]) => {
    const applying = exceptions.filter(({ policy: name, expires }) =>
      name === policy.name && expires >= today
    ).map(({ resource, reason }) => ({ resource, reason }))
    return [policy.name, {
      enforcementLevel,
      ...(policy.needsFacts && { facts }),
      ...(policy.needsCost && cost && { cost }),
      ...(applying.length > 0 && { exceptions: applying })
    }]
  }))
}
