/** Roles that a member has in a project, and what they allow. Pure. */
import { type CloudRecord } from '../../../store.ts'
import { type Call } from '../../identity-model.ts'
import { plain, stringAt, stringsAt } from '../../wire-values.ts'
import { predefined } from './permissions.ts'

export const bindingType = 'gcp:projects/iAMMember:IAMMember'
export const customRoleType = 'gcp:projects/iAMCustomRole:IAMCustomRole'

/** One role that a member has. */
export interface Binding {
  readonly role: string
  /** Permissions of the role; undefined for one of Google's own that is not known here. */
  readonly permissions: ReadonlySet<string> | undefined
  /** Condition of the grant; undefined: none. */
  readonly condition: string | undefined
}

/** The roles of a member. */
export function bindingsOf (member: string, records: readonly CloudRecord[]): Binding[] {
  return records.filter((record) =>
    record.type === bindingType && stringAt(plain(record.inputs), 'member') === member
  ).map((record) => {
    const inputs = plain(record.inputs)
    const role = stringAt(inputs, 'role') ?? ''
    const custom = records.find(({ type, id }) => type === customRoleType && id === role)
    const permissions = custom ? stringsAt(plain(custom.inputs), 'permissions[]') : predefined[role]
    return {
      role,
      permissions: permissions && new Set(permissions),
      condition: stringAt(inputs, 'condition.expression')
    }
  })
}

function includes (permissions: ReadonlySet<string>, wanted: string): boolean {
  return permissions.has(wanted) || permissions.has('*') || permissions.has(`${wanted.split('.')[0] ?? ''}.*`)
}

/** Form of the condition that limits which roles somebody may grant and take away. */
const grantsOnly =
  /^api\.getAttribute\('iam\.googleapis\.com\/modifiedGrantsByRole', \[\]\)\.hasOnly\(\[([^\]]*)\]\)$/

/** Form of the condition that limits a role to clusters by their names. */
const clustersOnly = /^resource\.name\.extract\('\/clusters\/\{name\}'\)\.startsWith\('([^']*)'\)$/

/**
 * Decides a condition. The attribute is that of calls which change a project's policy, and empty in
 * all others; which other services know it is not documented for each (Google Cloud, "Set limits on
 * granting roles").
 */
function holds (condition: string | undefined, on: string, call: Call): boolean | undefined {
  if (condition === undefined) return true
  const [, prefix] = clustersOnly.exec(condition) ?? []
  if (prefix !== undefined) return /\/clusters\/([^/]+)/.exec(on)?.[1]?.startsWith(prefix) ?? false
  const [, list] = grantsOnly.exec(condition) ?? []
  if (list === undefined) return undefined
  if (call.type === bindingType) {
    return list.split(',').map((role) => role.trim().replace(/^'|'$/g, '')).includes(
      stringAt(call.inputs, 'role') ?? ''
    )
  }
  return true
}

/** Decides if bindings allow a permission; undefined: nothing known says so. */
export function allows (
  bindings: readonly Binding[],
  { permission, on }: { permission: string, on: string },
  call: Call
): boolean | undefined {
  let uncertain = false
  for (const { permissions, condition } of bindings) {
    if (permissions && !includes(permissions, permission)) continue
    const held = holds(condition, on, call)
    if (held === false) continue
    if (permissions && held) return true
    uncertain = true
  }
  return uncertain ? undefined : false
}
