/** A real service with everything switched on that takes something from outside. */
import { createHmac, randomBytes } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { Agent, request as send } from 'node:http'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import fc from 'fast-check'
import { stringify } from 'yaml'
import { buildDashboard } from '../../../scripts/dashboard.ts'
import { makeInstallation } from '../../fixtures/installation.ts'
import { onePair, partOfNautilus } from '../../fixtures/part-of-nautilus.ts'
import { startIssuer } from '../../fixtures/server/issuer.ts'

/** A request as it goes over the wire. */
export interface Request {
  readonly method: string
  /** The path and query as they are sent. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
  /** Without credentials, or with others. */
  readonly bearer?: string | undefined
}

export interface Answer {
  readonly status: number
  /** Headers and body. */
  readonly text: string
}

/** The service, and what hostile inputs need to reach far into it. */
export interface Target {
  readonly pid: number
  /** Values that no answer and no line of the log may hold. */
  readonly secrets: readonly string[]
  /** Values of the parameters of addresses that exist. */
  readonly names: Readonly<Record<string, string>>
  /** Names of the hooks, each with other patterns. */
  readonly hooks: readonly string[]
  send(request: Request): Promise<Answer>
  /** Signs claims as an issuer that the service trusts. */
  sign(claims: Record<string, unknown>, header?: Record<string, unknown>): Promise<string>
  /** The signature of a hook's body. */
  hookSignature(body: string | Buffer): string
  /** Writes a file into the folder of federations. */
  writeFederation(name: string, content: string | Buffer): Promise<void>
  /** The longest delay of the service's event loop since the last question, milliseconds. */
  stall(): Promise<number>
  /** Rejects when the service does not work any more or its audit log is broken. */
  checkWhole(): Promise<void>
  close(): Promise<void>
}

/** Milliseconds in which every answer comes: the service is asked for nothing that takes longer. */
const patience = 60_000

/** Patterns with many stars beside other characters: what makes a matcher try again and again. */
const pattern = fc.array(
  fc.constantFrom('*', '**', '/', 'a', '.', 'v', '-', '?', '[a]', '(b)', '{c,d}', '!', '\\'),
  {
    minLength: 1,
    maxLength: 30
  }
).map((parts) => parts.join('').slice(0, 100)).filter((text) => /[^*]/.test(text))

/** A hooks file with hooks of such patterns. */
function hooksFile (seed: number): { file: string, names: string[] } {
  const patterns = fc.sample(fc.array(pattern, { minLength: 1, maxLength: 10 }), { seed, numRuns: 40 })
  const hooks = Array.from({ length: 20 }, (_, index) => ({
    name: `hook-${index}`,
    sender: 'github',
    secret: 'attacked-hook',
    rules: [
      {
        on: 'push',
        branches: patterns[index * 2],
        paths: patterns[index * 2 + 1],
        launch: { federation: 'nautilus', operation: 'preview', phases: { from: 1, to: 1 }, world: 'hooks' }
      },
      { on: 'tag', tags: patterns[index * 2], launch: { federation: 'none', operation: 'preview' } }
    ]
  }))
  return { file: stringify({ hooks }), names: hooks.map(({ name }) => name) }
}

interface InstallOptions {
  readonly issuer: string
  readonly hooksFile: string
  readonly onLine: (line: string) => void
}

/** Installs a service with planted secrets. */
async function install ({ issuer, hooksFile: file, onLine }: InstallOptions) {
  const planted = () => randomBytes(24).toString('hex')
  const [hookSecret, federationSecret, secretsKey] = [planted(), planted(), randomBytes(32).toString('hex')]
  let federations = ''
  const installation = await makeInstallation({
    onLine,
    environment: async (folder) => {
      federations = await partOfNautilus(folder, onePair)
      const settings = join(folder, 'settings')
      await mkdir(settings)
      await writeFile(join(settings, 'hooks.yaml'), file)
      await writeFile(join(settings, 'access.yaml'), accessFile(issuer))
      return {
        WINDLASS_FEDERATIONS: federations,
        WINDLASS_HOOKS: join(settings, 'hooks.yaml'),
        WINDLASS_ACCESS: join(settings, 'access.yaml'),
        WINDLASS_SECRETS_KEY: secretsKey,
        WINDLASS_SERVICE_SECRET_ATTACKED_HOOK: hookSecret,
        WINDLASS_SECRET_NAUTILUS__PAGERDUTY: federationSecret,
        WINDLASS_LOG_LEVEL: 'info'
      }
    }
  })
  return { installation, federations, hookSecret, secrets: [hookSecret, federationSecret, secretsKey] }
}

/** Reads an answer's JSON. */
const bodyOf = ({ text }: Answer): Record<string, unknown> =>
  JSON.parse(text.slice(text.indexOf('\n\n') + 2)) as Record<string, unknown>

