/** Identities that pods get from their node: EKS' agent, and GKE's metadata server. */
import { lastPart, settingsOf } from '../network/records.ts'
import { type Site } from '../network/site.ts'
import { refused, type Verdict } from '../network/verdict.ts'
import { type World } from '../network/world.ts'
import { stringAt, valueAt } from '../wire-values.ts'
import { type Actor } from './actors.ts'
import { podName, policyVerdict, unmet } from './call.ts'
import { type Unmet } from './table.ts'

const associationType = 'aws:eks/podIdentityAssociation:PodIdentityAssociation'
const memberType = 'gcp:serviceaccount/iAMMember:IAMMember'

/** Types that say which pods have an identity, and who gives it to them. */
export const identityTypes = [associationType, memberType, 'gcp:container/nodePool:NodePool'] as const

/** Address of EKS' Pod Identity Agent, on each node. */
const agent = { kind: 'range', cidr: '169.254.170.23/32', what: 'the Pod Identity Agent' } as const
/** Address of the metadata server, which GKE's own answers for pods. */
const metadata = { kind: 'range', cidr: '169.254.169.254/32', what: 'the metadata server' } as const

const key = (namespace: string, account: string): string => `${namespace}/${account}`

/** Pods with an identity that do not get it. */
export function identityCalls (world: World, site: Site, actors: readonly Actor[]): Unmet[] {
  if (site.cloud === 'azure') return []
  const named = site.cloud === 'aws' ? associated(world, site) : impersonating(world)
  const judge = site.cloud === 'aws' ? agentReach : metadataReach
  return actors.filter(({ namespace, account }) => named.has(key(namespace, account))).flatMap((actor) =>
    unmet(
      'identity-given',
      podName(actor, actor.name),
      site.cloud === 'aws' ? `${agent.cidr}:80` : `${metadata.cidr}:80`,
      judge(world, site, actor)
    )
  )
}

function associated (world: World, site: Site): Set<string> {
  return new Set(
    world.of(associationType).filter(({ region }) => region === site.region).map(settingsOf).filter((one) =>
      stringAt(one, 'clusterName') === site.name
    ).map((one) => key(stringAt(one, 'namespace') ?? '', stringAt(one, 'serviceAccount') ?? ''))
  )
}

function agentReach (world: World, site: Site, actor: Actor): Verdict | undefined {
  const runs = world.of('aws:eks/addon:Addon').filter(({ region }) => region === site.region).map(settingsOf)
    .some((one) =>
      stringAt(one, 'addonName') === 'eks-pod-identity-agent' && stringAt(one, 'clusterName') === site.name
    )
  return runs
    ? policyVerdict(world, site, { from: actor, peer: agent, port: 80 })
    : refused(site.name, 'pod-identity-agent', 'the cluster has no addon eks-pod-identity-agent')
}

/** Accounts of the project's pool: `serviceAccount:project.svc.id.goog[namespace/account]`. */
function impersonating (world: World): Set<string> {
  return new Set(
    world.of(memberType).map(settingsOf).flatMap((one) =>
      /^serviceAccount:[^[]+\.svc\.id\.goog\[([^/\]]+\/[^\]]+)\]$/.exec(stringAt(one, 'member') ?? '')?.[1] ??
        []
    )
  )
}

function metadataReach (world: World, site: Site, actor: Actor): Verdict | undefined {
  const cluster = world.of('gcp:container/cluster:Cluster').find(({ name }) => name === site.name)
  const pool = stringAt(settingsOf(cluster), 'workloadIdentityConfig.workloadPool')
  if (pool === undefined) return refused(site.name, 'gke-metadata', 'the cluster has no workload pool')
  const without = world.of('gcp:container/nodePool:NodePool').find((one) =>
    lastPart(stringAt(settingsOf(one), 'cluster') ?? '') === site.name &&
    valueAt(settingsOf(one), 'nodeConfig.workloadMetadataConfig.mode') !== 'GKE_METADATA'
  )
  return without
    ? refused(site.name, 'gke-metadata', `nodes of ${without.name} give pods their own account's tokens`)
    : policyVerdict(world, site, { from: actor, peer: metadata, port: 80 })
}
