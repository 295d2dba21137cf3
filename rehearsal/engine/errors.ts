/** Errors of the rehearsal engine by code. Codes are stable and never reused. */
import { defineErrors } from '../../contract/errors.ts'

const table = {
  RHE_SECRET_MALFORMED: {
    retryable: false,
    message: ({ value }: { value: string }) =>
      `a secret value starts with '${value}', expected 'v1:nonce:ciphertext'`
  },
  RHE_SALT_MALFORMED: {
    retryable: false,
    message: ({ value }: { value: string }) => `encryptionsalt starts with '${value}', expected 'v1:salt:…'`
  },
  RHE_PASSPHRASE_WRONG: {
    retryable: false,
    message: () => "incorrect passphrase: PULUMI_CONFIG_PASSPHRASE does not open this stack's secrets"
  },
  RHE_PASSPHRASE_MISSING: {
    retryable: false,
    message: () =>
      'passphrase must be set with PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE environment ' +
      'variables'
  },
  RHE_ARGUMENT: {
    retryable: false,
    message: ({ argument, problem }: { argument: string, problem: string }) => `${argument}: ${problem}`
  },
  RHE_UNSUPPORTED: {
    retryable: false,
    message: ({ what }: { what: string }) => `${what} is not supported by the rehearsal engine`
  },
  RHE_PROVIDER_UNKNOWN: {
    retryable: false,
    message: (details: { package: string }) =>
      `no provider for package '${details.package}': attach one through PULUMI_DEBUG_PROVIDERS or give the ` +
      'engine a provider source that knows it'
  },
  RHE_PROVIDER_PROCESS: {
    retryable: true,
    message: (details: { package: string, problem: string }) =>
      `the provider process of package '${details.package}' did not start: ${details.problem}`
  },
  RHE_STATE_MALFORMED: {
    retryable: false,
    message: ({ problem }: { problem: string }) => `the deployment to import has ${problem}`
  },
  RHE_SETTLE_NO_LOOKUP: {
    retryable: false,
    message: ({ urns }: { urns: readonly string[] }) =>
      `pending creations cannot be settled, their provider cannot look them up: ${urns.join(', ')}`
  },
  RHE_SETTLE_FAILED: {
    retryable: true,
    message: ({ urn, problem }: { urn: string, problem: string }) => `settling ${urn}: ${problem}`
  },
  RHE_POLICY_PACK: {
    retryable: false,
    message: ({ folder, problem }: { folder: string, problem: string }) =>
      `the policy pack in ${folder} could not be started: ${problem}`
  },
  RHE_POLICY_CONFIG: {
    retryable: false,
    message: ({ file, problem }: { file: string, problem: string }) =>
      `${file} is not a policy configuration: ${problem}`
  },
  RHE_LANGUAGE_HOST: {
    retryable: true,
    message: ({ address, problem }: { address: string, problem: string }) =>
      `the program's language host at ${address} does not answer: ${problem}`
  }
} as const

/** An error of the engine itself. */
export const EngineError = defineErrors('EngineError', 'RHE_', table)

/** Ends an operation after its reason was reported as a diagnostic. */
export class Bail extends Error {
  override readonly name = 'Bail'
}
export function messageOf (error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
