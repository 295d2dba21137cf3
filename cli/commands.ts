/** Every command of `windlass`, in the order of its help. */
import { auditCommand } from './commands/audit.ts'
import { type AddCommand } from './commands/common.ts'
import { doctorCommand } from './commands/doctor.ts'
import { driftCommand } from './commands/drift.ts'
import { eventsCommand, watchCommand } from './commands/events.ts'
import { federationsCommand, schedulesCommand, windowsCommand } from './commands/federations.ts'
import { changesCommand, findingsCommand, validationCommand } from './commands/findings.ts'
import { approveCommand, gatesCommand, rejectCommand } from './commands/gates.ts'
import { launchCommands } from './commands/launch.ts'
import { deliveriesCommand, notificationsCommand } from './commands/notifications.ts'
import { planCommand } from './commands/plan.ts'
import { scenariosCommand } from './commands/scenarios.ts'
import { stacksCommand } from './commands/stacks.ts'
import { stateCommand } from './commands/state.ts'
import { statusCommand } from './commands/status.ts'
import { cancelCommand, overrideCommand, resumeCommand } from './commands/steering.ts'
import { tokenCommand } from './commands/token.ts'
import { whoamiCommand } from './commands/whoami.ts'
import { worldCommand } from './commands/world.ts'

export const commands: readonly AddCommand[] = [
  federationsCommand,
  planCommand,
  scenariosCommand,
  changesCommand,
  windowsCommand,
  statusCommand,
  findingsCommand,
  validationCommand,
  stacksCommand,
  stateCommand,
  worldCommand,
  launchCommands,
  driftCommand,
  schedulesCommand,
  gatesCommand,
  deliveriesCommand,
  notificationsCommand,
  eventsCommand,
  watchCommand,
  cancelCommand,
  resumeCommand,
  overrideCommand,
  approveCommand,
  rejectCommand,
  auditCommand,
  tokenCommand,
  whoamiCommand,
  doctorCommand
]
