import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { fromGithub, gitlabPush, toldTo } from './fixtures.ts'

/** A push of GitHub to a branch that was there before. */
const githubPush = {
  ref: 'refs/heads/main',
  before: '95790bf891e76fee5e1747ab589903a6a1f80f22',
  after: 'da1560886d4f094c3e6c9ef40349f7d38b5d27d7',
  created: false,
  deleted: false,
  forced: false,
  repository: { full_name: 'acme/platform' },
  commits: [{
    id: 'da1560886d4f094c3e6c9ef40349f7d38b5d27d7',
    added: ['a'],
    modified: ['b'],
    removed: ['c']
  }]
}
const none = '0'.repeat(40)
const bytes = (content: object) => Buffer.from(JSON.stringify(content))
const github = (event: string, content: object) =>
  toldTo('github', { 'x-github-event': event }, bytes(content))
const gitlab = (content: object) => toldTo('gitlab', {}, bytes(content))
const commit = githubPush.commits[0] ?? assert.fail()
const many = <T>(length: number, item: T): T[] => Array.from({ length }, () => item)

suite('files of a push', () => {
  test('are known when every commit names its own', () => {
    const paths = ['a', 'b', 'c']
    assert.partialDeepStrictEqual(github('push', githubPush), { on: 'push', branch: 'main', paths })
    assert.partialDeepStrictEqual(gitlab({ ...gitlabPush, commits: [commit] }), { on: 'push', paths })
    // One less than GitHub lists, of commits and of files.
    for (const commits of [many(2047, commit), [{ ...commit, added: many(2997, 'a') }]]) {
      assert.partialDeepStrictEqual(github('push', { ...githubPush, commits }), { paths })
    }
  })

  test('are unknown when not all of them can be', () => {
    const lists: [string, unknown][] = [
      ['no lists', [{ id: commit.id }]],
      ['one list is missing', [{ id: commit.id, added: ['a'], modified: [] }]],
      ['a list is null', [{ ...commit, added: null }]],
      ['a list is no list', [{ ...commit, modified: 'b' }]],
      ['a file is no text', [{ ...commit, removed: [1] }]],
      ['one of two commits', [commit, { id: 'x' }]],
      ['a commit that is none', [commit, null]],
      ['a commit that is text', ['x']],
      ['no commits', []],
      ['null', null],
      ['nothing', undefined],
      ['an object', {}]
    ]
    for (const [what, commits] of lists) {
      assert.equal('paths' in github('push', { ...githubPush, commits }), false, `GitHub: ${what}`)
      const count = Array.isArray(commits) ? commits.length : 1
      assert.equal(
        'paths' in gitlab({ ...gitlabPush, commits, total_commits_count: count }),
        false,
        `GitLab: ${what}`
      )
    }
    const pushes: [string, object][] = [
      ['forced', { forced: true }],
      ['a new branch', { created: true }],
      ['a new branch by its id', { before: none }],
      ['as many commits as GitHub lists', { commits: many(2048, commit) }],
      ['as many files as GitHub lists', { commits: [{ ...commit, added: many(3000, 'a') }] }],
      ['a commit too large for GitHub', { commits: [{ ...commit, added: [], modified: [], removed: [] }] }]
    ]
    for (const [what, more] of pushes) {
      const told = github('push', { ...githubPush, ...more })
      assert.partialDeepStrictEqual(told, { on: 'push', branch: 'main' })
      assert.equal('paths' in told, false, what)
    }
    for (const more of [{ before: none }, { total_commits_count: 21 }, { total_commits_count: undefined }]) {
      assert.equal('paths' in gitlab({ ...gitlabPush, ...more }), false, JSON.stringify(more))
    }
  })

  test('of a branch that was deleted are of no interest', () => {
    for (const more of [{ deleted: true }, { after: none }]) {
      assert.deepEqual(github('push', { ...githubPush, ...more }), { ignored: 'refs/heads/main was deleted' })
    }
    assert.deepEqual(gitlab({ ...gitlabPush, after: none }), { ignored: `${gitlabPush.ref} was deleted` })
  })
})

suite('a pull request whose base branch was changed', () => {
  test('counts as opened for it at GitHub', () => {
    const { body } = fromGithub('pull_request', ({ action }) => action === 'opened')
    const opened = JSON.parse(body.toString()) as { pull_request: object }
    const edited = (changes: unknown, more: object = {}) =>
      github('pull_request', {
        ...opened,
        action: 'edited',
        changes,
        pull_request: { ...opened.pull_request, ...more }
      })
    assert.partialDeepStrictEqual(edited({ base: { ref: { from: 'develop' }, sha: { from: commit.id } } }), {
      on: 'pull-request',
      branch: 'master'
    })
    for (const changes of [{ title: { from: 'x' } }, {}, null, undefined, { base: null }]) {
      assert.deepEqual(edited(changes), { ignored: 'a pull request that was edited has no new commits' })
    }
    assert.ok('ignored' in edited({ base: { ref: { from: 'develop' } } }, { state: 'closed' }))
  })

  test('counts as opened for it at GitLab, in each form of its changes', () => {
    const updated = (changes: unknown, more: object = {}) =>
      gitlab({
        object_kind: 'merge_request',
        project: gitlabPush.project,
        object_attributes: { action: 'update', target_branch: 'main', last_commit: { id: 'c1' }, ...more },
        changes
      })
    for (
      const change of [{ previous: 'develop', current: 'main' }, ['develop', 'main'], {
        previous: null,
        current: 'main'
      }]
    ) {
      assert.deepEqual(updated({ target_branch: change }), {
        on: 'pull-request',
        repository: 'mike/diaspora',
        commit: 'c1',
        branch: 'main'
      })
      assert.ok('ignored' in updated({ target_branch: change }, { state: 'merged' }))
    }
    for (
      const changes of [undefined, null, {}, { title: ['a', 'b'] }, { target_branch: ['main', 'main'] }, {
        target_branch: { previous: 'main', current: 'main' }
      }, { target_branch: null }]
    ) assert.ok('ignored' in updated(changes), JSON.stringify(changes))
  })
})

test('a field that a generic sender may not send is named, with those that it may', () => {
  const send = (content: object) => () => toldTo('other', {}, bytes(content))
  assert.throws(send({ on: 'push', brnach: 'main' }), {
    code: 'hook-payload-invalid',
    message: /has the unknown field "brnach"; expected on .*repository, branch, tag, commit, paths/
  })
  assert.throws(send({ on: 'merge' }), /is not right at \/on: /)
  assert.throws(send({ on: 'push', ['x'.repeat(5000)]: 1 }), ({ message }: Error) => message.length < 400)
})
