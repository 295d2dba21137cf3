import { createHmac, randomUUID } from 'node:crypto'
import examples from '@octokit/webhooks-examples' with { type: 'json' }
import { parseHooks, type Hook } from '../../../automation/hooks/file.ts'
import { jsonOf, readPayload, type Told } from '../../../automation/hooks/payload.ts'
import { standardSignature, type Headers } from '../../../automation/hooks/signature.ts'

export const secrets = {
  WINDLASS_SECRET_GITHUB: 'github-secret-0123456789',
  WINDLASS_SECRET_GITLAB: 'gitlab-token-0123456789',
  WINDLASS_SECRET_SIGNING: `whsec_${Buffer.alloc(32, 5).toString('base64')}`,
  WINDLASS_SECRET_OTHER: 'other-secret-0123456789'
}

export const file = `
hooks:
  - name: github
    sender: github
    secret: github
    repositories: [codertocat/hello-world]
    rules:
      - on: push
        branches: [master]
        paths: ["*.md"]
        launch: { federation: nautilus, operation: up, phases: { to: 1 }, world: docs }
      - on: tag
        tags: ["v*"]
        launch: { federation: nautilus, operation: up, mode: live, approvals: each-phase }
      - on: pull-request
        branches: [master, "release/*"]
        launch: { federation: nautilus, operation: preview }
  - name: tags
    sender: github
    secret: github
    rules: [{ on: tag, launch: { federation: nautilus, operation: up, mode: live } }]
  - name: gitlab
    sender: gitlab
    secret: gitlab
    rules: [{ on: push, branches: ["**"], launch: { federation: nautilus, operation: preview } }]
  - name: signed
    sender: gitlab
    secret: signing
    rules: [{ on: push, launch: { federation: nautilus, operation: preview } }]
  - name: other
    sender: generic
    secret: other
    rules:
      - on: push
        branches: [main]
        launch:
          { federation: nautilus, operation: up, phases: { to: 1 }, clusters: [nautilus-hub-us-west] }
`
export const hooks = parseHooks(file, 'hooks.yaml', secrets)
export const hookNamed = (name: string): Hook => {
  const found = hooks.find((hook) => hook.name === name)
  if (!found) throw new Error(`there is no hook ${name}`)
  return found
}

/** The facts of a delivery to the hook of that name. */
export function toldTo (name: string, headers: Headers, body: Buffer): Told {
  const hook = hookNamed(name)
  return readPayload(hook, headers, jsonOf(hook, headers, body))
}

type Example = { ref?: string, action?: string, deleted?: boolean, [field: string]: unknown }
const recorded = examples as unknown as { name: string, examples: Example[] }[]

/** Headers of a delivery by GitHub, signed with the hook's secret. */
export function signedByGithub (body: Buffer, event = 'push', delivery: string = randomUUID()) {
  return {
    'content-type': 'application/json',
    'x-github-event': event,
    'x-github-delivery': delivery,
    'x-hub-signature-256': `sha256=${
      createHmac('sha256', secrets.WINDLASS_SECRET_GITHUB).update(body).digest('hex')
    }`
  }
}

/** A delivery that GitHub sent once, signed with the hook's secret. */
export function fromGithub (
  event: string,
  fits: (example: Example) => boolean = () => true,
  delivery = '72d3162e-cc78-11e3-81ab-4c9367dc0958'
) {
  const example = recorded.find(({ name }) => name === event)?.examples.find(fits)
  if (!example) throw new Error(`no ${event} was recorded`)
  const body = Buffer.from(JSON.stringify(example))
  return { body, headers: signedByGithub(body, event, delivery) }
}

/** A delivery by the Standard Webhooks scheme. `at`: milliseconds. */
export function signed (secret: string, content: unknown, { id = 'msg_1', at = Date.now() } = {}) {
  const body = Buffer.from(JSON.stringify(content))
  const timestamp = String(Math.floor(at / 1000))
  return {
    body,
    headers: {
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': standardSignature(secret, { id, timestamp, body })
    }
  }
}

/** A push as GitLab's manual shows it (docs.gitlab.com, webhook events), shortened. */
export const gitlabPush = {
  object_kind: 'push',
  event_name: 'push',
  before: '95790bf891e76fee5e1747ab589903a6a1f80f22',
  after: 'da1560886d4f094c3e6c9ef40349f7d38b5d27d7',
  ref: 'refs/heads/feature/master',
  checkout_sha: 'da1560886d4f094c3e6c9ef40349f7d38b5d27d7',
  user_username: 'jsmith',
  project: { path_with_namespace: 'mike/diaspora' },
  total_commits_count: 1,
  commits: [{
    id: 'da1560886d4f094c3e6c9ef40349f7d38b5d27d7',
    added: ['CHANGELOG'],
    modified: ['app/controller/application.rb'],
    removed: []
  }]
}
