/** Decides what assignments of roles allow. Pure. */
import { wildcardMatches } from '../../wildcards.ts'
import { type Assignment } from './roles.ts'

/** An action on a scope. */
export interface Asked {
  /** Such as `Microsoft.Network/virtualNetworks/write`. */
  action: string
  scope: string
  /** It acts on what a resource holds, such as a cluster's objects. */
  data?: boolean
  /** Role that is given or taken away, for role assignments. */
  role?: string
}

const writesAssignments = 'microsoft.authorization/roleassignments/write'
/** Form of the condition that limits which roles somebody may assign. */
const assignsOnly =
  /^\(\(!\(ActionMatches\{'Microsoft\.Authorization\/roleAssignments\/write'\}\)\) OR \(@Request\[Microsoft\.Authorization\/roleAssignments:RoleDefinitionId\] ForAnyOfAnyValues:GuidEquals \{([^}]*)\}\)\)$/i

/** Decides the condition of an assignment; undefined: its form is not known. */
function holds (condition: string | undefined, { action, role = '' }: Asked): boolean | undefined {
  if (condition === undefined) return true
  const [, list] = assignsOnly.exec(condition) ?? []
  if (list === undefined) return undefined
  if (action.toLowerCase() !== writesAssignments) return true
  const id = role.split('/').at(-1)?.toLowerCase() ?? ''
  return list.split(',').some((one) => one.trim().toLowerCase() === id)
}

const has = (patterns: readonly string[], action: string): boolean =>
  patterns.some((pattern) => wildcardMatches(pattern, action))

/** Decides if assignments allow an action; undefined: nothing known says so. */
export function allows (assignments: readonly Assignment[], asked: Asked): boolean | undefined {
  const [action, scope] = [asked.action.toLowerCase(), asked.scope.toLowerCase()]
  let uncertain = false
  for (const { scope: at, permissions, condition } of assignments) {
    if (scope !== at && !scope.startsWith(`${at}/`)) continue
    const names = permissions?.some((one) =>
      asked.data
        ? has(one.dataActions, action) && !has(one.notDataActions, action)
        : has(one.actions, action) && !has(one.notActions, action)
    )
    if (names === false) continue
    const held = holds(condition, asked)
    if (held === false) continue
    if (names && held) return true
    uncertain = true
  }
  return uncertain ? undefined : false
}
