/**
 * Permissions that deploying a phase needs in each cloud, from the tables by type. Phase 1 is not
 * among them: who makes these roles is an administrator. Pure.
 */
import { type CloudName, type PhaseName } from '../../../contract/words.ts'
import { type Federation } from '../../types.ts'
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

/** Tells if a row is asked for by a phase of a federation. */
function asked (
  row: Pick<AwsPermission, 'phases' | 'link' | 'dns'>,
  cloud: CloudName,
  phase: PhaseName,
  { links, dns }: Federation
): boolean {
  return row.phases.includes(phase) && (row.dns !== true || dns.provider === cloud) &&
    (row.link === undefined || links.some(({ kind }) => kind === row.link))
}

const distinct = (values: readonly string[]): string[] => [...new Set(values)].sort()

/**
 * Lists what a phase asks for that no phase before it does: one identity has the roles of all, and
 * what two of them gave would be given once too often.
 */
export function addedBy (phase: PhaseName, of: (phase: PhaseName) => readonly string[]): string[] {
  const before = new Set(deployedPhases.slice(0, deployedPhases.indexOf(phase)).flatMap(of))
  return of(phase).filter((one) => !before.has(one))
}

/** IAM actions of a phase that are limited in the given way, with their service's prefix. */
export function awsActions (
  phase: PhaseName,
  scope: AwsPermission['scope'],
  federation: Federation
): string[] {
  return distinct(
    awsPermissions.filter((row) => row.scope === scope && asked(row, 'aws', phase, federation)).flatMap((
      { service, actions }
    ) => actions.split(' ').map((action) => `${service}:${action}`))
  )
}

/** Permissions of a phase on Google Cloud. */
export function gcpPermissionsOf (phase: PhaseName, federation: Federation): string[] {
  return distinct(
    gcpPermissions.filter((row) => asked(row, 'gcp', phase, federation)).flatMap(({ permissions }) =>
      permissions
    )
  )
}

/**
 * Resource providers that phase 1 uses itself, as an administrator: for the identity that deploys
 * and the subscription's audit logs. Authorization needs no registration.
 */
const registered = ['Microsoft.Authorization', 'Microsoft.Insights', 'Microsoft.ManagedIdentity']

/**
 * Actions of a phase on Azure: those on what it makes, and the registration of the subscription for
 * the resource providers of that, which azure-native's client does at the first use of each and
 * watches. Source: azcore, `arm/runtime/policy_register_rp.go`.
 */
export function azureActions (phase: PhaseName, federation: Federation): string[] {
  const rows = azurePermissions.filter((row) => asked(row, 'azure', phase, federation))
  if (rows.length === 0) return []
  const namespaces = rows.map(({ resource }) => resource.split('/')[0] ?? '')
  return distinct([
    ...rows.flatMap((
      { resource, more }
    ) => [...['read', 'write', 'delete'].map((verb) => `${resource}/${verb}`), ...(more ?? [])]),
    ...namespaces.filter((name) => !registered.includes(name)).map((name) => `${name}/register/action`),
    'Microsoft.Resources/subscriptions/providers/read'
  ])
}

/** The phases that add permissions in a cloud: each has a role of its own there. */
export function phasesWithRoles (cloud: 'gcp' | 'azure', federation: Federation): PhaseName[] {
  const of = cloud === 'gcp' ? gcpPermissionsOf : azureActions
  return deployedPhases.filter((phase) => addedBy(phase, (one) => of(one, federation)).length > 0)
}
