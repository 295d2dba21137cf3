/** Accounts that had a job run, by the claims of its token. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { ownersOf } from '../../../automation/access/accounts.ts'
import { parseAccess } from '../../../automation/access/file.ts'
import { startersOf } from '../../../automation/access/job-starters.ts'
import { SettingsError } from '../../../automation/settings/errors.ts'
import { unstorableTexts } from '../../fixtures/hostile-text.ts'

const fileOf = (issuer: string, settings = '', name = 'ci') => `
accounts:
  - { person: "corp:bob", github: Octocat, gitlab: [octo, cat], jobs: "ci:Jane@Acme.com" }
issuers:
  - name: ${name}
    issuer: ${issuer}
    audience: windlass
    kind: jobs
${settings}
    rules: [{ when: { sub: "a*", repository: a/b, project_path: a/b }, grants: [{ role: operator }] }]
`

function startersAt (issuer: string, settings: string, claims: object): string[] {
  const { issuers: [one], accounts } = parseAccess(fileOf(issuer, settings), 'access.yaml')
  assert.ok(one)
  return startersOf(one, { sub: 'a', ...claims }, ownersOf(accounts)).map(({ subject, person = '?' }) =>
    `${subject} ${person}`
  )
}

const github = 'https://token.actions.githubusercontent.com'
const elsewhere = 'https://ci.example'
const claim = '    actorClaim: build.by'
const cases: [string, string, string, object, string[]][] = [
  ['GitHub', github, '', { actor: 'octocat' }, ['github:octocat corp:bob']],
  ['GitHub of an enterprise', `${github}/acme`, '', { actor: 'octocat' }, ['github:octocat corp:bob']],
  [
    'GitHub with data residency',
    'https://token.actions.acme.ghe.com',
    '',
    { actor: 'octocat' },
    ['github:octocat corp:bob']
  ],
  [
    'GitHub Enterprise Server',
    'https://git.acme.com/_services/token',
    '',
    { actor: 'octocat' },
    ['github:octocat corp:bob']
  ],
  ['an account that is nobody’s', github, '', { actor: 'dependabot[bot]' }, ['github:dependabot[bot] ?']],
  ['no account', github, '', { user_login: 'octo' }, []],
  ['an account that is no text', github, '', { actor: { login: 'octocat' } }, []],
  ['an empty account', github, '', { actor: ' ' }, []],
  ['an account of 256 characters', github, '', { actor: 'x'.repeat(256) }, []],
  ...Object.entries(unstorableTexts).map(([title, actor]): typeof cases[number] => [
    `an account with ${title}`,
    github,
    '',
    { actor },
    []
  ]),
  ['a first attempt', github, '', { actor: 'octocat', run_attempt: '1', run_id: '7' }, [
    'github:octocat corp:bob'
  ]],
  ['a run that somebody ran again', github, '', { actor: 'octocat', run_attempt: '2', run_id: '7' }, [
    'github:octocat corp:bob',
    'github:runs/7/2 ?'
  ]],
  ['a schedule', github, '', { actor: 'octocat', event_name: 'schedule' }, ['github:octocat corp:bob']],
  ['GitLab', 'https://gitlab.com', '', { user_login: 'octo', user_id: '7' }, ['gitlab:octo corp:bob']],
  [
    'a GitLab of one’s own',
    'https://git.acme.com',
    '    actorsAt: gitlab',
    { user_login: 'CAT' },
    ['gitlab:CAT corp:bob']
  ],
  ['a GitLab that nobody told of', 'https://git.acme.com', '', { user_login: 'octo' }, []],
  ['another claim at GitHub', github, '    actorClaim: actor_id', { actor: 'x', actor_id: 7 }, [
    'github:7 ?'
  ]],
  ['another service', elsewhere, claim, { build: { by: 'jane@acme.com' } }, ['ci:jane@acme.com corp:bob']],
  ['another service, GitHub’s name', elsewhere, claim, { build: { by: 'octocat' } }, ['ci:octocat ?']],
  ['several accounts', elsewhere, claim, { build: { by: ['joe', 'Joe', 'ann'] } }, ['ci:Joe ?', 'ci:ann ?']],
  ['a service that nobody told of', elsewhere, '', { actor: 'octocat', user_login: 'octo' }, []]
]

suite('who had a job run', () => {
  for (const [title, issuer, settings, claims, expected] of cases) {
    test(`is read from its token: ${title}`, () => {
      assert.deepEqual(startersAt(issuer, settings, claims), expected)
    })
  }

  test('is no setting of an issuer of people', () => {
    const file = fileOf('https://login.example', claim).replace('kind: jobs', 'kind: people')
    assert.throws(
      () => parseAccess(file, 'access.yaml'),
      (error) => error instanceof SettingsError && error.details.problems[0]?.path === 'issuers[0].actorClaim'
    )
  })
})
