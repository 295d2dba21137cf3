/** Service agents: accounts that Google makes for its services, and when they exist. */
import { type ProviderError } from '../../provider.ts'
import { type CloudQuery, type CloudRecord } from '../../store.ts'
import { type Draft, type Failure, type Found } from '../draft.ts'
import { stringAt } from '../wire-values.ts'

const serviceType = 'gcp:projects/service:Service'
const identityType = 'gcp:projects/serviceIdentity:ServiceIdentity'
const sinkType = 'gcp:logging/projectSink:ProjectSink'
/** Records of agents that somebody asked for by name. */
const askedAgentType = 'gcp:storage/getProjectServiceAccount:getProjectServiceAccount#asked'

/**
 * Agents by the domain of their address. `api`: they exist once it is enabled (Google Cloud,
 * "Service agents": Compute Engine and GKE make theirs then). `identity`: they exist once somebody
 * makes the service's identity ("Enabling customer-managed encryption keys" of Artifact Registry).
 * `asked`: they exist once somebody asks for their name ("Cloud Storage service agent"; issues 9730
 * and 9969 of hashicorp/terraform-provider-google). `sink`: an export's writer exists with it.
 */
const agents: Readonly<
  Record<string, { api?: string, identity?: string, asked?: true, sink?: true }>
> = {
  'compute-system': { api: 'compute.googleapis.com' },
  'container-engine-robot': { api: 'container.googleapis.com' },
  'gcp-sa-artifactregistry': { identity: 'artifactregistry.googleapis.com' },
  'gs-project-accounts': { asked: true },
  'gcp-sa-logging': { sink: true }
}

const agentOf = (member: string): string | undefined =>
  /^serviceAccount:service-\d+@([a-z0-9-]+)\.iam\.gserviceaccount\.com$/.exec(member)?.[1]

/** Queries for what a grant to a service agent needs. */
export function agentQueries ({ account, inputs }: Draft): CloudQuery[] {
  if (agentOf(stringAt(inputs, 'member') ?? '') === undefined) return []
  return [serviceType, identityType, sinkType, askedAgentType].map((type) => ({ pkg: 'gcp', account, type }))
}

/** Throws the refusal of a grant to a service agent that does not exist yet. */
export function checkAgent (draft: Draft, found: Found, fail: (failure: Failure) => ProviderError): void {
  if (!draft.instance.fresh) return
  const member = stringAt(draft.inputs, 'member') ?? ''
  const agent = agents[agentOf(member) ?? '']
  if (!agent) return
  const serves = (type: string, service: string | undefined): boolean =>
    service !== undefined && found.of(type).some(({ inputs }) => inputs.service === service)
  const exists = serves(serviceType, agent.api) || serves(identityType, agent.identity) ||
    (agent.asked && found.of(askedAgentType).length > 0) || (agent.sink && found.of(sinkType).length > 0)
  if (exists) return
  throw fail({
    status: 400,
    code: 'badRequest',
    message: `Service account ${member.slice(member.indexOf(':') + 1)} does not exist.`
  })
}

/** The record of a storage agent that somebody asked for. */
export function askedAgent (account: string, email: string, now: string): CloudRecord {
  return {
    id: email,
    pkg: 'gcp',
    type: askedAgentType,
    account,
    region: '',
    name: email,
    token: '',
    incarnation: '',
    created: now,
    inputs: {},
    outputs: {}
  }
}
