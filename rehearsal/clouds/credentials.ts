/**
 * Credentials that a configuration holds itself, and that nothing renews: they end while a unit
 * runs. Providers renew what they get themselves (a role that is assumed, an account that is
 * impersonated), and so does the command of a kubeconfig. When such a credential was made is not
 * known: at the earliest it counts from the beginning of the unit, which no real one outlives.
 */
import { type WireObject } from '../wire.ts'
import { type PackageName } from './schema-table.ts'
import { stringAt } from './wire-values.ts'

/** A credential that ends by itself. */
export interface Ending {
  /** Seconds that it is good for. */
  readonly seconds: number
  readonly source: string
}

const hour = 3_600

/** Data table: static credentials of each package's configuration; kubeconfigs are below. */
const rows: Partial<Record<PackageName, (config: WireObject) => Ending | undefined>> = {
  aws: (config) =>
    stringAt(config, 'token') === undefined ? undefined : {
      seconds: hour,
      source: 'https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html (DurationSeconds)'
    },
  gcp: (config) =>
    stringAt(config, 'accessToken') === undefined ? undefined : {
      seconds: hour,
      source: 'https://cloud.google.com/docs/authentication/token-types#access-tokens'
    },
  // The token from outside has ended when the first access token does: nothing is exchanged again.
  'azure-native': (config) =>
    stringAt(config, 'oidcToken') === undefined ? undefined : {
      seconds: hour,
      source: 'https://learn.microsoft.com/entra/identity-platform/access-tokens#token-lifetime'
    }
}

/** Tokens of API servers by their beginning; one of a service account's Secret never ends. */
const tokens: readonly (Ending & { readonly form: RegExp })[] = [
  {
    form: /^k8s-aws-v1\./,
    seconds: 15 * 60,
    source: 'https://github.com/kubernetes-sigs/aws-iam-authenticator/blob/master/pkg/token/token.go'
  },
  {
    form: /^ya29\./,
    seconds: hour,
    source: 'https://cloud.google.com/docs/authentication/token-types#access-tokens'
  }
]

/** When an instance's own credentials end; undefined: they are renewed, or never end. */
export function endingOf (
  pkg: PackageName,
  config: WireObject,
  token: string | undefined
): Ending | undefined {
  return token === undefined ? rows[pkg]?.(config) : tokens.find(({ form }) => form.test(token))
}
