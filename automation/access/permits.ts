/** Decisions about what grants allow: they are made here and nowhere else. Pure. */
import { type Grant } from '../../contract/access.ts'
import { includesPattern, matchesName } from '../../contract/text/names.ts'
import { operations, permissions, type Permission, type Role } from '../../contract/words.ts'
import { everywhere, type Scope } from './model.ts'

const reading = [
  'federations.read',
  'deployments.read',
  'stacks.read',
  'metrics.read',
  'tokens.use'
] as const satisfies Permission[]

/** Permissions of each role. */
export const rolePermissions: Readonly<Record<Role, readonly Permission[]>> = {
  viewer: reading,
  operator: [...reading, 'state.read', 'deployments.launch', 'deployments.steer'],
  // Deciding on a gate and launching are two people's work: neither role includes the other.
  approver: [...reading, 'deployments.approve'],
  admin: permissions
}

/**
 * Permissions that hold for a federation as a whole: phases, modes and operations of a grant limit
 * what may be done, not what may be seen.
 */
const wholeFederation: readonly Permission[] = [...reading, 'audit.read']
const everyPhase = { from: 1, to: 8 }

/** Says whether one grant gives a permission in a scope for one phase. */
function gives (
  grant: Grant,
  permission: Permission,
  { federation, mode, operation }: Scope,
  phase: number
): boolean {
  if (!rolePermissions[grant.role].includes(permission)) return false
  if (federation !== undefined && !grant.federations.some((pattern) => matchesName(pattern, federation))) {
    return false
  }
  if (wholeFederation.includes(permission)) return true
  return phase >= grant.phases.from && phase <= grant.phases.to &&
    (mode === undefined ? grant.modes.length === 2 : grant.modes.includes(mode)) &&
    (operation === undefined
      ? grant.operations.length === operations.length
      : grant.operations.includes(operation))
}

/**
 * Says whether grants give a permission in a scope. Several grants add up phase by phase: an act
 * over phases 1 to 8 may rest on one grant for 1 to 3 and another for 4 to 8. Without grants
 * nothing is allowed.
 */
export function permits (grants: readonly Grant[], permission: Permission, scope: Scope): boolean {
  const { from, to } = scope.phases ?? everyPhase
  if (!(from <= to)) return false
  for (let phase = from; phase <= to; phase++) {
    if (!grants.some((grant) => gives(grant, permission, scope, phase))) return false
  }
  return true
}

/**
 * Says whether grants give a permission anywhere at all, as a list asks, which then shows only what
 * may be seen.
 */
export function permitsSomewhere (grants: readonly Grant[], permission: Permission): boolean {
  return grants.some((grant) => rolePermissions[grant.role].includes(permission))
}

/**
 * Says whether everything that `asked` would give is held already: nobody grants more than they
 * have.
 */
export function holds (held: readonly Grant[], asked: Grant): boolean {
  const phases = Array.from(
    { length: asked.phases.to - asked.phases.from + 1 },
    (_, index) => asked.phases.from + index
  )
  return rolePermissions[asked.role].every((permission) =>
    asked.federations.every((federation) => {
      const able = held.filter((grant) =>
        rolePermissions[grant.role].includes(permission) &&
        grant.federations.some((pattern) => includesPattern(pattern, federation))
      )
      if (wholeFederation.includes(permission)) return able.length > 0
      return phases.every((phase) =>
        asked.modes.every((mode) =>
          asked.operations.every((operation) =>
            able.some((grant) =>
              phase >= grant.phases.from && phase <= grant.phases.to && grant.modes.includes(mode) &&
              grant.operations.includes(operation)
            )
          )
        )
      )
    })
  )
}

/** Says whether grants make an admin without limits, whatever can be launched. */
export function administersAll (grants: readonly Grant[]): boolean {
  return holds(grants.filter(({ role }) => role === 'admin'), everywhere('admin'))
}

/**
 * The patterns of federations that may be seen, or for which another permission is held; undefined:
 * all.
 */
export function visibleFederations (
  grants: readonly Grant[],
  permission: Permission = 'federations.read'
): string[] | undefined {
  const patterns = [
    ...new Set(
      grants.filter((grant) => rolePermissions[grant.role].includes(permission)).flatMap((grant) =>
        grant.federations
      )
    )
  ]
  return patterns.includes('*') ? undefined : patterns
}
