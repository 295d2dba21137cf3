/** Facts of a delivery, in one form for all senders. Pure. */
import { Type, type Static } from 'typebox'
import { Check, Errors } from 'typebox/value'
import { cutText } from '../../contract/text/cut.ts'
import { faultIn, faultText } from '../../contract/text/json-walk.ts'
import { madeStorable } from '../../contract/text/storable.ts'
import { readUtf8 } from '../../contract/text/utf8.ts'
import { AutomationError } from '../errors.ts'
import { type Hook } from './file.ts'
import { type Headers } from './signature.ts'

/** An event in a repository. */
export interface Happening {
  on: 'push' | 'tag' | 'pull-request'
  repository?: string
  branch?: string
  tag?: string
  commit?: string
  /** Files that a push changed; absent when the sender does not name them all. */
  paths?: string[]
}
/** Or nothing that a rule could be about, and why. */
export type Told = Happening | { ignored: string }

type Data = Record<string, unknown>
const isData = (value: unknown): value is Data =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const data = (value: unknown): Data => isData(value) ? value : {}
const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined
const areTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string')
/** Git's id of no commit: what a new branch was before, and a deleted one is after. */
const isNone = (commit: unknown): boolean => typeof commit === 'string' && /^0+$/.test(commit)

const invalid = (hook: Hook, wrong: string) =>
  new AutomationError('hook-payload-invalid', { hook: hook.name, wrong })

/**
 * GitHub names 2,048 commits of a push at most, and 3,000 files of a commit; it may name none of a
 * commit that is too large for it. GitLab names 20 commits, and their number. Of a longer push it
 * is not known what it changed.
 */
const mostGithubCommits = 2048
const mostGithubFiles = 3000

/**
 * The files of a commit, each time that it is named; undefined unless there are all three lists.
 */
function filesOf (commit: unknown): string[] | undefined {
  const { added, modified, removed } = data(commit)
  return areTexts(added) && areTexts(modified) && areTexts(removed)
    ? [...added, ...modified, ...removed]
    : undefined
}

/**
 * The files that a push changed; undefined when they are not all known: the branch is new, commits
 * or their files are not listed, or the list is cut off. `complete` judges a commit's files.
 */
function pathsOf (
  { before, commits }: Data,
  complete: (commits: number) => boolean,
  completeFiles: (files: number) => boolean = () => true
): string[] | undefined {
  if (isNone(before) || !Array.isArray(commits) || commits.length === 0 || !complete(commits.length)) {
    return undefined
  }
  const paths = new Set<string>()
  for (const commit of commits) {
    const files = filesOf(commit)
    if (!files || !completeFiles(files.length)) return undefined
    for (const file of files) paths.add(file)
  }
  return [...paths]
}

/**
 * The files of a push as GitHub tells of it; undefined also when it was forced: what the commits
 * that are gone had changed is not named.
 */
function githubPaths (body: Data): string[] | undefined {
  if (body.forced === true || body.created === true) return undefined
  return pathsOf(
    body,
    (commits) => commits < mostGithubCommits,
    (files) => files > 0 && files < mostGithubFiles
  )
}

/** A push or a tag by its ref. */
function pushed (ref: string | undefined, rest: Omit<Happening, 'on'>): Told {
  const { paths, ...common } = rest
  if (ref?.startsWith('refs/heads/')) {
    return { on: 'push', branch: ref.slice('refs/heads/'.length), ...common, ...(paths && { paths }) }
  }
  if (ref?.startsWith('refs/tags/')) return { on: 'tag', tag: ref.slice('refs/tags/'.length), ...common }
  return { ignored: `a push to ${ref ?? 'no ref'}, which is neither a branch nor a tag` }
}

const given = (repository: unknown, commit: unknown) =>
  ({
    ...(text(repository) !== undefined && { repository: text(repository) }),
    ...(text(commit) !== undefined && { commit: text(commit) })
  }) as Pick<Happening, 'repository' | 'commit'>

function github (headers: Headers, body: Data): Told {
  const event = text(headers['x-github-event']) ?? 'no event'
  const repository = data(body.repository).full_name
  if (event === 'push') {
    if (body.deleted === true || isNone(body.after)) {
      return { ignored: `${text(body.ref) ?? 'a ref'} was deleted` }
    }
    const paths = githubPaths(body)
    return pushed(text(body.ref), { ...given(repository, body.after), ...(paths && { paths }) })
  }
  if (event !== 'pull_request') {
    return { ignored: event === 'ping' ? 'a ping: the hook works' : `the event ${event} deploys nothing` }
  }
  const request = data(body.pull_request)
  const branch = text(data(request.base).ref)
  // One whose base branch was changed has not been looked at for the branch that it is for now.
  const moved = body.action === 'edited' && isData(data(body.changes).base) && request.state !== 'closed'
  if (
    !moved && !['opened', 'reopened', 'synchronize', 'ready_for_review'].includes(text(body.action) ?? '')
  ) {
    return { ignored: `a pull request that was ${text(body.action) ?? 'changed'} has no new commits` }
  }
  return {
    on: 'pull-request',
    ...given(repository, data(request.head).sha),
    ...(branch !== undefined && { branch })
  }
}

