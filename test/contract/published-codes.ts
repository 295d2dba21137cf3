/** Data table: codes that callers rely on. A code is never renamed, removed or reused: rows are only added. */
export const published: Readonly<Record<string, readonly string[]>> = {
  AutomationError: [
    'deployment-not-found',
    'events-removed',
    'unit-not-found',
    'validation-not-found',
    'notification-not-found',
    'federation-not-found',
    'token-not-found',
    'stack-not-found',
    'hook-not-found',
    'hook-refused',
    'hook-payload-invalid',
    'hook-delivery-mismatch',
    'federation-invalid',
    'request-invalid',
    'plan-empty',
    'plan-cycle',
    'prerequisites-missing',
    'dependants-deployed',
    'wrong-status',
    'approval-refused',
    'approval-expired',
    'approval-impossible',
    'idempotency-mismatch',
    'live-refused',
    'shutting-down',
    'store-unavailable',
    'internal'
  ],
  FederationError: [
    'FED_NOT_FOUND',
    'FED_INVALID',
    'FED_UNREADABLE',
    'FED_TOO_MANY'
  ],
  BackupError: [
    'backup-damaged',
    'backup-other-key',
    'backup-newer',
    'backup-service-running',
    'backup-not-empty',
    'backup-empty',
    'backup-file'
  ],
  KeyError: [
    'key-other',
    'key-same',
    'key-service-running',
    'key-column-unknown'
  ],
  PlanError: [
    'PLAN_CYCLE',
    'PLAN_EMPTY',
    'PLAN_UNKNOWN_CLUSTER',
    'PLAN_PHASE_RANGE',
    'PLAN_PARALLELISM',
    'PLAN_DURATION',
    'PLAN_UNKNOWN_DEPENDENCY',
    'PLAN_PHASE_ORDER',
    'PLAN_DUPLICATE_UNIT',
    'PLAN_ESTIMATE',
    'PLAN_DURATIONS_UNREADABLE',
    'PLAN_DURATIONS_INVALID'
  ],
  PriceError: [
    'PRICE_INVALID',
    'PRICE_UNREADABLE'
  ],
  ProgramError: [
    'INFRASTRUCTURE_NO_ISSUER',
    'INFRASTRUCTURE_NO_KUBECONFIG',
    'INFRASTRUCTURE_KEY',
    'NETWORKING_NO_KEY',
    'MESH_NO_TOKEN',
    'MESH_NO_ADDRESS',
    'FEDERATION_ZONE',
    'DR_CLOUD_DNS_ADDRESS',
    'DR_OBJECTIVE',
    'PREREQUISITES_QUOTA',
    'PREREQUISITES_RESIDENCY',
    'VALIDATION_NOT_MEASURED',
    'VALIDATION_FAILED'
  ]
}
