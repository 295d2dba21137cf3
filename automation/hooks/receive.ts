import { createHash } from 'node:crypto'
import { type Deployment } from '../../contract/deployment.ts'
import { type HookAnswer } from '../../contract/hook.ts'
import { type Launch } from '../../contract/launch.ts'
import { type Owners } from '../access/accounts.ts'
import { AutomationError } from '../errors.ts'
import { type DeploymentLauncher, type LaunchOptions } from '../launcher.ts'
import { clean } from '../redaction/gate.ts'
import {
  findDelivery,
  rememberDelivery,
  type HookDelivery,
  type HookOutcome
} from '../store/messages/hook-deliveries.ts'
import { type Pool } from '../store/postgres/database.ts'
import { type Hook } from './file.ts'
import { launchFor } from './match.ts'
import { jsonOf, readPayload } from './payload.ts'
import { pushersOf } from './pusher.ts'
import { verify } from './signature.ts'

/** The answer to a delivery: what was launched, or why nothing was. */
export type ReceivedDelivery =
  & Pick<HookAnswer, 'hook' | 'delivery' | 'replayed'>
  & ({ deployment: Deployment } | { ignored: string })

/** A request to a hook. */
export interface HookRequest {
  /** Names in lower case. */
  headers: Readonly<Record<string, string | string[] | undefined>>
  /** The raw bytes of the body, which the signature covers. */
  body: Buffer
  requestId?: string
  address?: string
}

/** Parts that taking a delivery works with. */
export interface ReceiveParts {
  hooks: readonly Hook[]
  /** The persons whose accounts of GitHub and GitLab are known. */
  owners: Owners
  pool: Pool
  launcher: DeploymentLauncher
  /** Reads a deployment. */
  deployment(id: string): Promise<Deployment>
  /** Milliseconds. */
  now(): number
}

/** The hook of that name. Throws `hook-not-found`. */
export function hookNamed (hooks: readonly Hook[], name: string): Hook {
  const hook = hooks.find((one) => one.name === name)
  if (!hook) throw new AutomationError('hook-not-found', { hook: name })
  return hook
}

/**
 * Takes a delivery: judges who sent it, and launches what the hook's rules say, once. A launch that
 * is refused is not remembered: the sender may deliver again once its cause is gone. Rejects with
 * `hook-not-found`, `hook-refused`, `hook-payload-invalid`, `hook-delivery-mismatch`, and with what
 * the launch rejects with.
 */
export async function receive (
  parts: ReceiveParts,
  name: string,
  { headers, body, requestId, address }: HookRequest
): Promise<ReceivedDelivery> {
  const hook = hookNamed(parts.hooks, name)
  const { delivery, signedId } = verify(hook, headers, body, parts.now())
  const bodyHash = createHash('sha256').update(body).digest('hex')
  const known: HookDelivery = { hook: name, delivery, bodyHash }
  const answer = async (outcome: HookOutcome, replayed: boolean): Promise<ReceivedDelivery> => ({
    hook: name,
    delivery,
    replayed,
    ...('deployment' in outcome ? { deployment: await parts.deployment(outcome.deployment) } : outcome)
  })

  // Whoever caught a signed body could send it under another id where the id is not signed: there
  // the body tells deliveries apart.
  const before = await findDelivery(parts.pool, known, { byBody: !signedId })
  if (before && before.bodyHash !== bodyHash) {
    throw new AutomationError(
      'hook-delivery-mismatch',
      { hook: name, delivery }
    )
  }
  if (before) return await answer(before.outcome, true)

  const json = jsonOf(hook, headers, body)
  // Names of branches, tags and people are the sender's words.
  const wanted = clean(launchFor(hook, readPayload(hook, headers, json)))
  const outcome = 'ignored' in wanted
    ? wanted
    : await launched(parts, wanted, {
      idempotencyKey: `hook:${name}:${signedId ? delivery : bodyHash}`,
      actor: { subject: `hook:${name}`, name: `hook ${name}`, kind: 'hook' },
      pushers: clean(pushersOf(hook.sender, json, parts.owners)),
      origin: {
        delivery,
        ...(requestId !== undefined && { requestId }),
        ...(address !== undefined && { address })
      }
    })
  return await answer(await rememberDelivery(parts.pool, known, outcome), false)
}

async function launched (
  parts: ReceiveParts,
  request: Launch,
  options: LaunchOptions
): Promise<HookOutcome> {
  try {
    const { deployment } = await parts.launcher.launch(request, options)
    return { deployment: deployment.id }
  } catch (error) {
    // The process died after the launch, and the hook's rule was changed before the delivery came
    // again: what it launched then is still the answer.
    if (error instanceof AutomationError && error.code === 'idempotency-mismatch') {
      return { deployment: error.details.deployment }
    }
    throw error
  }
}
