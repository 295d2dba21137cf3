// A scripted resource provider over plain values. It can be called in process; sim-server.mjs wraps
// it in gRPC servers for engines that attach through PULUMI_DEBUG_PROVIDERS.
import { sleep } from './sleep.mjs'
import { UNKNOWN, isObject, sorted, unsecret } from './wire.mjs'

const same = (a, b) => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))

/** The name in a URN. */
export const nameOf = (urn) => (urn ? urn.split('::').slice(3).join('::') : undefined)

export class ProviderFailure extends Error {
  constructor (message, { code = 2, initFailed } = {}) {
    super(message)
    this.code = code
    this.initFailed = initFailed
  }
}

export class SimCore {
  /**
   * @param behaviour scripts by `type::name`, `type` or `*`; the most specific one with a key wins
   * @param onCall called when a call begins and when it ends
   */
  constructor (behaviour = {}, { onCall } = {}) {
    this.behaviour = behaviour
    /** Number of real creations by URN. */
    this.created = {}
    /** Number of calls by method and URN. */
    this.attempt = {}
    this.log = []
    /** Logical clock of the log: overlaps of calls show in it. */
    this.clock = 0
    this.onCall = onCall ?? (() => {})
  }

  setBehaviour (behaviour) {
    this.behaviour = behaviour ?? {}
    this.attempt = {}
  }

  /** Resolves when no call is in flight; a client that was killed leaves calls running. */
  async idle (longestMs = 5000) {
    const begun = Date.now()
    while (this.log.some((entry) => entry.end === undefined) && Date.now() - begun < longestMs) {
      await sleep(10)
    }
  }

  /** Takes the log, and starts a new one. */
  drain () {
    const { log } = this
    this.log = []
    this.clock = 0
    return log
  }

  /** Records a call around a function; returns the function's result. */
  async call (pkg, method, args, run) {
    const entry = { n: this.log.length, pkg, method, urn: args.urn || undefined, start: ++this.clock, args }
    const notify = (phase) => {
      const { urn, type } = args
      this.onCall({ pkg, method, phase, urn, name: nameOf(urn), type, preview: !!args.preview })
    }
    this.log.push(entry)
    notify('start')
    try {
      const result = await run()
      entry.response = result ?? {}
      return result
    } catch (error) {
      const { message, initFailed } = error
      entry.error = { code: error.code ?? 2, message, ...(initFailed ? { initFailed } : {}) }
      throw error
    } finally {
      entry.end = ++this.clock
      notify('end')
    }
  }

