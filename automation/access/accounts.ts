/** Accounts where repositories and jobs are, and whose they are. Pure. */
import { type Actor } from '../../contract/access.ts'
import { personKey } from '../person.ts'
import { type Account } from './file.ts'
import { type AccountPlace } from './job-actor.ts'

/** Longest name that is kept: GitHub allows 39 characters, GitLab 255. */
export const longestAccount = 255

/** Finds the person whose account one is: the key of an account -> the person's subject. */
export type Owners = ReadonlyMap<string, string>

const labelOf = (place: AccountPlace): string => typeof place === 'string' ? place : place.issuer

/** One key for all spellings of an account that may be the same one. */
const keyOf = (place: AccountPlace, name: string): string =>
  typeof place === 'string' ? `${place} ${personKey(name)}` : `other ${personKey(`${place.issuer}:${name}`)}`

/** Arranges accounts so that the owner of one is found without looking at all of them. */
export function ownersOf (accounts: readonly Account[]): Owners {
  return new Map(
    accounts.flatMap(({ person, github = [], gitlab = [], jobs = [] }) => [
      ...github.map((name) => [keyOf('github', name), person] as const),
      ...gitlab.map((name) => [keyOf('gitlab', name), person] as const),
      ...jobs.map((name) => [`other ${personKey(name)}`, person] as const)
    ])
  )
}

/**
 * Makes the actors of accounts, each with its person where the access settings name one. Spellings
 * that may be the same account make one actor.
 */
export function accountActors (owners: Owners, place: AccountPlace, names: readonly string[]): Actor[] {
  const distinct = new Map(names.map((name) => [personKey(name), name]))
  return [...distinct.values()].map((name) => {
    const person = owners.get(keyOf(place, name))
    return {
      subject: `${labelOf(place)}:${name}`,
      name,
      kind: 'person',
      ...(person !== undefined && { person })
    }
  })
}
