/** Access entries that EKS makes by itself. */
import { type CloudRecord } from '../../../store.ts'
import { type Draft } from '../../draft.ts'
import { principalOf } from './principals.ts'

/** Access entry of whoever made a cluster. */
export function creatorEntry (draft: Draft, who: string): CloudRecord {
  const principalArn = principalOf(who)
  const id = `${draft.name}:${principalArn}`
  return {
    id: `${id}@${draft.region}`,
    pkg: 'aws',
    type: 'aws:eks/accessEntry:AccessEntry',
    account: draft.account,
    region: draft.region,
    name: id,
    token: '',
    incarnation: draft.incarnation,
    created: draft.created,
    inputs: { clusterName: draft.name, principalArn },
    outputs: { clusterName: draft.name, principalArn, type: 'STANDARD' }
  }
}