  async check (args) {
    const script = (await this.#scripted('check', args)).script
    const name = nameOf(args.urn)
    let inputs = args.news ?? {}
    if (script.defaults) {
      const context = { name, type: args.type, inputs: args.news }
      // As real providers do, names that were made up are kept from the old inputs.
      const defaults = Object.entries(script.defaults).map(([key, pattern]) => [
        key,
        args.olds?.[key] !== undefined ? args.olds[key] : this.#filled(pattern, context)
      ])
      inputs = { ...Object.fromEntries(defaults), ...inputs }
    }
    return { inputs, failures: script.failures ?? [] }
  }

  async diff (args) {
    const script = (await this.#scripted('diff', args)).script
    const { olds, news, changed } = changesOf(args, (key) => !key.startsWith('__'))
    const replaces = changed.filter((key) => (script.replaces ?? []).includes(key))
    const response = {
      changes: script.changes ?? (changed.length ? 'some' : 'none'),
      diffs: changed,
      replaces,
      stables: script.stables ?? [],
      deleteBeforeReplace: !!script.deleteBeforeReplace && replaces.length > 0
    }
    if (script.detailed) {
      response.detailedDiff = Object.fromEntries(changed.map((key) => {
        const kind = !(key in olds) ? 'ADD' : !(key in news) ? 'DELETE' : 'UPDATE'
        return [key, { kind: replaces.includes(key) ? kind + '_REPLACE' : kind, inputDiff: true }]
      }))
    }
    return response
  }

  async create (args) {
    const { script, attempt } = await this.#scripted('create', args)
    const { type, urn, properties: inputs } = args
    const name = nameOf(urn)
    if (args.preview) return { id: '', properties: this.#state(type, name, urn, '', inputs, true) }
    const id = this.#newId(type, name, urn)
    const properties = this.#state(type, name, urn, id, inputs, false)
    failPartially(script, attempt, 'Resource initialized but failed', { id, properties, inputs })
    return { id, properties }
  }

  async update (args) {
    const { script, attempt } = await this.#scripted('update', args)
    const { type, urn, id, news } = args
    const name = nameOf(urn)
    const outputs = this.#script(type, name, 'outputs') ?? {}
    const context = { id, name, type, n: this.created[urn] ?? 1, inputs: news }
    const computed = Object.entries(outputs).map(([key, pattern]) => [
      key,
      typeof pattern === 'string' && pattern.includes('${input.')
        ? this.#filled(pattern, context)
        : (args.olds?.[key] ?? this.#filled(pattern, context))
    ])
    const properties = { ...news, ...Object.fromEntries(computed) }
    if (!args.preview) {
      failPartially(script, attempt, 'Resource updated but failed', { id, properties, inputs: news })
    }
    return { properties }
  }

  async delete (args) {
    await this.#scripted('delete', args)
    return {}
  }

  async read (args) {
    const { script } = await this.#scripted('read', args)
    if (script.missing) return { id: '', properties: null, inputs: null }
    const { type, urn, id } = args
    const fresh = !args.properties || Object.keys(args.properties).length === 0
    let inputs = fresh ? { ...script.inputs } : { ...args.inputs }
    let properties = fresh
      ? this.#state(type, nameOf(urn), urn, id, inputs, false)
      : { ...args.properties }
    if (script.state) properties = { ...properties, ...script.state }
    if (script.patch) {
      inputs = { ...inputs, ...script.patch.inputs }
      properties = { ...properties, ...script.patch.state }
    }
    const response = { id: script.id ?? id, properties, inputs }
    if (script.partial) {
      throw new ProviderFailure(script.partial.message ?? 'Resource read but failed', {
        initFailed: { ...response, reasons: script.partial.reasons ?? [] }
      })
    }
    return response
  }

  async checkConfig (args) {
    const { script } = await this.#scripted('checkConfig', args)
    return { inputs: args.news ?? {}, failures: script.failures ?? [] }
  }

  async diffConfig (args) {
    const { script } = await this.#scripted('diffConfig', args)
    const { changed } = changesOf(args, () => true)
    return {
      changes: changed.length ? 'some' : 'none',
      diffs: changed,
      replaces: changed.filter((key) => (script.replaces ?? []).includes(key)),
      stables: [],
      deleteBeforeReplace: false
    }
  }

  async configure (args) {
    const { script } = await this.#scripted('configure', args)
    return {
      acceptSecrets: true,
      supportsPreview: true,
      acceptResources: true,
      acceptOutputs: script.acceptOutputs ?? false
    }
  }

  async invoke ({ tok, args }) {
    const script = this.behaviour['invoke:' + tok] ?? {}
    if (script.delayMs) await sleep(script.delayMs)
    if (script.fail) throw new ProviderFailure(script.fail.message, { code: script.fail.code })
    return {
      return: this.#filled(script.result ?? {}, { ...args, inputs: args }),
      failures: script.failures ?? []
    }
  }

  #script (type, name, key) {
    for (const subject of [`${type}::${name}`, type, '*']) {
      const script = this.behaviour[subject]
      if (script && script[key] !== undefined) return script[key]
    }
    return undefined
  }

  /** The script of a call, after the delay or the failure that it asks for. */
  async #scripted (method, args) {
    const script = this.#script(args.type, nameOf(args.urn), method) ?? {}
    const key = `${method} ${args.urn}`
    const attempt = (this.attempt[key] = (this.attempt[key] ?? 0) + 1)
    if (script.delayMs && !args.preview) await sleep(script.delayMs)
    const { fail } = script
    if (fail && (!args.preview || fail.preview) && attempt <= (fail.times ?? Infinity)) {
      throw new ProviderFailure(fail.message, { code: fail.code })
    }
    return { script, attempt }
  }

  /** A pattern with its placeholders filled in; unknown when one of them is. */
  #filled (pattern, context) {
    if (Array.isArray(pattern)) return pattern.map((item) => this.#filled(item, context))
    if (isObject(pattern)) {
      return Object.fromEntries(
        Object.entries(pattern).map(([key, member]) => [key, this.#filled(member, context)])
      )
    }
    if (typeof pattern !== 'string') return pattern
    const whole = /^\$\{input\.([^}]+)\}$/.exec(pattern)
    if (whole) return context.inputs?.[whole[1]]
    let unknown = false
    const text = pattern.replace(/\$\{([^}]+)\}/g, (_, name) => {
      const value = name.startsWith('input.') ? unsecret(context.inputs?.[name.slice(6)]) : context[name]
      if (value !== undefined && value !== UNKNOWN) return String(value)
      unknown = true
      return ''
    })
    return unknown ? UNKNOWN : text
  }

  /** Outputs of a resource: its inputs and computed outputs, which are unknown in a preview. */
  #state (type, name, urn, id, inputs, preview) {
    const outputs = this.#script(type, name, 'outputs') ?? {}
    const context = { id: preview ? UNKNOWN : id, name, type, n: this.created[urn] ?? 0, inputs }
    const computed = Object.entries(outputs).map(([key, pattern]) => [
      key,
      preview ? UNKNOWN : this.#filled(pattern, context)
    ])
    return { ...inputs, ...Object.fromEntries(computed) }
  }

  #newId (type, name, urn) {
    const n = (this.created[urn] = (this.created[urn] ?? 0) + 1)
    const pattern = this.#script(type, name, 'id') ?? '${short}-${name}-${n}'
    return this.#filled(pattern, { short: type.split(':').pop().toLowerCase(), name, type, n })
  }
}

/** Changed keys between old and new inputs. */
function changesOf (args, counts) {
  const olds = unsecret(args.oldInputs ?? args.olds ?? {})
  const news = unsecret(args.news ?? {})
  const keys = [...new Set([...Object.keys(olds), ...Object.keys(news)])].filter(counts).sort()
  return { olds, news, changed: keys.filter((key) => !same(olds[key], news[key])) }
}

/** Fails when the script wants the resource to exist without being ready. */
function failPartially ({ partial }, attempt, message, { id, properties, inputs }) {
  if (!partial || attempt > (partial.times ?? Infinity)) return
  throw new ProviderFailure(partial.message ?? message, {
    initFailed: {
      id,
      properties: { ...properties, ...partial.properties },
      reasons: partial.reasons ?? [],
      inputs
    }
  })
}