/** Starts the service with an issuer, hooks, and planted secrets. */
export async function startTarget (
  { seed, onLine }: { seed: number, onLine: (line: string) => void }
): Promise<Target> {
  // Without a page, its addresses are answered by a 503.
  await buildDashboard()
  const releases: (() => void)[] = []
  const issuer = await startIssuer({
    after: (release) => {
      releases.push(release)
    }
  })
  const sign = await issuer.newKey()
  const { file, names: hooks } = hooksFile(seed)
  const { installation, federations, hookSecret, secrets } = await install({
    issuer: issuer.url,
    hooksFile: file,
    onLine
  })
  const close = async (): Promise<void> => {
    agent.destroy()
    await installation.close()
    for (const release of releases) release()
  }
  const agent = new Agent({ keepAlive: true, maxSockets: 16 })
  const service = await installation.start().catch(async (error: unknown) => {
    await close()
    throw error
  })
  const dayOn = Math.floor(Date.now() / 1000) + 24 * 3600
  const admin = await sign({ sub: 'admin', team: 'platform', exp: dayOn })
  const ask = (request: Request): Promise<Answer> =>
    requestOver(agent, service.url, { bearer: admin, ...request })
  const read = async (path: string) => bodyOf(await ask({ method: 'GET', path }))
  const launched = bodyOf(
    await ask({
      method: 'POST',
      path: '/v1/deployments',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ federation: 'nautilus', operation: 'preview', phases: { from: 1, to: 1 } })
    })
  )
  const id = launched['id']
  if (typeof id !== 'string') throw new Error(`the first launch was refused: ${JSON.stringify(launched)}`)
  return {
    pid: service.pid,
    secrets,
    names: { id, name: 'nautilus', unit: 'prerequisites.global', hook: hooks[0] ?? '' },
    hooks,
    sign,
    send: ask,
    hookSignature: (body) => `sha256=${createHmac('sha256', hookSecret).update(body).digest('hex')}`,
    writeFederation: (name, content) => writeFile(join(federations, name), content),
    async stall () {
      const { text } = await ask({ method: 'GET', path: '/metrics' })
      return Number(/^nodejs_eventloop_lag_max_seconds\S* (\S+)$/m.exec(text)?.[1] ?? Number.NaN) * 1000
    },
    checkWhole: () => checkWhole(read, id),
    close
  }
}

async function checkWhole (
  read: (path: string) => Promise<Record<string, unknown>>,
  id: string
): Promise<void> {
  const verified = await read('/v1/audit/verification')
  if (verified['valid'] !== true) throw new Error(`the audit log is broken: ${JSON.stringify(verified)}`)
  for (const end = Date.now() + patience; Date.now() < end; await delay(250)) {
    const { status } = await read(`/v1/deployments/${id}`)
    if (status === 'succeeded' || status === 'canceled') return
  }
  throw new Error('the first deployment does not end')
}

/** Everything for the platform team, and people by claims that others may make up. */
const accessFile = (issuer: string): string => `
issuers:
  - name: corp
    issuer: ${issuer}
    audience: windlass
    nameClaim: nickname
    rules:
      - when: { team: platform }
        grants: [{ role: admin }]
      - when: { team: "team-*", place: "*a*b*c*d*e*" }
        grants: [{ role: operator, federations: [nautilus], modes: [rehearsal] }]
limits: { requestsPerMinute: 100000, streams: 1000 }
`

function requestOver (agent: Agent, base: string, request: Request): Promise<Answer> {
  const { method, path, headers, body, bearer } = request
  const { hostname, port } = new URL(base)
  return new Promise((resolve, reject) => {
    const sent = send({
      agent,
      hostname,
      port,
      method,
      path,
      headers: { ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }), ...headers },
      signal: AbortSignal.timeout(patience)
    }, (response) => {
      const chunks: Buffer[] = []
      let size = 0
      const end = (): void => {
        resolve({
          status: response.statusCode ?? 0,
          text: `${response.rawHeaders.join('\n')}\n\n${Buffer.concat(chunks).toString('utf8')}`
        })
      }
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk)
        size += chunk.length
        // An event stream has no end of its own.
        if (response.headers['content-type']?.startsWith('text/event-stream') === true || size > mostBytes) {
          end()
          response.destroy()
        }
      })
      response.on('end', end)
      response.on('error', end)
    })
    // The service may answer and close before it has read a body that it refuses.
    sent.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNRESET' || error.code === 'EPIPE') resolve({ status: 0, text: '' })
      else reject(new Error(`${method} ${path.slice(0, 200)}: ${error.message}`, { cause: error }))
    })
    sent.end(body)
  })
}

/** Bytes of an answer that are looked at. */
const mostBytes = 8 * 1024 * 1024
