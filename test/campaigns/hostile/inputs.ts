/** Hostile inputs of every kind, each as the requests that bring it in. */
import fc from 'fast-check'
import { routes } from '../../../server/routes.ts'
import { anyEditedText } from '../../automation/federation/edited-files.ts'
import { hostileJson, hostileText } from '../../fixtures/hostile-text.ts'
import { hostileRequests } from '../../fixtures/server/hostile-requests.ts'
import { type Request, type Target } from './target.ts'

/** An input, made ready when it is its turn. */
export interface Input {
  prepare(): Promise<{ about: string, requests: readonly Request[] }>
}

const json = { 'content-type': 'application/json' }
const ready = (about: string, ...requests: Request[]): Input => ({
  prepare: () => Promise.resolve({ about, requests })
})

/** Any input of any kind. */
export function anyInput (target: Target): fc.Arbitrary<Input> {
  return fc.oneof(
    texts(target),
    bytes(target),
    bodies(target),
    files(target),
    patterns(target),
    claims(target)
  )
}

/** Texts where a person or a program types one. */
function texts ({ names }: Target): fc.Arbitrary<Input> {
  const post = (path: string, body: unknown, headers = {}): Request => ({
    method: 'POST',
    path,
    headers: { ...json, ...headers },
    body: JSON.stringify(body)
  })
  const launch = { federation: 'nautilus', operation: 'preview', phases: { from: 1, to: 1 } }
  const places: readonly (readonly [string, (text: string) => Request])[] = [
    [
      "a token's name",
      (text) => post('/v1/tokens', { name: text, grants: [{ role: 'viewer' }], expiresInDays: 1 })
    ],
    ['a world', (text) => post('/v1/deployments', { ...launch, rehearsal: { world: text } })],
    ['a federation', (text) => post('/v1/deployments', { ...launch, federation: text })],
    ['a fault', (text) =>
      post('/v1/deployments', {
        ...launch,
        rehearsal: { world: 'none here', faults: [{ kind: 'fail', type: text, message: text }] }
      })],
    ['a comment', (text) => post(`/v1/deployments/${names['id'] ?? ''}/reject`, { phase: 1, comment: text })],
    ['a reason', (text) => post(`/v1/deployments/${names['id'] ?? ''}/override`, { reason: text })],
    ['a filter', (text) => ({
      method: 'GET',
      path: `/v1/audit?subject=${encodeURIComponent(text.toWellFormed())}&limit=5`
    })],
    [
      'an id',
      (text) => ({ method: 'GET', path: `/v1/deployments/${encodeURIComponent(text.toWellFormed())}` })
    ]
  ]
  return fc.tuple(fc.constantFrom(...places), hostileText).map(([[about, request], text]) =>
    ready(`${about} ${JSON.stringify(text.slice(0, 60))}`, request(text))
  )
}

/** Bytes in addresses, headers and bodies that are none of the service's forms. */
function bytes ({ names }: Target): fc.Arbitrary<Input> {
  const all = [...hostileRequests(names)]
  return fc.tuple(fc.nat(all.length - 1), fc.boolean()).map(([index, known]) => {
    const { about, request: { method = 'GET', url, headers, payload } } = all[index] ??
      { about: '', request: {} }
    return ready(about, {
      method,
      // What no client of HTTP puts on the wire is sent as near to it as one can.
      path: String(url).replaceAll(/[^\x21-\x7e]+/g, (text) => encodeURIComponent(text.toWellFormed())),
      headers: Object.fromEntries(
        Object.entries(headers ?? {}).map((
          [name, value]
        ) => [name, String(value).replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, ' ')])
      ),
      ...(payload !== undefined && { body: payload as string | Buffer }),
      ...(!known && { bearer: undefined })
    })
  })
}

