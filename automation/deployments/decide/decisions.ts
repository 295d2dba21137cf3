import { type Deployment } from '../../../contract/deployment.ts'
import { type Decisions, type Deployments } from '../../ports.ts'
import { type Tracing } from '../../tracing/tracing.ts'
import { checkOpen, type ProcessLife } from '../service.ts'
import { approve, reject } from './approvals.ts'
import { cancel } from './cancel.ts'
import { type DecisionParts } from './decision.ts'
import { resume } from './resume.ts'
import { overrideWindow } from './window-override.ts'

/** People's decisions on deployments, each of which gives the deployment as it is after it. */
export function createDecisions (
  parts: DecisionParts & Pick<ProcessLife, 'stopping' | 'dispatch'> & { readonly tracing?: Tracing },
  { deployment }: Pick<Deployments, 'deployment'>
): Decisions {
  async function decided (id: string, decision: Promise<void>): Promise<Deployment> {
    await decision
    // A canceled or rejected deployment makes room in its lane; a resumed one may start at once.
    parts.dispatch()
    return await deployment(id)
  }
  return {
    cancel: (id, by) => decided(id, cancel(parts, id, by)),
    async resume (id, by) {
      checkOpen(parts.stopping)
      const work = () => resume(parts, id, by)
      const attributes = { 'windlass.deployment': id }
      return await decided(id, parts.tracing ? parts.tracing.within('resume', attributes, work) : work())
    },
    approve: (id, decision, by) => decided(id, approve(parts, id, decision, by)),
    reject: (id, decision, by) => decided(id, reject(parts, id, decision, by)),
    overrideWindow: (id, override, by) => decided(id, overrideWindow(parts, id, override, by))
  }
}
