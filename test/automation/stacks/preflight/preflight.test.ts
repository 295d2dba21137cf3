/** The look at a cluster's API with a real HTTPS server, and a real program that prints tokens. */
import assert from 'node:assert/strict'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { liveClusterApi } from '../../../../automation/stacks/preflight/live-cluster-api.ts'
import { preflight } from '../../../../automation/stacks/preflight/preflight.ts'
import { type UnitRun } from '../../../../automation/stacks/types.ts'
import { type Operation } from '../../../../contract/words.ts'
import { eksToken, execKubeconfig } from '../../../../programs/components/kubeconfig.ts'
import { platformName } from '../../../../programs/scopes.ts'
import { localCertificate } from '../../../fixtures/certificate.ts'
import { nautilus } from '../../../fixtures/nautilus.ts'

const cluster = 'nautilus-primary-us-east'
const roleArn = 'arn:aws:iam::123456789012:role/nautilus-deploy'
const federation = await nautilus()
const token = 'k8s-aws-v1.a-token-of-this-test'
const credential = JSON.stringify({
  apiVersion: 'client.authentication.k8s.io/v1beta1',
  kind: 'ExecCredential',
  status: { token }
})
const printing = (text: string): string => `printf '%s' '${text}'`

/** A request as the server got it. */
interface Heard {
  readonly authorization: string | undefined
  readonly path: string | undefined
  readonly asked: { verb: string, group: string, resource: string, namespace?: string }
}
type Handler = (response: ServerResponse, heard: Heard) => void
const answering = (status: number, body: object): Handler => (response) => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
const judging = (allowed: (heard: Heard) => boolean): Handler => (response, heard) => {
  answering(201, { kind: 'SelfSubjectAccessReview', status: { allowed: allowed(heard) } })(response, heard)
}
const allowing = judging(() => true)

