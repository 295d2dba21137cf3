// Triggers of a step: what happens when a provider call begins or ends.
import { createRequire } from 'node:module'
import { recordedError } from './errors.mjs'
import { fileTree } from './files.mjs'
import { killOperation } from './processes.mjs'
import { buildProgram } from './program.mjs'
import { recordingCommand } from './recording-command.mjs'
import { sleep } from './sleep.mjs'
const require = createRequire(import.meta.url)
const { LocalWorkspace } = require('@pulumi/pulumi/automation')

/**
 * Actions by their word. Each gets what it works with and a function that notes what came of it in
 * the recording.
 */
const ACTIONS = {
  abort: ({ abort }) => abort(),
  kill: ({ step, kill }) => (kill ? kill() : killOperation(step.op)),
  tree: ({ backend }, note) => {
    note({ tree: fileTree(backend) })
  },
  cancel: async ({ stack }, note) => {
    const entry = note({})
    try {
      await stack.cancel()
      entry.ok = true
    } catch (error) {
      entry.error = recordedError(error)
    }
  },
  // A second client of the Automation API works on the same stack.
  up: async ({ step, stackName, projectName, envVars, command }, note) => {
    const entry = note({ events: [] })
    try {
      const stack = await LocalWorkspace.selectStack(
        { stackName, projectName, program: buildProgram(step) },
        { envVars, pulumiCommand: recordingCommand(command, { push: (run) => (entry.cli ??= []).push(run) }) }
      )
      const result = await stack.up({
        ...(step.options ?? {}),
        onEvent: (event) => entry.events.push(event)
      })
      entry.ok = true
      entry.summary = result.summary
    } catch (error) {
      entry.ok = false
      entry.error = recordedError(error)
    }
  }
}

/** Watches the provider calls of one step. Each trigger fires once. */
export class Triggers {
  /** Effects of the actions. */
  side = []
  #context
  #fired = new Set()
  #pending = []

  constructor (context) {
    this.#context = context
  }

  observe (call) {
    for (const [index, trigger] of (this.#context.step.triggers ?? []).entries()) {
      if (this.#fired.has(index) || !fires(trigger, call)) continue
      this.#fired.add(index)
      this.#pending.push(this.#act(index, trigger))
    }
  }

  /** Resolves when all actions have ended. */
  async settled () {
    await Promise.all(this.#pending)
  }

  async #act (index, trigger) {
    if (trigger.delayMs) await sleep(trigger.delayMs)
    const note = (fields) => {
      const entry = { trigger: index, do: trigger.do, ...fields }
      this.side.push(entry)
      return entry
    }
    await ACTIONS[trigger.do]?.(this.#context, note)
  }
}

function fires ({ on }, call) {
  return on.method === call.method && (!on.name || on.name === call.name) &&
    (on.phase ?? 'start') === call.phase && !call.preview
}
