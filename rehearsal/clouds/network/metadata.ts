/** Ways of pods to the metadata service of their node. */
import { numberAt, stringAt } from '../wire-values.ts'
import { settingsOf } from './records.ts'
import { type Site } from './site.ts'
import { refused, type Verdict } from './verdict.ts'
import { type World } from './world.ts'

/**
 * The refusal of a pod's call to the metadata service of an EC2 node; undefined where one may get
 * an answer. An answer passes as many hops as its node allows, and the way into a pod is one.
 */
export function metadataRefusal (world: World, site: Site): Verdict | undefined {
  if (site.cloud !== 'aws') return undefined
  const templates = new Set(
    world.of('aws:eks/nodeGroup:NodeGroup').filter(({ region }) => region === site.region).map(settingsOf)
      .filter((group) => stringAt(group, 'clusterName') === site.name)
      .map((group) => stringAt(group, 'launchTemplate.id'))
  )
  const near = world.of('aws:ec2/launchTemplate:LaunchTemplate').find((one) =>
    templates.has(one.id) && numberAt(settingsOf(one), 'metadataOptions.httpPutResponseHopLimit', 2) < 2
  )
  return near && refused(`${site.name}: ${near.name}`, 'metadata-hops', 'its nodes allow one hop')
}