suite('the preflight of a live unit', () => {
  const own = localCertificate('kubernetes')
  let folder: string
  let server: Server
  let handler: Handler = allowing
  let heard: Heard[] = []

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'windlass-preflight-'))
    server = createHttpsServer(own, (request, response) => {
      void read(request).then((one) => {
        heard.push(one)
        handler(response, one)
      })
    })
    await listening(server)
  })
  after(async () => {
    server.close()
    await rm(folder, { recursive: true })
  })

  interface Circumstances {
    /** What the program that prints tokens does; undefined: there is none. */
    readonly script?: string | undefined
    readonly mode?: number
    readonly handler?: Handler
    readonly port?: number
    readonly authority?: string
    readonly operation?: Operation
    readonly signal?: AbortSignal
  }
  /** Runs the preflight of the cluster's platform. */
  async function flown ({ script, mode = 0o755, ...given }: Circumstances) {
    const file = join(folder, 'aws')
    await rm(file, { force: true })
    if (script !== undefined) await writeFile(file, `#!/bin/sh\n${script}\n`)
    if (script !== undefined) await chmod(file, mode)
    handler = given.handler ?? allowing
    heard = []
    const learnt: string[] = []
    const { port = (server.address() as AddressInfo).port, authority = own.cert } = given
    const kubeconfig = execKubeconfig(
      cluster,
      `https://127.0.0.1:${port}`,
      Buffer.from(authority).toString('base64'),
      eksToken(cluster, 'us-east-1', roleArn)
    )
    const unit = {
      unit: `networking.${platformName(cluster)}`,
      operation: given.operation ?? 'up',
      federation: {
        ...federation,
        accounts: { ...federation.accounts, aws: { ...federation.accounts.aws, roleArn } }
      },
      phase: 'networking',
      scope: { kind: 'platform', name: platformName(cluster), clusters: [cluster], cloud: 'aws' },
      upstream: { [`infrastructure.${cluster}`]: { kubeconfig: { value: kubeconfig, secret: true } } }
    } as unknown as UnitRun
    const api = liveClusterApi({
      learn: (secret) => {
        learnt.push(secret)
      },
      environment: { PATH: `${folder}:/usr/bin:/bin` },
      // What hangs in these tests hangs for ever: the bounds only say how long they are waited for.
      loginPatience: script?.includes('sleep') === true ? 100 : 60_000,
      requestPatience: given.port === undefined ? 60_000 : 1_000
    })
    const failure = await preflight(unit, api, given.signal ?? new AbortController().signal)
    return { failure, learnt }
  }

  const told = `${printing(credential)}; printf '%s' "$*" > "$0.arguments"`

  test('asks, as the role that deploys, for all that the unit does, and learns the token', async () => {
    const { failure, learnt } = await flown({ script: told })
    assert.equal(failure, undefined)
    assert.deepEqual(learnt, [token])
    assert.ok(heard.every(({ authorization }) => authorization === `Bearer ${token}`))
    assert.ok(heard.every(({ path }) => path === '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews'))
    assert.deepEqual(
      heard.filter(({ asked }) => asked.resource === 'storageclasses').map(({ asked }) => asked.verb).sort(),
      ['create', 'delete', 'get', 'patch']
    )
    assert.deepEqual(heard.find(({ asked }) => asked.resource === 'secrets' && asked.verb === 'get')?.asked, {
      verb: 'get',
      group: '',
      resource: 'secrets',
      namespace: 'kube-system'
    })
  })

  test('looks at nothing before other operations', async () => {
    for (const operation of ['preview', 'refresh', 'destroy', 'drift-check'] as const) {
      assert.equal((await flown({ operation })).failure, undefined)
    }
    assert.deepEqual(heard, [])
  })

  const refusals: readonly (Circumstances & {
    readonly name: string
    readonly code: string
    readonly retryable: boolean
    readonly says: RegExp
  })[] = [
    {
      name: 'there is no program that gets tokens',
      code: 'cluster-client-missing',
      retryable: false,
      says: /gets tokens by aws, which is not on the PATH.*install the AWS CLI, version 2/
    },
    {
      name: 'it may not be executed',
      script: told,
      mode: 0o644,
      code: 'cluster-client-missing',
      retryable: false,
      says: /may not be executed/
    },
    {
      name: 'its cloud refuses it',
      script: "echo 'An error occurred (AccessDenied) when calling the AssumeRole operation' >&2; exit 254",
      code: 'cluster-login-failed',
      retryable: false,
      says:
        /exit code 254 \(An error occurred \(AccessDenied\).*has to give one as arn:aws:iam::123456789012:role/
    },
    {
      name: 'its cloud throttles it',
      script: "echo 'An error occurred (ThrottlingException): Rate exceeded' >&2; exit 254",
      code: 'cluster-login-failed',
      retryable: true,
      says: /Rate exceeded/
    },
    {
      name: 'it never ends',
      script: 'exec sleep 600',
      code: 'cluster-login-failed',
      retryable: true,
      says: /did not end within 0\.1 s/
    },
    {
      name: 'it prints something else',
      script: 'echo hello',
      code: 'cluster-login-failed',
      retryable: false,
      says: /printed no ExecCredential/
    },
    {
      name: 'it is too old for the kubeconfig',
      script: printing(credential.replace('v1beta1', 'v1alpha1')),
      code: 'cluster-login-failed',
      retryable: false,
      says: /answers in client\.authentication\.k8s\.io\/v1alpha1, and was asked in .*v1beta1/
    },
    {
      name: 'the API server knows nobody by the token',
      script: told,
      handler: answering(401, { kind: 'Status', message: 'Unauthorized' }),
      code: 'cluster-access-denied',
      retryable: false,
      says:
        /role\/nautilus-deploy is not known to its API server: 401 Unauthorized\. Give arn:.* an access entry .*AmazonEKSClusterAdminPolicy/
    },
    {
      name: 'the API server refuses to be asked',
      script: told,
      handler: answering(403, { kind: 'Status', message: 'selfsubjectaccessreviews is forbidden' }),
      code: 'cluster-access-denied',
      retryable: false,
      says: /may not ask what they may do: selfsubjectaccessreviews is forbidden/
    },
    {
      name: 'some requests are not allowed',
      script: told,
      handler: judging(({ asked: { verb, resource } }) => !/roles$/.test(resource) || verb === 'get'),
      code: 'cluster-access-denied',
      retryable: false,
      says:
        /may not create roles\.rbac\.authorization\.k8s\.io in kube-system, patch roles\..*, delete clusterroles\.rbac\.authorization\.k8s\.io: no role allows it\. Give/
    },
    {
      name: 'the API server is overloaded',
      script: told,
      handler: answering(503, { kind: 'Status', message: 'the server is currently unable' }),
      code: 'cluster-unreachable',
      retryable: true,
      says: /it answers 503 the server is currently unable/
    },
    {
      name: 'something else answers in its place',
      script: told,
      authority: localCertificate('somebody else').cert,
      code: 'cluster-unreachable',
      retryable: false,
      says: /Something else answers in its place/
    }
  ]
  for (const { name, code, retryable, says, ...circumstances } of refusals) {
    test(`stops the unit when ${name}`, async () => {
      const { failure } = await flown(circumstances)
      assert.match(failure?.message ?? '', says)
      assert.deepEqual(
        { code: failure?.code, retryable: failure?.retryable, unit: failure?.unit },
        { code, retryable, unit: `networking.${platformName(cluster)}` }
      )
    })
  }

  test('stops the unit when the API server refuses the connection, or lets nobody in', async () => {
    const mute = createServer(() => undefined)
    await listening(mute)
    const { port } = mute.address() as AddressInfo
    const silent = await flown({ script: told, port })
    mute.close()
    const closed = createServer()
    await listening(closed)
    const { port: free } = closed.address() as AddressInfo
    await new Promise((resolve) => closed.close(resolve))
    const refused = await flown({ script: told, port: free })
    for (
      const [{ failure }, reason] of [[silent, /no answer within 1 s/], [refused, /ECONNREFUSED/]] as const
    ) {
      assert.equal(failure?.code, 'cluster-unreachable')
      assert.equal(failure.retryable, true)
      assert.match(failure.message, reason)
      assert.match(
        failure.message,
        /lets in operators 10\.250\.0\.0\/24, .*has to be joined to the cluster's network/
      )
      assert.ok(failure.message.includes(`deploy infrastructure.${cluster} again`))
    }
  })

  test('ends with the unit', async () => {
    const over = new AbortController()
    const flying = flown({ script: `exec sleep 600`, signal: over.signal })
    over.abort()
    await assert.rejects(flying, { name: 'AbortError' })
  })
})

function listening (server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
}

async function read (request: IncomingMessage): Promise<Heard> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  const { spec } = JSON.parse(Buffer.concat(parts).toString()) as {
    spec: { resourceAttributes: Heard['asked'] }
  }
  return {
    authorization: request.headers.authorization,
    path: request.url,
    asked: spec.resourceAttributes
  }
}
