import {
  driversOf,
  permits,
  refusalOf,
  voiceOf,
  type Principal,
  type Deployments
} from '../../automation/index.ts'
import { type Deployment } from '../../contract/deployment.ts'
import { type Waiting, waitingSchema } from '../../contract/gate.ts'
import { pageQuerySchema } from '../../contract/query.ts'
import { page, ref } from '../../contract/schema.ts'
import { deploymentId } from './examples/names.ts'
import { pageOf } from './parameters.ts'
import { problems } from './responses.ts'
import { route, type Uses } from './route.ts'

/** A deployment at its gate, and why the caller's approval would not count. */
function waitingFor (
  { actor, groups, grants }: Principal,
  { id, federation, operation, mode, world, launchedBy, drivenBy, gate }: Deployment
): Waiting[] {
  if (!gate) return []
  const allowed = permits(grants, 'deployments.approve', {
    federation,
    operation,
    mode,
    phases: { from: gate.phase, to: gate.phase }
  })
  const given = gate.approvedBy.some((said) => said.actor && voiceOf(said.actor) === voiceOf(actor))
  const refusal = !allowed
    ? 'it needs deployments.approve for this federation, phase, mode and operation'
    : given
    ? 'it was given already'
    : refusalOf(gate, driversOf({ drivers: drivenBy ?? [], launchedBy: launchedBy ?? null }), {
      actor,
      groups
    })
  return [{
    deployment: id,
    federation,
    operation,
    mode,
    ...(world !== undefined && { world }),
    ...(launchedBy !== undefined && { launchedBy }),
    ...(drivenBy !== undefined && { drivenBy }),
    gate,
    mine: refusal === undefined,
    ...(refusal !== undefined && { refusal })
  }]
}

const example: Waiting = {
  deployment: deploymentId,
  federation: 'nautilus',
  operation: 'up',
  mode: 'live',
  gate: {
    phase: 2,
    because: 'federation',
    needed: 2,
    people: [],
    groups: ['platform-leads'],
    launcherMayApprove: false,
    missing: 1,
    approvedBy: []
  },
  mine: true
}

export const listApprovals = route({
  method: 'GET',
  url: '/v1/approvals',
  config: { etag: true, permission: 'deployments.read' },
  schema: {
    operationId: 'listApprovals',
    summary: 'List what waits for an approval',
    description:
      "Deployments at a gate, the latest launch first. `mine` says whether the caller's approval would " +
      'count, and `refusal` why not.',
    tags: ['deployments'],
    querystring: pageQuerySchema,
    response: { 200: page(ref(waitingSchema), 'deployments that wait for an approval'), ...problems() }
  },
  examples: { answers: { 200: { items: [example] } } },
  handler: ({ automation }: Uses<Deployments>) => async ({ query, visible, principal }) => {
    const { items, next } = await automation.deployments({ ...pageOf(query), ...visible, gated: true })
    return {
      items: items.flatMap((item) => waitingFor(principal, item)),
      ...(next !== undefined && { next })
    }
  }
})
