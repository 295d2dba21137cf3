/** The accounts that pushed what a webhook tells of, and whose they are. Pure. */
import { type Actor } from '../../contract/access.ts'
import { accountActors, longestAccount, type Owners } from '../access/accounts.ts'
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
export function pushersOf (sender: Hook['sender'], json: unknown, owners: Owners): Actor[] {
  const names = places[sender].flatMap((path) => {
    const name = path.reduce<unknown>(fieldOf, json)
    return typeof name === 'string' && name.trim() !== '' ? [name.trim().slice(0, longestAccount)] : []
  })
  return sender === 'generic' ? [] : accountActors(owners, sender, names)
}