/** JSON of any form as the body of every route that takes one. */
function bodies ({ names }: Target): fc.Arbitrary<Input> {
  const taking = routes.filter(({ schema, method }) => schema.body !== undefined && method !== 'GET')
  return fc.tuple(fc.constantFrom(...taking), hostileJson).map(([{ method, url }, value]) =>
    ready(`${String(method)} ${url} with any JSON`, {
      method: String(method),
      path: url.replaceAll(/:([a-z]+)/gi, (_, name: string) => names[name] ?? 'none'),
      headers: json,
      body: JSON.stringify(value)
    })
  )
}

/** Files in the folder of federations: edits, floods, bytes. */
function files ({ writeFederation }: Target): fc.Arbitrary<Input> {
  const flood = fc.tuple(
    fc.constantFrom('k', 'clusters', '- ', '? ', '&a ', '*a ', '[', '{a: '),
    fc.nat(3_000)
  ).map((
    [piece, count]
  ) => `name: flood\n${Array.from({ length: count }, (_, index) => `${piece}${index}: 1`).join('\n')}`)
  const content = fc.oneof(
    anyEditedText,
    flood,
    hostileText,
    fc.uint8Array({ maxLength: 2_000 }).map((array) => Buffer.from(array))
  )
  return fc.tuple(fc.nat(20), content).map(([index, text]) => ({
    async prepare () {
      await writeFederation(`hostile-${index}.yaml`, text)
      return {
        about: 'a file of federations',
        requests: [
          { method: 'GET', path: '/v1/federations' },
          { method: 'GET', path: '/v1/federations/flood' }
        ]
      }
    }
  }))
}

/** Pushes whose branches and files are made for the patterns of the hooks. */
function patterns ({ hooks, hookSignature }: Target): fc.Arbitrary<Input> {
  const path = fc.array(fc.constantFrom('a', '/', '.', 'v', '-', 'b', '?', '[', '\\'), { maxLength: 240 })
    .map((parts) => parts.join(''))
  return fc.tuple(
    fc.constantFrom(...hooks),
    fc.constantFrom('refs/heads/', 'refs/tags/', ''),
    fc.oneof(path, hostileText),
    fc.array(fc.oneof(path, hostileText), { maxLength: 20 }),
    fc.nat(400),
    fc.uuid()
  ).map(([hook, kind, ref, paths, times, id]) => {
    const added = Array.from(
      { length: paths.length * times },
      (_, index) => `${index}${paths[index % paths.length] ?? ''}`
    )
    const body = JSON.stringify({ ref: kind + ref, id, commits: [{ added: added.slice(0, 4_000) }] })
    return ready(`a push to ${hook}`, {
      method: 'POST',
      path: `/v1/hooks/${hook}`,
      bearer: undefined,
      headers: {
        ...json,
        'x-github-event': 'push',
        'x-github-delivery': id,
        'x-hub-signature-256': hookSignature(body)
      },
      body
    })
  })
}

/** Claims that a trusted issuer signs for whoever makes them up. */
function claims ({ sign }: Target): fc.Arbitrary<Input> {
  const value = fc.oneof(hostileText, hostileJson, fc.constantFrom('platform', 'team-a'))
  const claim = fc.tuple(
    fc.constantFrom(
      'sub',
      'team',
      'place',
      'nickname',
      'groups',
      'email',
      'exp',
      'nbf',
      'iat',
      'aud',
      'jti',
      'events'
    ),
    value
  )
  return fc.tuple(
    fc.array(claim, { maxLength: 4 }),
    fc.constantFrom('/v1/session', '/v1/federations', '/v1/audit')
  ).map((
    [made, path]
  ) => ({
    async prepare () {
      // A claim that cannot be written at all is no input.
      const bearer = await sign({ team: 'team-x', ...Object.fromEntries(made) }).catch(() => undefined)
      return {
        about: `claims ${JSON.stringify(made).slice(0, 100)}`,
        requests: bearer === undefined ? [] : [{ method: 'GET', path, bearer }]
      }
    }
  }))
}
