/** The accounts that pushed what a webhook tells of, and whose they are. Pure. */
import { type Actor } from '../../contract/access.ts'
import { accountActor, longestAccount, ownersOf } from '../access/accounts.ts'
import { type Account } from '../access/file.ts'
import { personKey } from '../person.ts'
import { type Hook } from './file.ts'

type Data = Record<string, unknown>

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Data)[name] : undefined

/**
 * Places in a payload that name an account. GitHub: who caused the event and, of a push, who
 * pushed; GitLab: who pushed, and who caused the event of a merge request.
 */
const places: Readonly<Record<Hook['sender'], readonly (readonly string[])[]>> = {
  github: [['sender', 'login'], ['pusher', 'name']],
  gitlab: [['user_username'], ['user', 'username']],
  // Its format has no place for one.
  generic: []
}

/**
 * Gives the accounts behind a delivery as actors, with the person of each that the access settings
 * name one for. Several when more than one took part; none when the sender names none.
 */
export function pushersOf (sender: Hook['sender'], json: unknown, accounts: readonly Account[]): Actor[] {
  const names = places[sender].flatMap((path) => {
    const name = path.reduce<unknown>(fieldOf, json)
    return typeof name === 'string' && name.trim() !== '' ? [name.trim().slice(0, longestAccount)] : []
  })
  const distinct = new Map(names.map((name) => [personKey(name), name]))
  if (sender === 'generic' || distinct.size === 0) return []
  const owners = ownersOf(accounts)
  return [...distinct.values()].map((name) => accountActor(owners, sender, name))
}
