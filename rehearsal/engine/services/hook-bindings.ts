/** Names of a resource's hooks, to and from their message. */
import messages from '@pulumi/pulumi/proto/resource_pb.js'
import { type HookNames, hookTypes } from '../state/hook-names.ts'

type Fields =
  | 'getBeforeCreateList'
  | 'getAfterCreateList'
  | 'getBeforeUpdateList'
  | 'getAfterUpdateList'
  | 'getBeforeDeleteList'
  | 'getAfterDeleteList'
  | 'getOnErrorList'
type Binding = messages.RegisterResourceRequest.ResourceHooksBinding

/** Reads the names of a resource's hooks. */
export function hookNames (binding: Binding | undefined): HookNames {
  const names: HookNames = {}
  for (const type of binding ? hookTypes : []) {
    const list = binding?.[`get${type}List` as Fields]() ?? []
    if (list.length > 0) names[type] = list
  }
  return names
}

/** The message of a resource's hooks; undefined when there are none. */
export function hooksMessage (names: HookNames): Binding | undefined {
  if (Object.keys(names).length === 0) return undefined
  const binding = new messages.RegisterResourceRequest.ResourceHooksBinding()
  binding.setBeforeCreateList(names.BeforeCreate ?? [])
  binding.setAfterCreateList(names.AfterCreate ?? [])
  binding.setBeforeUpdateList(names.BeforeUpdate ?? [])
  binding.setAfterUpdateList(names.AfterUpdate ?? [])
  binding.setBeforeDeleteList(names.BeforeDelete ?? [])
  binding.setAfterDeleteList(names.AfterDelete ?? [])
  binding.setOnErrorList(names.OnError ?? [])
  return binding
}
