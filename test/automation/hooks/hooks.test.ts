import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { parseHooks } from '../../../automation/hooks/file.ts'
import { launchFor } from '../../../automation/hooks/match.ts'
import { standardSignature, verify } from '../../../automation/hooks/signature.ts'
import { SettingsError } from '../../../automation/settings/errors.ts'
import { file, fromGithub, gitlabPush, hookNamed, secrets, signed, toldTo } from './fixtures.ts'

const now = Date.parse('2026-11-21T12:00:00Z')

suite('signatures', () => {
  test('a recorded GitHub delivery is taken; a changed byte or other secret is refused', () => {
    const { headers, body } = fromGithub('push')
    const hook = hookNamed('github')
    assert.deepEqual(verify(hook, headers, body, now), {
      delivery: headers['x-github-delivery'],
      signedId: false
    })
    fc.assert(
      fc.property(fc.nat(body.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const changed = Buffer.from(body)
        changed[at] = (changed[at] ?? 0) ^ flip
        assert.throws(() => verify(hook, headers, changed, now), { code: 'hook-refused' })
      }),
      { numRuns: 50 }
    )
    assert.throws(() => verify({ ...hook, key: 'another-secret-0123456' }, headers, body, now), {
      code: 'hook-refused'
    })
    assert.throws(
      () => verify(hook, { ...headers, 'x-hub-signature-256': undefined }, body, now),
      /X-Hub-Signature-256/
    )
    assert.throws(() => verify(hook, { ...headers, 'x-github-delivery': 'a\nb' }, body, now), /visible ASCII/)
  })

  test("GitHub's own test vector", () => {
    // docs.github.com, "Validating webhook deliveries", testing the webhook payload validation.
    const headers = {
      'x-hub-signature-256': 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
      'x-github-delivery': 'd'
    }
    assert.equal(
      verify(
        { ...hookNamed('github'), key: "It's a Secret to Everybody" },
        headers,
        Buffer.from('Hello, World!'),
        now
      ).delivery,
      'd'
    )
  })

  test('the test vector of Standard Webhooks', () => {
    // From the specification's reference libraries.
    assert.equal(
      standardSignature('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', {
        id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
        timestamp: 1614265330,
        body: '{"test": 2432232314}'
      }),
      'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='
    )
  })

  test('GitLab by its token, or by its signing token', () => {
    const body = Buffer.from(JSON.stringify(gitlabPush))
    const headers = {
      'x-gitlab-token': secrets.WINDLASS_SECRET_GITLAB,
      'idempotency-key': 'k1',
      'x-gitlab-event': 'Push Hook'
    }
    assert.deepEqual(verify(hookNamed('gitlab'), headers, body, now), { delivery: 'k1', signedId: true })
    assert.throws(() => verify(hookNamed('gitlab'), { ...headers, 'x-gitlab-token': 'x' }, body, now), {
      code: 'hook-refused'
    })
    assert.throws(() => verify(hookNamed('gitlab'), { ...headers, 'x-gitlab-token': '' }, body, now), {
      code: 'hook-refused'
    })
    const delivery = signed(secrets.WINDLASS_SECRET_SIGNING, gitlabPush, { at: now })
    assert.equal(verify(hookNamed('signed'), delivery.headers, delivery.body, now).delivery, 'msg_1')
    // With a signing token the old header proves nothing.
    assert.throws(
      () =>
        verify(
          hookNamed('signed'),
          { 'x-gitlab-token': secrets.WINDLASS_SECRET_SIGNING, 'idempotency-key': 'k1' },
          body,
          now
        ),
      { code: 'hook-refused' }
    )
  })

  test('a signed time is good for five minutes, and neither id nor time can be changed', () => {
    const { headers, body } = signed(secrets.WINDLASS_SECRET_OTHER, { on: 'push' }, { at: now })
    const hook = hookNamed('other')
    for (const seconds of [-300, 0, 300]) assert.ok(verify(hook, headers, body, now + seconds * 1000))
    for (const seconds of [-302, 302, 86_400]) {
      assert.throws(() => verify(hook, headers, body, now + seconds * 1000), /from now/)
    }
    assert.throws(
      () => verify(hook, { ...headers, 'webhook-timestamp': String(now / 1000 + 1) }, body, now),
      /webhook-signature/
    )
    assert.throws(() => verify(hook, { ...headers, 'webhook-id': 'msg_2' }, body, now), /webhook-signature/)
    assert.throws(
      () => verify(hook, { ...headers, 'webhook-timestamp': 'now' }, body, now),
      /seconds since 1970/
    )
    assert.ok(
      verify(hook, { ...headers, 'webhook-signature': `v1,b2xk ${headers['webhook-signature']}` }, body, now),
      'one of several signatures is enough'
    )
  })
})

