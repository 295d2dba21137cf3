/**
 * Permissions that deploying a phase needs in each cloud, from the tables by type. Phase 1 is not
 * among them: who makes these roles is an administrator. Pure.
 */
import { type PhaseName } from '../../../contract/words.ts'
import { type Link } from '../../types/connections.ts'
import { type AwsPermission, awsPermissions } from './aws.ts'
import { azurePermissions } from './azure.ts'
import { gcpPermissions } from './gcp.ts'

/** The phases that the deployment roles are for, as far as they touch the clouds' own APIs. */
export const deployedPhases: readonly PhaseName[] = [
  'infrastructure',
  'networking',
  'federation',
  'monitoring',
  'disaster-recovery'
]

/** Tells if a row is asked for by a phase of a federation with these links. */
function asked (
  row: { readonly phases: readonly PhaseName[], readonly link?: Link['kind'] },
  phase: PhaseName,
  links: readonly Link[]
): boolean {
  return row.phases.includes(phase) &&
    (row.link === undefined || links.some(({ kind }) => kind === row.link))
}

const distinct = (values: readonly string[]): string[] => [...new Set(values)].sort()

/** IAM actions of a phase that are limited in the given way, with their service's prefix. */
export function awsActions (
  phase: PhaseName,
  scope: AwsPermission['scope'],
  links: readonly Link[]
): string[] {
  return distinct(
    awsPermissions.filter((row) => row.scope === scope && asked(row, phase, links)).flatMap((
      { service, actions }
    ) => actions.split(' ').map((action) => `${service}:${action}`))
  )
}

/** Permissions of a phase on Google Cloud. */
export function gcpPermissionsOf (phase: PhaseName, links: readonly Link[]): string[] {
  return distinct(
    gcpPermissions.filter((row) => asked(row, phase, links)).flatMap(({ permissions }) => permissions)
  )
}

/**
 * Actions of a phase on Azure: those on what it makes, and the registration of the subscription for
 * the resource providers of that, which azure-native's client does at the first use of each and
 * watches. Source: azcore, `arm/runtime/policy_register_rp.go`.
 */
export function azureActions (phase: PhaseName, links: readonly Link[]): string[] {
  const rows = azurePermissions.filter((row) => asked(row, phase, links))
  const namespaces = rows.map(({ resource }) => resource.split('/')[0] ?? '')
  return distinct([
    ...rows.flatMap((
      { resource, more }
    ) => [...['read', 'write', 'delete'].map((verb) => `${resource}/${verb}`), ...(more ?? [])]),
    ...namespaces.filter((name) => name !== 'Microsoft.Authorization').map((name) =>
      `${name}/register/action`
    ),
    'Microsoft.Resources/subscriptions/providers/read'
  ])
}
