/** The accounts that had a CI job run, as its token names them. Pure. */
import { type Actor } from '../../contract/access.ts'
import { accountActors, longestAccount, type Owners } from './accounts.ts'
import { type Claims, claimOf, comparedTexts } from './claims.ts'
import { type Issuer } from './file.ts'

/**
 * Gives the accounts that had a job run, with the person of each whom the access settings name one
 * for; none when its token names none. A GitHub run that somebody ran again keeps its first actor,
 * and the token does not say who that somebody was: they are an account that is nobody's.
 */
export function startersOf (issuer: Issuer, token: Claims, owners: Owners): Actor[] {
  const { actor } = issuer
  if (!actor) return []
  const names = comparedTexts(claimOf(token, actor.claim)).map((name) => name.trim())
    .filter((name) => name !== '' && name.length <= longestAccount)
  const starters = accountActors(owners, actor.place, names)
  const again = actor.place === 'github' && starters.length > 0 ? rerunOf(token) : undefined
  return [...starters, ...again ? [again] : []]
}

/** An account for whoever ran a GitHub run again: `run_attempt` counts from 1. */
function rerunOf (token: Claims): Actor | undefined {
  const [attempt = '1'] = comparedTexts(claimOf(token, 'run_attempt'))
  if (attempt === '1') return undefined
  const [run = ''] = comparedTexts(claimOf(token, 'run_id'))
  const which = `${run.slice(0, longestAccount)}/${attempt.slice(0, longestAccount)}`
  return { subject: `github:runs/${which}`, name: `whoever ran ${which} again`, kind: 'person' }
}