/**
 * Says whether GitLab tells that a value was changed: `{ previous, current }`, or a list of both.
 */
function wasChanged (change: unknown): boolean {
  const both = Array.isArray(change) ? change : isData(change) ? [change.previous, change.current] : []
  return both.length === 2 && both[0] !== both[1]
}

function gitlab (body: Data): Told {
  const kind = text(body.object_kind) ?? 'no kind'
  const repository = data(body.project).path_with_namespace
  if (kind === 'push' || kind === 'tag_push') {
    if (isNone(body.after)) return { ignored: `${text(body.ref) ?? 'a ref'} was deleted` }
    const paths = pathsOf(body, (commits) => commits === body.total_commits_count)
    return pushed(text(body.ref), {
      ...given(repository, body.checkout_sha ?? body.after),
      ...(paths && { paths })
    })
  }
  if (kind !== 'merge_request') return { ignored: `the event ${kind} deploys nothing` }
  const request = data(body.object_attributes)
  const branch = text(request.target_branch)
  const closed = request.state === 'closed' || request.state === 'merged'
  // An update without oldrev and with the same target branch changed the title or labels.
  const fresh = request.action === 'open' || request.action === 'reopen' || (
    request.action === 'update' && (
      text(request.oldrev) !== undefined || (!closed && wasChanged(data(body.changes).target_branch))
    )
  )
  if (!fresh) {
    return { ignored: `a merge request's ${text(request.action) ?? 'change'} brings no new commits` }
  }
  return {
    on: 'pull-request',
    ...given(repository, data(request.last_commit).id),
    ...(branch !== undefined && { branch })
  }
}

/** Characters of a field's name that a message repeats. */
const mostOfField = 100

const short = (description: string) =>
  Type.Optional(Type.String({ minLength: 1, maxLength: 1000, description }))
const genericSchema = Type.Object({
  on: Type.Enum(['push', 'tag', 'pull-request'], { description: 'one of push, tag, pull-request' }),
  repository: short('the full name of the repository'),
  branch: short('the name of the branch'),
  tag: short('the name of the tag'),
  commit: short('the id of the commit'),
  paths: Type.Optional(
    Type.Array(Type.String({ maxLength: 4096 }), {
      maxItems: 100_000,
      description: 'a list of the changed files'
    })
  )
}, { additionalProperties: false })

function generic (hook: Hook, body: Data): Static<typeof genericSchema> {
  if (Check(genericSchema, body)) return body
  const [first] = Errors(genericSchema, body)
  const unknown = Object.keys(body).find((field) => !Object.hasOwn(genericSchema.properties, field))
  const wrong = unknown === undefined
    ? `is not right at ${first?.instancePath || 'its top'}: ${first?.message ?? ''}`
    : `has the unknown field ${JSON.stringify(cutText(unknown, mostOfField))}`
  throw invalid(
    hook,
    `${wrong}; expected on (push, tag or pull-request) and, optionally, repository, branch, tag, commit, ` +
      'paths'
  )
}

/** The field `payload` of a form. URLSearchParams would replace bytes that are not UTF-8. */
function payloadField (hook: Hook, form: string): string {
  const [field = ''] = form.split('&').filter((one) => one.startsWith('payload='))
  try {
    return decodeURIComponent(field.slice('payload='.length).replaceAll('+', ' '))
  } catch {
    throw invalid(hook, 'has a field payload whose percent-encoded bytes are not UTF-8')
  }
}

/**
 * Reads a body's JSON: GitHub sends it as a form's field `payload` when told to. Throws
 * `hook-payload-invalid`.
 */
export function jsonOf (hook: Hook, headers: Headers, body: Buffer): Data {
  const form = (text(headers['content-type']) ?? '').startsWith('application/x-www-form-urlencoded')
  const read = readUtf8(body)
  if (!('text' in read)) throw invalid(hook, `${read.wrong} (line ${read.line}, column ${read.column})`)
  const json = form ? payloadField(hook, read.text) : read.text
  let parsed: unknown
  try {
    parsed = JSON.parse(json)
  } catch (error) {
    throw invalid(
      hook,
      `is not JSON: ${error instanceof Error ? madeStorable(error.message) : String(error)}`
    )
  }
  if (!isData(parsed)) throw invalid(hook, 'is not a JSON object')
  const fault = faultIn(parsed)
  if (fault) throw invalid(hook, `has ${faultText(fault)}`)
  return parsed
}

/** Reads the facts of a verified delivery from its JSON. Throws `hook-payload-invalid`. */
export function readPayload (hook: Hook, headers: Headers, json: Data): Told {
  return hook.sender === 'github'
    ? github(headers, json)
    : hook.sender === 'gitlab'
    ? gitlab(json)
    : generic(hook, json)
}
