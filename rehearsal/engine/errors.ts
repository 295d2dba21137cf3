/** Errors of the rehearsal engine by code. Codes are stable and never reused. */

interface ErrorKind {
  message: (fields: Record<string, string>) => string
  retry: boolean
}

const kinds = {
  RHE_SECRET_MALFORMED: {
    retry: false,
    message: (f) => `a secret value starts with '${f['value']}', expected 'v1:nonce:ciphertext'`
  },
  RHE_SALT_MALFORMED: {
    retry: false,
    message: (f) => `encryptionsalt starts with '${f['value']}', expected 'v1:salt:…'`
  },
  RHE_PASSPHRASE_WRONG: {
    retry: false,
    message: () => "incorrect passphrase: PULUMI_CONFIG_PASSPHRASE does not open this stack's secrets"
  },
  RHE_PASSPHRASE_MISSING: {
    retry: false,
    message: () =>
      'passphrase must be set with PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE environment ' +
      'variables'
  },
  RHE_ARGUMENT: { retry: false, message: (f) => `${f['argument']}: ${f['problem']}` },
  RHE_UNSUPPORTED: { retry: false, message: (f) => `${f['what']} is not supported by the rehearsal engine` },
  RHE_PROVIDER_UNKNOWN: {
    retry: false,
    message: (f) =>
      `no provider for package '${f['package']}': attach one through PULUMI_DEBUG_PROVIDERS or give the ` +
      'engine a provider source that knows it'
  },
  RHE_STATE_MALFORMED: { retry: false, message: (f) => `the deployment to import has ${f['problem']}` },
  RHE_SETTLE_NO_LOOKUP: {
    retry: false,
    message: (f) => `pending creations cannot be settled, their provider cannot look them up: ${f['urns']}`
  },
  RHE_SETTLE_FAILED: { retry: true, message: (f) => `settling ${f['urn']}: ${f['problem']}` },
  RHE_POLICY_PACK: {
    retry: false,
    message: (f) => `the policy pack in ${f['folder']} could not be started: ${f['problem']}`
  },
  RHE_POLICY_CONFIG: {
    retry: false,
    message: (f) => `${f['file']} is not a policy configuration: ${f['problem']}`
  },
  RHE_LANGUAGE_HOST: {
    retry: true,
    message: (f) => `the program's language host at ${f['address']} does not answer: ${f['problem']}`
  }
} satisfies Record<string, ErrorKind>

export type EngineErrorCode = keyof typeof kinds

/** An error of the engine itself. */
export class EngineError extends Error {
  override readonly name = 'EngineError'
  readonly code: EngineErrorCode
  /** The same call may succeed later. */
  readonly retry: boolean
  readonly fields: Record<string, string>
  constructor (code: EngineErrorCode, fields: Record<string, string>, cause?: unknown) {
    super(kinds[code].message(fields), cause === undefined ? undefined : { cause })
    this.code = code
    this.retry = kinds[code].retry
    this.fields = fields
  }
}
export function engineError (
  code: EngineErrorCode,
  fields: Record<string, string>,
  cause?: unknown
): EngineError {
  return new EngineError(code, fields, cause)
}

/** Ends an operation after its reason was reported as a diagnostic. */
export class Bail extends Error {
  override readonly name = 'Bail'
}
export function messageOf (error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