suite('what a delivery tells, and what it launches', () => {
  const launchOf = (event: string, fits?: Parameters<typeof fromGithub>[1]) => {
    const { headers, body } = fromGithub(event, fits)
    return launchFor(hookNamed('github'), toldTo('github', headers, body))
  }

  test('recorded deliveries of GitHub', () => {
    assert.deepEqual(launchOf('push', ({ ref }) => ref === 'refs/heads/master'), {
      federation: 'nautilus',
      operation: 'up',
      mode: 'rehearsal',
      phases: { from: 1, to: 1 },
      ordering: 'phased',
      approvals: 'none',
      rehearsal: { world: 'docs', timeScale: 0, seed: 1, faults: [] }
    })
    assert.deepEqual(
      launchOf('push', ({ ref, deleted }) => ref === 'refs/tags/simple-tag' && deleted === false),
      { ignored: 'no rule is about the tag simple-tag' }
    )
    assert.deepEqual(launchOf('push', ({ deleted }) => deleted === true), {
      ignored: 'refs/tags/simple-tag was deleted'
    })
    assert.partialDeepStrictEqual(launchOf('pull_request', ({ action }) => action === 'synchronize'), {
      operation: 'preview',
      mode: 'rehearsal'
    })
    assert.deepEqual(launchOf('pull_request', ({ action }) => action === 'labeled'), {
      ignored: 'a pull request that was labeled has no new commits'
    })
    assert.deepEqual(launchOf('ping'), { ignored: 'a ping: the hook works' })
    assert.deepEqual(launchOf('star'), { ignored: 'the event star deploys nothing' })
  })

  test('every recorded delivery of GitHub is read, whatever it is about', () => {
    for (
      const event of [
        'push',
        'pull_request',
        'create',
        'delete',
        'release',
        'workflow_run',
        'installation',
        'check_run',
        'ping',
        'issues'
      ]
    ) assert.ok(launchOf(event))
  })

  test('a form is read as the JSON in it', () => {
    const { headers, body } = fromGithub('push', ({ ref }) => ref === 'refs/heads/master')
    const form = Buffer.from(new URLSearchParams({ payload: body.toString('utf8') }).toString())
    assert.partialDeepStrictEqual(
      toldTo('github', { ...headers, 'content-type': 'application/x-www-form-urlencoded' }, form),
      { on: 'push', branch: 'master', commit: '6113728f27ae82c7b1a177c8d03f9e96e0adf246' }
    )
  })

  test('a form whose field holds bytes that are not UTF-8 is refused', () => {
    for (const bytes of ['%ff', '%c3', '%ed%a0%80', '%c0%80', '%', '%zz']) {
      assert.throws(
        () =>
          toldTo(
            'github',
            { 'x-github-event': 'push', 'content-type': 'application/x-www-form-urlencoded' },
            Buffer.from(`payload=%7B%22ref%22%3A%22refs/heads/${bytes}%22%7D`)
          ),
        { code: 'hook-payload-invalid' },
        bytes
      )
    }
  })

  test('GitLab: pushes, tags, merge requests', () => {
    const told = (content: object) => toldTo('gitlab', {}, Buffer.from(JSON.stringify(content)))
    assert.deepEqual(told(gitlabPush), {
      on: 'push',
      branch: 'feature/master',
      repository: 'mike/diaspora',
      commit: gitlabPush.after,
      paths: ['CHANGELOG', 'app/controller/application.rb']
    })
    // GitLab lists twenty commits of a longer push: what else changed is not known.
    assert.equal('paths' in told({ ...gitlabPush, total_commits_count: 21 }), false)
    assert.deepEqual(told({ ...gitlabPush, after: '0'.repeat(40) }), {
      ignored: 'refs/heads/feature/master was deleted'
    })
    assert.partialDeepStrictEqual(told({ ...gitlabPush, object_kind: 'tag_push', ref: 'refs/tags/v1.0' }), {
      on: 'tag',
      tag: 'v1.0'
    })
    const request = {
      object_kind: 'merge_request',
      project: gitlabPush.project,
      object_attributes: { action: 'update', oldrev: 'a1', target_branch: 'main', last_commit: { id: 'b2' } }
    }
    assert.deepEqual(told(request), {
      on: 'pull-request',
      repository: 'mike/diaspora',
      commit: 'b2',
      branch: 'main'
    })
    assert.deepEqual(told({ ...request, object_attributes: { action: 'update', target_branch: 'main' } }), {
      ignored: "a merge request's update brings no new commits"
    })
  })

  test('bodies that are not right say what would be', () => {
    const read = (body: string) => () => toldTo('other', {}, Buffer.from(body))
    assert.throws(read('{'), { code: 'hook-payload-invalid' })
    assert.throws(read('[]'), /not a JSON object/)
    assert.throws(read('{"on":"push","branche":"main"}'), /expected on \(push, tag or pull-request\)/)
  })

  test('branches, repositories and files decide; unknown changes count as changes', () => {
    const hook = hookNamed('github')
    const push = { on: 'push', repository: 'Codertocat/Hello-World', branch: 'master' } as const
    assert.ok('federation' in launchFor(hook, push))
    assert.ok('federation' in launchFor(hook, { ...push, paths: ['src/a.ts', 'README.md'] }))
    assert.deepEqual(launchFor(hook, { ...push, paths: ['docs/README.md'] }), {
      ignored: 'a push to master changed no file that a rule names'
    })
    assert.deepEqual(launchFor(hook, { ...push, repository: 'someone/else' }), {
      ignored: "someone/else is not among the hook's repositories"
    })
    assert.deepEqual(launchFor(hook, { ...push, branch: 'main' }), {
      ignored: 'no rule is about a push to main'
    })
    assert.partialDeepStrictEqual(launchFor(hook, { on: 'tag', repository: push.repository, tag: 'v1.2' }), {
      mode: 'live',
      approvals: 'each-phase'
    })
    assert.ok(
      'federation' in
        launchFor(hook, { on: 'pull-request', repository: push.repository, branch: 'release/1' })
    )
    assert.ok(
      'ignored' in launchFor(hook, { on: 'pull-request', repository: push.repository, branch: 'release/1/2' })
    )
  })
})

