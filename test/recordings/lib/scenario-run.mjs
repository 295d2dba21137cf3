// One run of a scenario: its stacks, its steps, and the recording that grows with them.
import * as fs from 'node:fs'
import { createRequire } from 'node:module'
import * as path from 'node:path'
import { recordedError } from './errors.mjs'
import { fileTree, writePolicyPack } from './files.mjs'
import { buildProgram } from './program.mjs'
import { recordingCommand } from './recording-command.mjs'
import { sleep } from './sleep.mjs'
import {
  engineOperations,
  operations,
  operationsWithoutAfter,
  operationsWithoutStack
} from './step-operations.mjs'
import { Triggers } from './triggers.mjs'
const require = createRequire(import.meta.url)
const { LocalWorkspace } = require('@pulumi/pulumi/automation')

/** Time for what the SDK still sends after an operation has ended. */
const SETTLE_MS = 30

const empty = async () => ({})

export class ScenarioRun {
  recording
  #scenario
  #command
  #core
  #root
  #backend
  #envVars
  #kill
  /** Stacks and their current programs by `project/stack`. */
  #stacks = {}
  #programs = {}
  /** States that steps ended with, by number of the step. */
  #states = []
  /** Runs of the command since they were last taken. */
  #runs = []
  #triggers

  constructor ({ scenario, command, core, root, backend, envVars, kill }) {
    this.#scenario = scenario
    this.#command = command
    this.#core = core
    this.#root = root
    this.#backend = backend
    this.#envVars = envVars
    this.#kill = kill
    this.recording = {
      format: 'engine-recording/1',
      scenario: scenario.name,
      cliVersion: String(command.version ?? ''),
      steps: []
    }
  }

  /** Takes notice of a provider call. */
  observe (call) {
    this.#triggers?.observe(call)
  }

  /** Makes and configures the scenario's stack, recorded too. */
  async setUp () {
    await this.#stack(this.#projectOf({}), this.#stackOf({}))
    this.recording.setup = { cli: this.#takeRuns() }
  }

  async step (index, step) {
    const out = { step: index, op: step.op, ...(step.note ? { note: step.note } : {}), events: [] }
    this.recording.steps.push(out)
    const stack = await this.#prepare(step, out)
    const abort = new AbortController()
    this.#triggers = new Triggers({
      step,
      stack,
      stackName: this.#stackOf(step),
      projectName: this.#projectOf(step),
      envVars: this.#envVars,
      command: this.#command,
      backend: this.#backend,
      abort: () => abort.abort(),
      kill: this.#kill
    })
    await this.#operate(index, step, stack, out, abort.signal)
    if (step.record?.includes('tree')) out.tree = fileTree(this.#backend)
    if (stack && step.after !== false && !operationsWithoutAfter.includes(step.op)) {
      await this.#recordAfter(index, stack, out)
    }
  }

  /**
   * Makes the step's stack and gives it the step's program, behaviour, configuration and variables.
   */
  async #prepare (step, out) {
    const [project, name] = [this.#projectOf(step), this.#stackOf(step)]
    this.#takeRuns()
    const stack = operationsWithoutStack.includes(step.op) ? undefined : await this.#stack(project, name)
    if (stack && this.#runs.length) out.setup = { cli: this.#takeRuns() }
    if (step.program) this.#programs[`${project}/${name}`] = buildProgram(step)
    this.#core.setBehaviour({ ...(this.#scenario.behaviour ?? {}), ...(step.behaviour ?? {}) })
    this.#core.drain()
    if (stack) {
      for (const [key, value] of Object.entries(step.config ?? {})) await stack.setConfig(key, value)
    }
    if (step.env) Object.assign(stack.workspace.envVars, step.env)
    return stack
  }

  /** Carries the operation out, and records what came of it. */
  async #operate (index, step, stack, out, signal) {
    const streamed = { stdout: '', stderr: '' }
    const engine = {
      ...this.#optionsOf(index, step),
      onEvent: (event) => out.events.push(event),
      onOutput: (text) => (streamed.stdout += text),
      onError: (text) => (streamed.stderr += text),
      signal
    }
    const projectName = this.#projectOf(step)
    const stackName = this.#stackOf(step)
    const context = {
      step,
      stack,
      stackName,
      engine,
      states: this.#states,
      emptyStack: () => [{ stackName, projectName, program: empty }, this.#workspaceOptions()],
      workspace: () =>
        LocalWorkspace.create({
          projectSettings: { name: projectName, runtime: 'nodejs', main: undefined },
          program: empty,
          ...this.#workspaceOptions()
        })
    }
    try {
      const value = await operations[step.op](context)
      out.result = { ok: true, value: value ?? null }
    } catch (error) {
      out.result = { ok: false, error: recordedError(error) }
    }
    await this.#triggers.settled()
    await this.#core.idle()
    await sleep(SETTLE_MS)
    if (engineOperations.includes(step.op)) out.streamed = streamed
    out.rpc = this.#core.drain()
    if (this.#triggers.side.length) out.side = this.#triggers.side
    this.#triggers = undefined
    out.cli = this.#takeRuns()
  }

  /** Options of the engine, with policy packs and their configurations as files. */
  #optionsOf (index, step) {
    const options = { ...(step.options ?? {}) }
    if (options.policyPacks) {
      options.policyPacks = options.policyPacks.map((pack, number) => {
        const folder = path.join(this.#root, `pack-${index}-${number}-${pack.name}`)
        writePolicyPack(folder, pack)
        return folder
      })
    }
    if (options.policyPackConfigs) {
      options.policyPackConfigs = options.policyPackConfigs.map((config, number) => {
        const file = path.join(this.#root, `packcfg-${index}-${number}.json`)
        fs.writeFileSync(file, JSON.stringify(config))
        return file
      })
    }
    return options
  }

  async #recordAfter (index, stack, out) {
    const after = (out.after = {})
    const record = async (name, errorName, read) => {
      try {
        after[name] = await read()
      } catch (error) {
        after[errorName] = recordedError(error)
      }
    }
    await record('deployment', 'exportError', async () => (this.#states[index] = await stack.exportStack()))
    await record('outputs', 'outputsError', () => stack.outputs())
    await record('lastHistory', 'historyError', async () => (await stack.history(1, 1))[0] ?? null)
    out.afterCli = this.#runs.map(({ args, exitCode, stdout, stderr }) => ({
      args,
      exitCode,
      stdout: args[0] === 'stack' && args[1] === 'export' ? undefined : stdout,
      stderr
    }))
  }

  async #stack (projectName, stackName) {
    const key = `${projectName}/${stackName}`
    if (this.#stacks[key]) return this.#stacks[key]
    const program = async () => (this.#programs[key] ?? empty)()
    const stack = await LocalWorkspace.createOrSelectStack(
      { stackName, projectName, program },
      this.#workspaceOptions()
    )
    this.#stacks[key] = stack
    for (const [name, value] of Object.entries(this.#scenario.config ?? {})) {
      await stack.setConfig(name, value)
    }
    return stack
  }

  #workspaceOptions () {
    const sink = { push: (run) => this.#runs.push(run) }
    return { envVars: this.#envVars, pulumiCommand: recordingCommand(this.#command, sink) }
  }

  #takeRuns () {
    return this.#runs.splice(0)
  }

  #projectOf (step) {
    return step.project ?? this.#scenario.project ?? 'rec'
  }

  #stackOf (step) {
    return step.stack ?? this.#scenario.stack ?? 'dev'
  }
}
