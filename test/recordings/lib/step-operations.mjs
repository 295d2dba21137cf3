// The operations of steps, each a call of the Automation API.
import { createRequire } from 'node:module'
const require = createRequire(import.meta.url)
const { LocalWorkspace } = require('@pulumi/pulumi/automation')

/** Operations that run the engine. */
export const engineOperations = ['up', 'preview', 'refresh', 'destroy', 'previewRefresh', 'previewDestroy']

/** Operations that work without a stack, or make one. */
export const operationsWithoutStack = [
  'createStack',
  'selectStack',
  'listStacks',
  'removeStack',
  'createOrSelectStack',
  'whoAmI'
]

/** Operations that change no state: nothing is recorded after them. */
export const operationsWithoutAfter = [
  'getConfig',
  'setConfig',
  'getAllConfig',
  'removeConfig',
  'setAllConfig',
  'history',
  'outputs',
  'info'
]

/**
 * Calls of the Automation API by operation. Each gets the step's stack and settings: the step, the
 * engine's options, the states that earlier steps ended with, and what makes a stack or a
 * workspace.
 */
export const operations = {
  up: ({ stack, engine }) => stack.up(engine),
  preview: ({ stack, engine }) => stack.preview(engine),
  refresh: ({ stack, engine }) => stack.refresh(engine),
  destroy: ({ stack, engine }) => stack.destroy(engine),
  previewRefresh: ({ stack, engine }) => stack.previewRefresh(engine),
  previewDestroy: ({ stack, engine }) => stack.previewDestroy(engine),
  outputs: ({ stack }) => stack.outputs(),
  history: ({ stack }) => stack.history(),
  info: ({ stack }) => stack.info(),
  cancel: ({ stack }) => stack.cancel(),
  export: ({ stack }) => stack.exportStack(),
  importState: ({ stack, step, states }) =>
    stack.importStack(
      step.patch ? applyPatch(structuredClone(states[step.from]), step.patch) : states[step.from]
    ),
  setConfig: ({ stack, step }) => stack.setConfig(step.configKey, step.value, step.path),
  getConfig: ({ stack, step }) => stack.getConfig(step.configKey, step.path),
  getAllConfig: ({ stack }) => stack.getAllConfig(),
  removeConfig: ({ stack, step }) => stack.removeConfig(step.configKey),
  setAllConfig: ({ stack, step }) => stack.setAllConfig(step.values),
  refreshConfig: ({ stack }) => stack.refreshConfig(),
  rename: ({ stack, step }) => stack.rename({ stackName: step.newName }),
  getTag: ({ stack, step }) => stack.getTag(step.tag),
  setTag: ({ stack, step }) => stack.setTag(step.tag, step.value),
  listTags: ({ stack }) => stack.listTags(),
  createStack: async ({ emptyStack }) => {
    await LocalWorkspace.createStack(...emptyStack())
  },
  selectStack: async ({ emptyStack }) => {
    await LocalWorkspace.selectStack(...emptyStack())
  },
  createOrSelectStack: async ({ emptyStack }) => {
    await LocalWorkspace.createOrSelectStack(...emptyStack())
  },
  listStacks: async ({ workspace }) => (await workspace()).listStacks(),
  removeStack: async ({ workspace, step, stackName }) =>
    (await workspace()).removeStack(stackName, step.removeOptions),
  whoAmI: async ({ workspace }) => (await workspace()).whoAmI()
}

/**
 * Applies changes `{op: "delete" | "set", path: ["deployment", "resources", 2, "protect"], value}`.
 */
function applyPatch (document, patch) {
  for (const { op, path, value } of patch) {
    const last = path.at(-1)
    let target = document
    for (const key of path.slice(0, -1)) target = target[key]
    if (op !== 'delete') target[last] = value
    else if (Array.isArray(target)) target.splice(last, 1)
    else delete target[last]
  }
  return document
}
