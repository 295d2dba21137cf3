/** The operation of a federation as a valid file wants it: defaults filled in. Pure. */
import { type Federation } from '../../programs/types.ts'
import { gatedModes, gatedOperations } from './approval-rules.ts'
import { toldEvents, toldModes, toldOperations } from './notification-rules.ts'
import { resolveFreeze, resolveWindow } from './resolve-windows.ts'
import { type FederationFile } from './schema.ts'

/**
 * Minutes that a gate waits unless the file says: a day, so that whoever is asked sees it within
 * their next working day, and what is approved is still what was launched.
 */
const defaultExpiryMinutes = 24 * 60

/**
 * Fields of a federation that say how it is operated; absent where the file has no such section.
 */
type Operated = Pick<
  Federation,
  'policies' | 'approvals' | 'maintenanceWindows' | 'freezes' | 'drift' | 'notifications' | 'schedules' | 'ci'
>

/** Resolves the sections about operation. */
export function resolveOperation (file: FederationFile): Operated {
  return {
    ...(file.policies && {
      policies: { enforcement: file.policies.enforcement ?? {}, exceptions: file.policies.exceptions ?? [] }
    }),
    ...(file.approvals && { approvals: resolveApprovals(file.approvals) }),
    ...(file.maintenanceWindows && { maintenanceWindows: file.maintenanceWindows.map(resolveWindow) }),
    ...(file.freezes && { freezes: file.freezes.map(resolveFreeze) }),
    ...(file.drift && { drift: file.drift }),
    ...(file.notifications && {
      notifications: file.notifications.map((one) => ({
        ...one,
        events: one.events ?? toldEvents,
        modes: one.modes ?? toldModes,
        operations: one.operations ?? toldOperations
      }))
    }),
    ...(file.schedules && {
      schedules: file.schedules.map(({ phases, ...one }) => ({
        timeZone: 'UTC',
        mode: 'rehearsal' as const,
        world: 'fresh',
        overlap: 'skip' as const,
        ...one,
        phases: { from: phases?.from ?? 1, to: phases?.to ?? 8 }
      }))
    }),
    ...(file.ci && { ci: file.ci })
  }
}

function resolveApprovals (
  { liveDestroy = 'second-person', gates = [] }: NonNullable<FederationFile['approvals']>
): NonNullable<Federation['approvals']> {
  return {
    liveDestroy,
    gates: gates.map((gate) => ({
      phases: gate.phases,
      operations: gate.operations ?? gatedOperations,
      modes: gate.modes ?? gatedModes,
      people: gate.people ?? [],
      groups: gate.groups ?? [],
      needed: gate.needed ?? 1,
      expiresMinutes: gate.expiresMinutes ?? defaultExpiryMinutes,
      launcherMayApprove: gate.launcherMayApprove ?? false
    }))
  }
}
