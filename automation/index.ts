/**
 * The automation room's only door: federations, plans and deployments for the server, the database
 * and the unit hosts behind it.
 */
export type { Federation } from '../programs/types.ts'
export type * from './access/access-store.ts'
export { ownersOf, type Owners } from './access/accounts.ts'
export { claimsFault, principalOf, type Claims } from './access/claims.ts'
export { loadAccess, parseAccess, tokensOnly, type AccessSettings, type Issuer } from './access/file.ts'
export { startersOf } from './access/job-starters.ts'
export { everywhere } from './access/model.ts'
export type * from './access/model.ts'
export { deploymentOperations } from './access/driving.ts'
export {
  administersAll,
  holds,
  permits,
  permitsSomewhere,
  rolePermissions,
  visibleFederations
} from './access/permits.ts'
export { type Act, type By, type Origin } from './acts.ts'
export type { AuditLog } from './audit/log.ts'
export { driversOf, refusalOf } from './deployments/gates.ts'
export { eventsRemoved } from './deployments/refusals.ts'
export { AutomationError, errorKind, type ErrorCode, type ErrorKind } from './errors.ts'
export type { EventDraft } from './event-draft.ts'
export { readFederations } from './federation/federations.ts'
export {
  federationPrefix,
  olderFormEnds,
  olderVariables,
  reserveForService,
  secretPlace,
  secretValue,
  servicePrefix
} from './federation/secret-variable.ts'
export { loadHooks, type Hook } from './hooks/file.ts'
export type { HookRequest, ReceivedDelivery } from './hooks/receive.ts'
export { keyCheckOf } from './keys/check.ts'
export type * from './launcher.ts'
export { receiverSecret } from './notifications/receiver-secret.ts'
export type * from './observations.ts'
export type * from './page.ts'
export {
  machinePerson,
  ownName,
  personKey,
  speaksForNobody,
  tokenActor,
  tokenPeople,
  voiceOf
} from './person.ts'
export type { Place } from './place.ts'
export type * from './ports.ts'
export type { RetentionPeriods } from './retention/periods.ts'
export { readRegularFile } from './regular-file.ts'
export { Rounds } from './rounds.ts'
export { fittingKey, openDatabase } from './service/database.ts'
export type { StartOptions } from './service/options.ts'
export { startAutomation } from './service/start.ts'
export { SettingsError } from './settings/errors.ts'
export { judgeSecret } from './signing-key.ts'
export { pulumiEnvironment } from './stacks/cli/backend.ts'
export { findPulumi, type PulumiCli } from './stacks/cli/find.ts'
export { providerPlugins } from './stacks/cli/plugins.ts'
export { clientPrograms } from './stacks/client-programs.ts'
export type { SessionBasis, StoredSession } from './store/identity/sessions.ts'
export type { StoredToken } from './store/identity/tokens.ts'
export { storeAway } from './store/postgres/away.ts'
export { inspectEmbedded } from './store/postgres/embedded.ts'
export { inspectDatabase, type DatabaseState } from './store/postgres/inspection.ts'
export { activeTrace, contextOf, traceFields, underTrace } from './tracing/context.ts'
export { openTracing } from './tracing/open.ts'
export { type OpenSpan, type Tracing } from './tracing/tracing.ts'
export { clean, withoutSecrets } from './redaction/gate.ts'
export { hostMemory, serviceMemory, unitsOfThisMachine, usableMemory } from './unit-memory.ts'
