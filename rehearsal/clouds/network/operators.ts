/**
 * Calls of Windlass, and of people, to the API servers of clusters: from each of the operators'
 * ranges, as the control plane that was deployed lets them in.
 *
 * A range of private addresses comes by a network that somebody joined to the cluster's. What lets
 * it in is judged; the joining itself is outside of the world, and so is a link of its network to
 * Azure's private zone.
 */
import { type CloudRecord } from '../../store.ts'
import { numberAt, stringAt, stringsAt, valueAt } from '../wire-values.ts'
import { isPrivate, rangeHolds } from './ranges.ts'
import { settingsOf } from './records.ts'
import { type RuleName } from './sources.ts'
import { refused, type Verdict } from './verdict.ts'

/** Type of the rules that stand between a private range and an EKS cluster. */
export const apiRuleType = 'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule'

interface Shut {
  readonly rule: RuleName
  readonly why: string
}

/**
 * The refusal of the first range that does not reach a cluster's API; undefined when all do, or
 * when nobody said where Windlass is: then it is unknown.
 */
export function operatorRefusal (
  cluster: CloudRecord,
  rules: readonly CloudRecord[],
  operators: readonly string[]
): Verdict | undefined {
  for (const range of operators) {
    const shut = shutTo(cluster, rules, range)
    if (shut) return refused(cluster.name, shut.rule, `${range} ${shut.why}`)
  }
  return undefined
}

function shutTo (cluster: CloudRecord, rules: readonly CloudRecord[], range: string): Shut | undefined {
  switch (cluster.pkg) {
    case 'aws':
      return isPrivate(range) ? eksJoined(cluster, rules, range) : eksInternet(cluster, range)
    case 'gcp':
      return gke(cluster, range)
    default:
      return aks(cluster, range)
  }
}

function eksInternet (cluster: CloudRecord, range: string): Shut | undefined {
  const settings = valueAt(settingsOf(cluster), 'vpcConfig')
  const ranges = stringsAt(settings, 'publicAccessCidrs[]')
  // Without ranges everybody is let in. The public endpoint itself is there unless it is switched
  // off.
  const open = valueAt(settings, 'endpointPublicAccess') !== false &&
    (ranges.length === 0 || ranges.some((own) => rangeHolds(own, range)))
  return open ? undefined : { rule: 'eks-endpoint', why: 'is none of the ranges of the public endpoint' }
}

function eksJoined (cluster: CloudRecord, rules: readonly CloudRecord[], range: string): Shut | undefined {
  const settings = settingsOf(cluster)
  if (valueAt(settings, 'vpcConfig.endpointPrivateAccess') !== true) {
    return { rule: 'eks-endpoint', why: 'has no private endpoint to call' }
  }
  const groups = stringsAt(settings, 'vpcConfig.securityGroupIds[]')
  const open = rules.map(settingsOf).some((rule) =>
    groups.includes(stringAt(rule, 'securityGroupId') ?? '') &&
    rangeHolds(stringAt(rule, 'cidrIpv4') ?? '', range) &&
    (stringAt(rule, 'ipProtocol') === '-1' ||
      (numberAt(rule, 'fromPort', 1) <= 443 && numberAt(rule, 'toPort', 0) >= 443))
  )
  return open
    ? undefined
    : { rule: 'security-group', why: 'is let in on 443 by no rule of the control plane' }
}

function gke (cluster: CloudRecord, range: string): Shut | undefined {
  const settings = settingsOf(cluster)
  if (!isPrivate(range) && valueAt(settings, 'privateClusterConfig.enablePrivateEndpoint') === true) {
    return {
      rule: 'gke-endpoint',
      why: 'is of the internet, and the control plane has a private address only'
    }
  }
  if (valueAt(settings, 'masterAuthorizedNetworksConfig') === undefined) return undefined
  const open = stringsAt(settings, 'masterAuthorizedNetworksConfig.cidrBlocks[].cidrBlock').some((own) =>
    rangeHolds(own, range)
  )
  return open ? undefined : { rule: 'gke-authorized-networks', why: 'is none of the authorized networks' }
}

function aks (cluster: CloudRecord, range: string): Shut | undefined {
  const settings = settingsOf(cluster)
  const inNetwork = valueAt(settings, 'apiServerAccessProfile.enablePrivateCluster') === true
  if (isPrivate(range)) {
    return inNetwork ? undefined : { rule: 'aks-endpoint', why: 'is private, and the API server is not' }
  }
  if (inNetwork) return { rule: 'aks-endpoint', why: 'is of the internet, and the API server is private' }
  const ranges = stringsAt(settings, 'apiServerAccessProfile.authorizedIPRanges[]')
  return ranges.length === 0 || ranges.some((own) => rangeHolds(own, range))
    ? undefined
    : { rule: 'aks-endpoint', why: 'is none of the authorized ranges' }
}
