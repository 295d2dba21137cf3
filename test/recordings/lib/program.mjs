// Builds an inline program from a scenario's list of items (README.md, "Scenario format").
import { createRequire } from 'node:module'
import { referencedProperties, valueOf } from './program-values.mjs'
import { sleep } from './sleep.mjs'
const require = createRequire(import.meta.url)
const pulumi = require('@pulumi/pulumi')

/**
 * The program of a step. Resources are made in the program's own function, which has no name: the
 * SDK tells source positions by the frames above it.
 */
export function buildProgram (step) {
  return async () => {
    const run = new ProgramRun(step)
    for (const item of step.program) {
      if (item.kind in CONSTRUCTIONS) {
        const [Resource, ...args] = run.construction(item)
        run.keep(item, new Resource(...args))
        continue
      }
      // Awaits only items that wait: a tick between two registrations can change their order.
      const waiting = run.begin(item)
      if (waiting) await waiting
    }
    run.registerLeftOutputs()
    return run.value(step.stackOutputs ?? {})
  }
}

/** Classes of resources and the arguments of their constructors, by kind. */
const CONSTRUCTIONS = {
  custom: (item, inputs, options) => [pulumi.CustomResource, item.type, item.name, inputs, options],
  read: (item, inputs, options, value) => [
    pulumi.CustomResource,
    item.type,
    item.name,
    inputs,
    { ...options, id: value(item.id) }
  ],
  component: (item, inputs, options, value) => [
    pulumi.ComponentResource,
    item.type,
    item.name,
    item.inputs ? value(item.inputs) : {},
    options
  ],
  provider: (item, inputs, options) => [pulumi.ProviderResource, item.package, item.name, inputs, options],
  stackReference: (item, inputs, options, value) => [
    pulumi.StackReference,
    item.name,
    item.inputs ? value(item.inputs) : undefined,
    options
  ]
}

/** One run of a program. */
class ProgramRun {
  #step
  #referenced
  /** Resources and results of functions by key. */
  #made = new Map()
  /** Components whose outputs are not registered yet, with these outputs, by key. */
  #left = new Map()

  constructor (step) {
    this.#step = step
    this.#referenced = referencedProperties(step)
  }

  value = (value) => valueOf(value, this.#made)

  /** The class of an item's resource and the arguments of its constructor. */
  construction (item) {
    const referenced = [...(this.#referenced[item.key ?? item.name] ?? [])]
    const declared = referenced.filter((name) => name !== 'id' && name !== 'urn')
    const inputs = {
      ...Object.fromEntries(declared.map((name) => [name, undefined])),
      ...this.value(item.inputs ?? {})
    }
    return CONSTRUCTIONS[item.kind](item, inputs, this.#options(item.opts), this.value)
  }

  /** Keeps an item's resource, or the result of its function, for references to it. */
  keep (item, made) {
    const key = item.key ?? item.name
    if (item.kind === 'stackReference') made.__stackRef = true
    if (item.kind === 'component' && item.outputs) this.#left.set(key, [made, item.outputs])
    this.#made.set(key, made)
  }

  /** Begins an item that is no resource; returns a promise when the program has to wait for it. */
  begin (item) {
    const handler = this.#handlers[item.kind]
    if (!handler) throw new Error(`unknown kind ${item.kind}`)
    return handler(item)
  }

  /** Registers the outputs of components for which the program has no item. */
  registerLeftOutputs () {
    for (const [key, [component, outputs]] of this.#left) {
      const named = this.#step.program.some((item) =>
        item.kind === 'registerOutputs' && item.component === key
      )
      if (!named) component.registerOutputs(this.value(outputs))
    }
  }

  #handlers = {
    throw: (item) => {
      throw new Error(item.message)
    },
    await: (item) =>
      new Promise((resolve) => {
        this.value({ $ref: item.ref }).apply((value) => {
          resolve(value)
          return value
        })
      }),
    sleep: (item) => sleep(item.ms),
    log: (item) =>
      pulumi.log[item.severity ?? 'info'](
        item.message,
        item.resource ? this.#resource(item.resource) : undefined
      ),
    invoke: (item) => {
      const { invoke, invokeOutput } = pulumi.runtime
      const options = item.opts ? this.#options(item.opts) : undefined
      const call = item.outputForm ? invokeOutput : invoke
      this.keep(item, {
        __invoke: pulumi.output(call(item.token, this.value(item.args ?? {}), options))
      })
    },
    invokeAwait: (item) => {
      const options = item.opts ? this.#options(item.opts) : undefined
      return pulumi.runtime.invoke(item.token, this.value(item.args ?? {}), options).then((result) => {
        this.keep(item, { __invoke: pulumi.output(result) })
      })
    },
    transform: (item) => {
      pulumi.runtime.registerResourceTransform(({ type, props, opts }) =>
        type === item.type
          ? { props: { ...props, ...item.set }, opts: { ...opts, ...item.opts } }
          : undefined
      )
    },
    registerOutputs: (item) => {
      const [component, outputs] = this.#left.get(item.component)
      component.registerOutputs(this.value(outputs))
    }
  }

  #resource (key) {
    const resource = this.#made.get(key)
    if (!resource) throw new Error(`unknown resource ${key}`)
    return resource
  }

  /** Options of a resource, in which keys stand for resources. */
  #options (given = {}) {
    const options = { ...given }
    for (const name of ['parent', 'provider', 'deletedWith']) {
      if (given[name]) options[name] = this.#resource(given[name])
    }
    for (const name of ['dependsOn', 'providers']) {
      if (given[name]) options[name] = given[name].map((key) => this.#resource(key))
    }
    if (given.aliases) options.aliases = given.aliases.map((alias) => this.#alias(alias))
    return options
  }

  #alias (alias) {
    if (typeof alias === 'string' || !alias.parent) return alias
    const parent = alias.parent === '$root' ? pulumi.rootStackResource : this.#resource(alias.parent)
    return { ...alias, parent }
  }
}
