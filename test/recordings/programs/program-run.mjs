// One program: its stacks, its steps, and the report that grows with them.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { normaliser } from './normal.mjs'
import { OperationReport } from './operation-report.mjs'
import { SimProvider } from './provider.mjs'
const require = createRequire(import.meta.url)
const pulumi = require('@pulumi/pulumi')
const auto = require('@pulumi/pulumi/automation')

const here = dirname(fileURLToPath(import.meta.url))
const modules = join(dirname(require.resolve('@pulumi/pulumi/package.json')), '..', '..')

/** A resource class of package `sim`; outputs are declared as generated SDKs do. */
class Thing extends pulumi.CustomResource {
  constructor (name, args = {}, opts = {}, type = 'sim:index:Thing') {
    super(type, name, { out: undefined, list: undefined, nested: undefined, ...args }, opts)
  }
}

class Group extends pulumi.ComponentResource {
  constructor (name, build = () => ({}), opts = {}, type = 'programs:index:Group') {
    super(type, name, {}, opts)
    Object.assign(this, build(this) ?? {})
    this.registerOutputs({})
  }
}

/** Most lines of an error that a report holds, and characters of a line. */
const mostLines = 4
const longestLine = 300

export class ProgramRun {
  steps = []
  #command
  #save
  #programs = new Map()
  #root = mkdtempSync(join(tmpdir(), 'engine-stacks-'))
  #sim = new SimProvider()
  #normal = normaliser({ root: this.#root, modules, here })
  #envVars

  /** `save` is called after every step, so that what came before a hang is there. */
  constructor (command, save) {
    this.#command = command
    this.#save = save
  }

  async run (program) {
    const served = await this.#sim.serve()
    this.#envVars = {
      PULUMI_BACKEND_URL: `file://${join(this.#root, 'backend')}`,
      PULUMI_HOME: join(this.#root, 'home'),
      PULUMI_CONFIG_PASSPHRASE: 'correct horse',
      PULUMI_SKIP_UPDATE_CHECK: 'true',
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: 'true',
      PULUMI_DEBUG_PROVIDERS: `sim:${served.port}`,
      NODE_PATH: modules
    }
    for (const folder of ['backend', 'home']) mkdirSync(join(this.#root, folder))
    try {
      await program({
        pulumi,
        auto,
        sim: this.#sim,
        root: this.#root,
        modules,
        command: this.#command,
        envVars: this.#envVars,
        record: (label, work) => this.#record(label, work),
        stack: (name, options) => this.#stack(name, options),
        Thing,
        Group
      })
    } finally {
      served.stop()
      rmSync(this.#root, { recursive: true, force: true })
    }
  }

  async #record (label, work, more) {
    const step = { label, ok: 'never ended' }
    this.steps.push(step)
    this.#save()
    this.#sim.log = []
    try {
      const value = await work(step)
      step.ok = true
      if (value !== undefined) step.value = this.#normal.value(value)
    } catch (error) {
      step.ok = false
      step.error = this.#errorOf(error)
    }
    if (more) await more(step)
    step.calls = this.#normal.value(this.#sim.log)
    this.#save()
  }

  /** An error as callers can tell it from others, and the lines that say why. */
  #errorOf (error) {
    const { stderr = '', stdout = '', exitCode } = error?.commandResult?.err ?? {}
    const lines = (`${stderr}\n${stdout}`.trim() || String(error?.message ?? error)).split('\n')
    const why = lines.map((line) => line.trim()).filter((line) =>
      /^error:|rror: |^RHE|not supported/i.test(line)
    )
    const shown = why.length ? why.slice(0, mostLines) : lines.slice(0, 2)
    return {
      class: error?.name,
      exit: exitCode,
      why: shown.map((line) => this.#normal.text(line).slice(0, longestLine))
    }
  }

  #resourcesOf (exported) {
    const key = ({ urn, delete: condemned }) => `${urn} ${condemned ?? ''}`
    return this.#normal.value(exported.deployment?.resources ?? []).sort((a, b) => key(a) < key(b) ? -1 : 1)
  }

  async #stack (name = 'dev', { project = 'programs', config = {}, settings, ...options } = {}) {
    const key = `${project}/${name}`
    const program = async () => (this.#programs.get(key) ?? (async () => ({})))()
    const stack = await auto.LocalWorkspace.createOrSelectStack(
      { stackName: name, projectName: project, program },
      {
        envVars: { ...this.#envVars, ...options.envVars },
        pulumiCommand: this.#command,
        ...settings && { projectSettings: { name: project, runtime: 'nodejs', ...settings } },
        ...options.workDir && { workDir: options.workDir }
      }
    )
    for (const [setting, value] of Object.entries(config)) {
      await stack.setConfig(setting, typeof value === 'string' ? { value } : value)
    }
    return this.#handle(stack, key)
  }

  /** What a program's steps use. */
  #handle (stack, key) {
    const operations = ['up', 'preview', 'refresh', 'destroy', 'previewRefresh', 'previewDestroy']
    const recordState = async (step) => {
      step.state = this.#resourcesOf(await stack.exportStack())
    }
    return {
      stack,
      ...Object.fromEntries(
        operations.map((operation) => [
          operation,
          (program, options = {}) => this.#operate(stack, key, operation, { program, options })
        ])
      ),
      /** Anything else of the Automation API; `state` records the resources afterwards. */
      call: (label, work, { state = false } = {}) =>
        this.#record(label, () => work(stack), state ? recordState : undefined),
      /** A command line of the CLI, as `workspace.pulumiCommand` runs it. */
      cli: (...args) =>
        this.#record(`pulumi ${this.#normal.text(args.join(' ')).slice(0, 100)}`, async () => {
          const { pulumiCommand, workDir, envVars } = stack.workspace
          const { code } = await pulumiCommand.run([...args, '--stack', stack.name], workDir, { ...envVars })
          return { code }
        }, recordState)
    }
  }

  async #operate (stack, key, operation, given) {
    const hasProgram = typeof given.program === 'function'
    if (hasProgram) this.#programs.set(key, given.program)
    const options = hasProgram ? given.options : given.program ?? given.options
    const { label = operation, full = false, parallel = 1, ...rest } = options
    const report = new OperationReport(this.#normal)
    await this.#record(label, async () => {
      const { summary, changeSummary, outputs } = await stack[operation]({
        ...rest,
        parallel,
        onEvent: (event) => report.event(event),
        onOutput: (text) => report.output(text)
      })
      const { kind, result, resourceChanges: changes, config } = summary ?? {}
      return { summary: summary && { kind, result, changes, config }, changeSummary, outputs }
    }, async (step) => {
      const after = await stack.exportStack().catch((error) => ({ error: String(error) }))
      step.events = this.#normal.value(report.events)
      step.diagnostics = [...report.diagnostics]
      step.state = this.#resourcesOf(after)
      const pending = after.deployment?.pending_operations ?? []
      if (pending.length) {
        step.pending = this.#normal.value(pending.map(({ resource, type }) => `${type} ${resource.urn}`))
      }
      if (full) step.text = report.lines
    })
  }
}