suite('the hooks file', () => {
  const problemsOf = (text: string, values: Record<string, string> = secrets): string[] => {
    try {
      parseHooks(text, 'hooks.yaml', values)
      return []
    } catch (error) {
      assert.ok(error instanceof SettingsError)
      return error.details.problems.map(({ line, path, expected }) => `${line} ${path}: ${expected}`)
    }
  }

  test('all mistakes are told at once, each with its place', () => {
    const shape = problemsOf(
      'hooks:\n  - name: Deploy\n    sender: github\n    secert: x\n    rules:\n      - on: ' +
        'pull_request\n        launch: { federation: nautilus, operation: apply }\n'
    )
    assert.deepEqual(shape.map((line) => line.split(':')[0]), [
      '2 hooks[0].secret',
      '2 hooks[0].name',
      '4 hooks[0].secert',
      '6 hooks[0].rules[0].on',
      '7 hooks[0].rules[0].launch.operation'
    ])
    const rules = problemsOf(
      file.replace('tags: ["v*"]', 'branches: [x]\n        paths: [y]').replace(
        'operation: up, mode: live',
        'operation: destroy, mode: live, phases: { from: 3, to: 2 }'
      ).replace('name: gitlab', 'name: github'),
      { ...secrets, WINDLASS_SECRET_OTHER: 'short' }
    )
    assert.deepEqual(rules.map((line) => line.split(':')[0]?.split(' ')[1]), [
      'hooks[0].rules[1].branches',
      'hooks[0].rules[1].paths',
      'hooks[0].rules[1].launch.operation',
      'hooks[0].rules[1].launch.phases.from',
      'hooks[2].name',
      'hooks[4].secret'
    ])
    assert.match(problemsOf(file, {}).join('\n'), /WINDLASS_SERVICE_SECRET_GITHUB to be set/)
    assert.ok(!problemsOf(file, { ...secrets, WINDLASS_SECRET_OTHER: 'short' }).join().includes('short to'))
  })
})
