/** Components that their package constructs (pulumi `deploy/source_eval.go`). */
import grpc from '@grpc/grpc-js'
import { type ConstructResponse } from '../../provider.ts'
import { type WireObject } from '../../wire.ts'
import { messageOf } from '../errors.ts'
import { type Goal } from '../plan/goal.ts'
import { deniedPackage } from '../providers/default-providers.ts'
import { packageOf } from '../urn.ts'
import { type MonitorContext, deniedText, status } from './monitor-context.ts'
import { timeoutsMessage } from './resource-request.ts'

/** Has a package construct a component. An error of it ends the run. */
export async function construct (
  context: MonitorContext,
  goal: Goal,
  given: { inputs: WireObject, providers: Record<string, string> }
): Promise<ConstructResponse> {
  const pkg = packageOf(goal.type)
  if (deniedPackage(goal.provider) !== undefined) throw new Error(deniedText(pkg, goal.type))
  const instance = context.options.registry.get(goal.provider)
  if (instance === undefined) throw new Error(`unknown provider '${goal.provider}'`)
  const timeouts = timeoutsMessage(goal.customTimeouts)
  try {
    return await instance.construct({
      ...context.options.info,
      type: goal.type,
      name: goal.name,
      parent: goal.parent,
      inputs: given.inputs,
      inputDependencies: goal.propertyDependencies ?? {},
      providers: given.providers,
      dependencies: goal.dependencies,
      aliases: goal.aliases,
      ...(goal.protect !== undefined && { protect: goal.protect }),
      ignoreChanges: goal.ignoreChanges,
      replaceOnChanges: goal.replaceOnChanges,
      additionalSecretOutputs: goal.additionalSecretOutputs,
      ...(timeouts && {
        customTimeouts: {
          create: timeouts.getCreate(),
          update: timeouts.getUpdate(),
          delete: timeouts.getDelete()
        }
      }),
      deletedWith: goal.deletedWith,
      ...(goal.deleteBeforeReplace !== undefined && { deleteBeforeReplace: goal.deleteBeforeReplace }),
      ...(goal.retainOnDelete !== undefined && { retainOnDelete: goal.retainOnDelete }),
      replaceWith: goal.replaceWith
    })
  } catch (error) {
    await context.abort('', `${goal.type} resource '${goal.name}' has a problem: ${messageOf(error)}`)
    throw status(grpc.status.UNKNOWN, 'resource monitor shut down')
  }
}
