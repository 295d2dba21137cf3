/**
 * Every route of the API, in the order of the API document. To add one, write it in `routes/` and
 * put it on this list (README.md, "Add a route").
 */
import { ageWorld, listAgings } from './routes/agings.ts'
import { readApiDocument } from './routes/api-document.ts'
import { listApprovals } from './routes/approvals.ts'
import { exportAudit, listAudit, verifyAudit } from './routes/audit.ts'
import { listChanges } from './routes/changes.ts'
import { listDeployments, listGates, readDeployment } from './routes/deployments.ts'
import { listDrift } from './routes/drift.ts'
import { listEvents } from './routes/events.ts'
import { listFederations, readFederation } from './routes/federations.ts'
import { readHealth, readReadiness } from './routes/health.ts'
import { listHookDeliveries } from './routes/hook-deliveries.ts'
import { deliverHook } from './routes/hooks.ts'
import { launchDeployment } from './routes/launch.ts'
import { beginSignIn, endSignIn } from './routes/login.ts'
import { readMetrics } from './routes/metrics.ts'
import { listNotifications, resendNotification } from './routes/notifications.ts'
import { beginOutage, endOutages, listOutages } from './routes/outages.ts'
import { planOperation } from './routes/plans.ts'
import { listPolicyFindings } from './routes/policy-findings.ts'
import { type Route } from './routes/route.ts'
import { listScenarios } from './routes/scenarios.ts'
import { listSchedules } from './routes/schedules.ts'
import { readSession, signIn, signOut } from './routes/session.ts'
import { exportStackState, listStacks, readOutputs } from './routes/stacks.ts'
import { approvePhase, cancelDeployment, rejectPhase, resumeDeployment } from './routes/steering.ts'
import { createToken, listTokens, revokeToken } from './routes/tokens.ts'
import { listUnits, readUnit } from './routes/units.ts'
import { readValidation } from './routes/validation.ts'
import { overrideWindow, readWindows } from './routes/windows.ts'
import { dropWorld, listWorlds } from './routes/worlds.ts'

export const routes: readonly Route[] = [
  readApiDocument,
  readMetrics,
  readHealth,
  readReadiness,

  readSession,
  signIn,
  signOut,
  beginSignIn,
  endSignIn,
  createToken,
  listTokens,
  revokeToken,

  launchDeployment,
  listDeployments,
  readDeployment,
  listGates,
  listUnits,
  readUnit,
  readValidation,
  listEvents,
  listPolicyFindings,
  listDrift,
  listChanges,
  listApprovals,
  overrideWindow,
  cancelDeployment,
  resumeDeployment,
  approvePhase,
  rejectPhase,

  deliverHook,
  listHookDeliveries,
  listNotifications,
  resendNotification,

  listFederations,
  readFederation,
  planOperation,
  listScenarios,
  listSchedules,
  readWindows,
  readOutputs,
  listStacks,
  exportStackState,
  listWorlds,
  dropWorld,
  listOutages,
  beginOutage,
  endOutages,
  listAgings,
  ageWorld,

  listAudit,
  exportAudit,
  verifyAudit
]
