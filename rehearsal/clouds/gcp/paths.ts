/** Resource names of Google Cloud: `projects/p/regions/r/subnetworks/s` and their self links. */
import { type Draft } from '../draft.ts'
import { typeFacts } from '../schema-table.ts'
import { plural, tokenParts } from '../tokens.ts'
import { stringAt } from '../wire-values.ts'

/** API hosts by Pulumi module, with the version that self links carry. */
const selfLinks: Record<string, string> = {
  compute: 'https://www.googleapis.com/compute/v1/',
  container: 'https://container.googleapis.com/v1/',
  storage: 'https://www.googleapis.com/storage/v1/',
  sql: 'https://sqladmin.googleapis.com/sql/v1beta4/'
}
/** Compute collections that are not the plural of their type. */
const collections: Record<string, string> = {
  GlobalAddress: 'addresses',
  HaVpnGateway: 'vpnGateways',
  VPNTunnel: 'vpnTunnels',
  VPNGateway: 'targetVpnGateways',
  GlobalForwardingRule: 'forwardingRules',
  HealthCheck: 'healthChecks',
  SSLCertificate: 'sslCertificates',
  URLMap: 'urlMaps'
}

/** Region of a zone or region: `europe-west1-b` -> `europe-west1`. */
export function regionOf (location: string): string {
  return location.replace(/-[a-z]$/, '')
}

/**
 * The name by convention: regional, zonal or located where the inputs or the type say so, else
 * global in the project.
 */
export function conventionalPath (draft: Draft): string {
  const { module, name } = tokenParts(draft.type)
  const collection = collections[name] ?? plural(name)
  const zone = stringAt(draft.inputs, 'zone')
  const location = stringAt(draft.inputs, 'location')
  if (module === 'compute') {
    const scope = zone !== undefined
      ? `zones/${lastOf(zone)}`
      : draft.region !== ''
      ? `regions/${draft.region}`
      : 'global'
    return `projects/${draft.account}/${scope}/${collection}/${draft.name}`
  }
  // What is inside of something else names it in a required input; what has no name gets a number.
  const inputs = [...typeFacts('gcp', draft.type)?.inputs.values() ?? []]
  const named = inputs.some((input) => draft.inputs[input.name] === draft.name)
  const owners = inputs.filter((input) =>
    input.required && input.kind === 's' &&
    !['name', 'project', 'location', 'region', 'zone'].includes(input.name) &&
    draft.inputs[input.name] !== draft.name
  )
  const path = [
    ...owners.map((input) => lastOf(stringAt(draft.inputs, input.name) ?? '')),
    collection,
    named ? draft.name : draft.make.digits(19, 'id')
  ].join('/')
  if (owners.length > 0 || !named) {
    return location !== undefined
      ? `projects/${draft.account}/locations/${location}/${path}`
      : `projects/${draft.account}/${path}`
  }
  return location !== undefined
    ? `projects/${draft.account}/locations/${location}/${collection}/${draft.name}`
    : `projects/${draft.account}/${collection}/${draft.name}`
}

/** The self link of a draft whose id is its path. */
export function selfLink (draft: Draft, path = draft.id): string {
  return (selfLinks[tokenParts(draft.type).module] ??
    `https://${tokenParts(draft.type).module}.googleapis.com/v1/`) + path
}

/**
 * Ids and names that a self link, path or name may mean. A path means one resource, a bare name is
 * only a name, and a service account is named by its address.
 */
export function pathCandidates (value: string): string[] {
  const project = /^[^@/]+@([^.@/]+)\.iam\.gserviceaccount\.com$/.exec(value)?.[1]
  if (project !== undefined) return [value, `projects/${project}/serviceAccounts/${value}`]
  const path = value.replace(/^https?:\/\/[^/]+\/(compute\/|sql\/|storage\/)?(v1|beta|v1beta1|v1beta4)\//, '')
    .replace(/^\/\/[^/]+\//, '')
  return path === value ? [value] : [value, path]
}

/** The last segment of a path. */
export function lastOf (value: string): string {
  return value.split('/').at(-1) ?? value
}
