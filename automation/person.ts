/** The people behind credentials. Pure; docs/access.md says it to readers. */
import { type Actor } from '../contract/access.ts'

/**
 * The person who runs the machine: whoever uses a service without authentication, and whoever read
 * the bootstrap token from its data folder. What they vouch for with a token is theirs.
 */
export const machinePerson = 'local'

/**
 * Gives the subject of the person for whom an actor acts, as gates and people know it: a token's
 * maker, or whom an issuer vouched for. A token that was made for somebody else acts for nobody: it
 * is known by its own id.
 */
export function personOf (actor: Actor): string {
  return actor.person ?? actor.subject
}

/**
 * Characters that nobody sees: blanks, line breaks, controls, marks of direction, characters for
 * private use or not given out yet (\p{C}, \p{Z}), what fonts leave out, and the blank of Braille.
 */
const unseen = /[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u{2800}]/gu

/**
 * Folds a subject for the question of whether two subjects may be one person: variants of case,
 * width, composition and characters that nobody sees are. An issuer that keeps two such accounts
 * apart loses an approval by it, and nobody gains one.
 */
export function personKey (subject: string): string {
  return subject.normalize('NFKD').replaceAll(unseen, '')
    .toUpperCase().toLowerCase().normalize('NFKC')
}

/** The person whose voice an act is at gates, folded: whoever acts twice has one. */
export const voiceOf = (actor: Actor): string => personKey(personOf(actor))

/** The persons who may stand behind an act, folded: of a token its maker and whom it names. */
export function personsBehind (actor: Actor): Set<string> {
  const { subject, person, maker, namedFor } = actor
  return new Set(
    [person ?? subject, maker, namedFor].flatMap((one) => one === undefined ? [] : personKey(one))
  )
}

/** Says whether a token acts for nobody: it was made for somebody other than its maker. */
export function speaksForNobody ({ kind, person }: Actor): boolean {
  return kind === 'token' && person === undefined
}

/** The people of a token. */
export interface TokenPeople {
  /** The subject of the person who made it, through however many tokens. */
  maker: string
  /** The subject that the token names; the maker unless another was given. */
  person: string
  /** It acts for its maker. Otherwise it acts for nobody. */
  vouched: boolean
}

/** The subject of the person who makes an actor's tokens. */
const makerOf = (actor: Actor): string => actor.maker ?? personOf(actor)

/** The subject that an actor's own tokens name. */
export const ownName = (actor: Actor): string => actor.namedFor ?? makerOf(actor)

/**
 * Gives the people of a token that `creator` makes, for `person` where one is named. A person makes
 * tokens for themselves. Whoever runs the machine may give the first admin a name: their tokens
 * still count as one person's. A token that acts for nobody makes only such.
 */
export function tokenPeople (creator: Actor, person: string | undefined): TokenPeople {
  const maker = makerOf(creator)
  const own = ownName(creator)
  // Otherwise nobody could tell in whose hands a token of a token is.
  const named = speaksForNobody(creator) ? own : person ?? own
  const alike = [maker, own].some((one) => personKey(one) === personKey(named))
  const naming = maker === machinePerson && creator.namedFor === undefined
  return { maker, person: named, vouched: !speaksForNobody(creator) && (alike || naming) }
}

/** Gives the actor who uses a token. */
export function tokenActor (token: { id: string, name: string } & TokenPeople): Actor {
  const { maker, person, vouched } = token
  return {
    subject: `token:${token.id}`,
    name: token.name,
    kind: 'token',
    ...(vouched ? { person: maker } : { maker }),
    ...(personKey(person) !== personKey(maker) && { namedFor: person })
  }
}
