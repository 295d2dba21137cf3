/** Three services on one database, each of which is started again only when it was killed. */
import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { type DataFolder, makeDataFolder } from '../../fixtures/data-folder.ts'
import { partOfNautilus } from '../../fixtures/part-of-nautilus.ts'
import { type Service, startService } from '../../fixtures/service.ts'

/** A service as its reader sees it. */
export interface Member {
  readonly name: string
  /** Undefined while it is killed and not up again. */
  service: Service | undefined
  /** It is stopped, and answers nothing. */
  frozen: boolean
  /** Rises with each kill, freeze and start: what was asked before is no witness after. */
  epoch: number
}

export interface Services {
  readonly members: readonly Member[]
  kill(index: number): Promise<void>
  killHost(index: number): Promise<boolean>
  freeze(index: number, lasts: number): Promise<void>
  /** Ends of processes that nobody killed. */
  readonly ends: readonly string[]
  close(): Promise<void>
}

export async function startServices (url: string, clusters: readonly string[]): Promise<Services> {
  const folders: DataFolder[] = []
  const members: Member[] = []
  const ends: string[] = []

  async function begin (index: number): Promise<void> {
    const folder = folders[index]?.folder ?? ''
    const service = await startService({
      dataFolder: folder,
      environment: {
        DATABASE_URL: url,
        WINDLASS_SECRETS_KEY: '07'.repeat(32),
        WINDLASS_WORKERS: '2',
        WINDLASS_FEDERATIONS: await partOfNautilus(folder, clusters)
      }
    })
    const member = members[index]
    if (!member) throw new RangeError(`there is no service ${index}`)
    member.service = service
    member.epoch++
    void service.ended.then((code) => {
      if (member.service === service) ends.push(`${member.name} ended by itself with ${code ?? 'a signal'}`)
    })
  }
  for (let index = 0; index < 3; index++) {
    folders.push(await makeDataFolder())
    members.push({ name: `service ${index + 1}`, service: undefined, frozen: false, epoch: 0 })
    await begin(index)
  }
  return {
    members,
    ends,
    async kill (index) {
      const member = members[index]
      const { service } = member ?? {}
      if (!member || !service) return
      member.service = undefined
      member.epoch++
      await service.kill()
      await begin(index)
    },
    async killHost (index) {
      const [host] = await childrenOf(members[index]?.service?.pid ?? 0)
      if (host === undefined) return false
      process.kill(-host, 'SIGKILL')
      return true
    },
    async freeze (index, lasts) {
      const member = members[index]
      const { service } = member ?? {}
      if (!member || !service) return
      member.frozen = true
      member.epoch++
      process.kill(service.pid, 'SIGSTOP')
      await delay(lasts)
      process.kill(service.pid, 'SIGCONT')
      member.frozen = false
      member.epoch++
    },
    async close () {
      const running = members.map((member) => {
        const { service } = member
        member.service = undefined
        return service
      })
      await Promise.all(running.map((service) => service?.stop()))
      for (const folder of folders) await folder.remove()
    }
  }
}

/** Unit hosts of a service: its children that lead a group of their own. */
async function childrenOf (parent: number): Promise<number[]> {
  const found: number[] = []
  for (const name of await readdir('/proc')) {
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '')
    const [, above, group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ').map(Number)
    if (above === parent && group === Number(name)) found.push(Number(name))
  }
  return found
}
