/**
 * Ways of pods to whoever on their node gives them credentials: EKS' agent, and GKE's metadata
 * server. Whose credentials those are, and what they are good for, the calls to clouds are judged
 * by (`cloud-calls/`).
 */
import { settingsOf } from '../network/records.ts'
import { type Site } from '../network/site.ts'
import { refused, type Verdict } from '../network/verdict.ts'
import { type World } from '../network/world.ts'
import { stringAt } from '../wire-values.ts'
import { type Actor } from './actors.ts'
import { podName, policyVerdict, unmet } from './call.ts'
import { storesOf } from './stores.ts'
import { type Unmet } from './table.ts'

const associationType = 'aws:eks/podIdentityAssociation:PodIdentityAssociation'
const releaseType = 'kubernetes:helm.sh/v3:Release'

/** Types that say which pods ask their node for credentials, beside releases. */
export const identityTypes = [associationType] as const

/** Address of EKS' Pod Identity Agent, on each node. */
const agent = { kind: 'range', cidr: '169.254.170.23/32', what: 'the Pod Identity Agent' } as const
/** Address of the metadata server, which GKE's own answers for pods. */
const metadata = { kind: 'range', cidr: '169.254.169.254/32', what: 'the metadata server' } as const

const key = (namespace: string, account: string): string => `${namespace}/${account}`

/** Pods that ask their node for credentials and get no answer. */
export function identityCalls (world: World, site: Site, actors: readonly Actor[]): Unmet[] {
  if (site.cloud === 'azure') return []
  const named = site.cloud === 'aws' ? associated(world, site) : impersonating(world, site)
  return actors.filter(({ namespace, account }) => named.has(key(namespace, account))).flatMap((actor) =>
    unmet(
      'identity-given',
      podName(actor, actor.name),
      site.cloud === 'aws' ? `${agent.cidr}:80` : `${metadata.cidr}:80`,
      site.cloud === 'aws'
        ? agentReach(world, site, actor)
        : policyVerdict(world, site, { from: actor, peer: metadata, port: 80 })
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

/** Accounts of releases that name one of Google Cloud, and bring no credentials of their own. */
function impersonating (world: World, site: Site): Set<string> {
  return new Set(
    world.inside(site, releaseType).flatMap(storesOf).map(({ pods }) => pods)
      .filter(({ annotations, credentials }) =>
        annotations['iam.gke.io/gcp-service-account'] !== undefined && !credentials
      )
      .map(({ namespace, account }) => key(namespace, account))
  )
}
