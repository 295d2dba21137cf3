/** Claims and accounts of those who have CI jobs run. Pure. */

/** The places whose accounts the access file lists by name; others are listed with their issuer. */
export type AccountPlace = 'github' | 'gitlab' | { issuer: string }

/** The place in a token that names who had its job run. */
export interface JobActor {
  /** The claim that holds the account. */
  claim: string
  /** The place where that account is. */
  place: AccountPlace
}

/**
 * Claims of the services whose tokens name an account. GitHub: the account that initiated the
 * workflow run (docs.github.com/en/actions/reference/security/oidc); of a schedule it is the
 * account under which the schedule was last enabled. GitLab: the user who executes the job, of a
 * schedule its owner (docs.gitlab.com/ci/secrets/id_token_authentication).
 */
const claims = { github: 'actor', gitlab: 'user_login' } as const

/**
 * Addresses of issuers, from the same documents: GitHub's, with the name of an enterprise behind
 * it, on an enterprise's own subdomain of ghe.com, and of a GitHub Enterprise Server. A GitLab of
 * one's own has any address: its issuer says `actorsAt`.
 */
const addresses: readonly (readonly [RegExp, keyof typeof claims])[] = [
  [/^https:\/\/token\.actions\.githubusercontent\.com(\/[^/]+)?\/?$/, 'github'],
  [/^https:\/\/token\.actions\.[-a-z0-9]+\.ghe\.com(\/[^/]+)?\/?$/, 'github'],
  [/^https:\/\/[^/]+\/_services\/token\/?$/, 'github'],
  [/^https:\/\/gitlab\.com\/?$/, 'gitlab']
]

/**
 * Gives where the tokens of an issuer of jobs name an account; undefined: nowhere that is known.
 */
export function jobActorOf (
  { name, issuer, actorClaim, actorsAt }: {
    name: string
    issuer: string
    actorClaim?: string
    actorsAt?: keyof typeof claims
  }
): JobActor | undefined {
  const at = actorsAt ?? addresses.find(([address]) => address.test(issuer))?.[1]
  const claim = actorClaim ?? (at && claims[at])
  return claim === undefined ? undefined : { claim, place: at ?? { issuer: name } }
}

/** Other services whose tokens are all of jobs, by the addresses of their issuers. */
const jobsOnly: readonly RegExp[] = [
  /^https:\/\/agent\.buildkite\.com\/?$/,
  /^https:\/\/oidc\.circleci\.com(\/|$)/,
  /^https:\/\/app\.terraform\.io\/?$/
]

/** Says whether an issuer signs for jobs alone. GitLab signs for people too. */
export function signsForJobs (issuer: string): boolean {
  return jobsOnly.some((address) => address.test(issuer)) ||
    addresses.some(([address, at]) => at === 'github' && address.test(issuer))
}
