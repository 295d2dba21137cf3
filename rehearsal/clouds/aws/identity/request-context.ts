/** Condition keys of a call's request. Source: IAM User Guide, "AWS global condition keys". */
import { type WireObject } from '../../../wire.ts'
import { type Call } from '../../identity-model.ts'
import { objectAt, stringAt } from '../../wire-values.ts'
import { type RequestContext } from './conditions.ts'
import { type Need } from './needs.ts'

/** Region in which the services without one answer. */
const globalRegion = 'us-east-1'

const text = (value: string | undefined): string[] => value === undefined ? [] : [value]

/** Tags that a request carries, and those that its resource has. */
function tagsOf (call: Call): { request: WireObject, resource: WireObject } {
  return {
    request: call.operation === 'create' || call.operation === 'update'
      ? { ...objectAt(call.instance.config, 'defaultTags.tags'), ...objectAt(call.inputs, 'tags') }
      : {},
    resource: objectAt(call.outputs, 'tagsAll')
  }
}

/**
 * The keys of a request for one action, made by a principal. A key of KMS that `service` uses for
 * the caller is asked for through it (AWS KMS Developer Guide, "kms:ViaService").
 */
export function requestContext (
  call: Call,
  need: Need,
  { principal, service }: { principal: string, service: string }
): RequestContext {
  const through = service === 'kms' || !need.action.startsWith('kms:')
    ? undefined
    : `${service}.${call.region}.amazonaws.com`
  const known: Record<string, readonly string[]> = {
    'aws:requestedregion': [call.region === '' ? globalRegion : call.region],
    'aws:principalarn': [principal],
    'aws:principalaccount': [call.account],
    'aws:securetransport': ['true'],
    'kms:calleraccount': [call.account],
    'kms:viaservice': text(through),
    'iam:passedtoservice': text(need.passedTo),
    'iam:awsservicename': text(need.linkedService),
    'iam:policyarn': text(stringAt(call.inputs, 'policyArn')),
    'iam:permissionsboundary': text(stringAt(call.inputs, 'permissionsBoundary'))
  }
  const tags = tagsOf(call)
  return {
    get (key) {
      const [, kind, tag] = /^aws:(requesttag|resourcetag)\/(.+)$/.exec(key) ?? []
      if (kind === undefined || tag === undefined) {
        return key === 'aws:tagkeys' ? Object.keys(tags.request) : known[key]
      }
      const all = kind === 'requesttag' ? tags.request : tags.resource
      const [, value] = Object.entries(all).find(([name]) => name.toLowerCase() === tag) ?? []
      return typeof value === 'string' ? [value] : []
    }
  }
}
