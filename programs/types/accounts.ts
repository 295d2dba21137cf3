/** Whose the federation is in its clouds, and who may deploy it. */

/** The accounts deployed into. Without an identity of its own each cloud uses the caller's. */
export interface Accounts {
  readonly aws: {
    readonly accountId: string
    /** Role to assume in the account. */
    readonly roleArn?: string
  }
  readonly gcp: {
    readonly project: string
    /** Address of the service account to impersonate. */
    readonly impersonateServiceAccount?: string
  }
  readonly azure: {
    readonly subscriptionId: string
    readonly tenantId: string
    /** Application or managed identity that federated credentials (OIDC) are for. */
    readonly clientId?: string
  }
}

/** The CI that may deploy the federation without keys. */
export interface Ci {
  /** Address of who signs the jobs' tokens. */
  readonly issuer: string
  /** `sub` claims of the jobs that may deploy. */
  readonly subjects: readonly string[]
}
