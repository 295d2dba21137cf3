/**
 * Redaction by value: what was seen as a secret is taken out of every text that leaves a unit host.
 */

export const redacted = '[secret]'

// Shorter values ("true", "admin", a port) occur by chance everywhere: taking them out would make
// texts unreadable and hide nothing that can be guarded.
const shortest = 6
// A unit holds a few hundred secrets (keys, certificates, passwords, tokens); beyond this the
// oldest are still kept by the largest values' lines.
const most = 10_000

/** Collects secret values and takes them out of texts. */
export class Redactor {
  readonly #values = new Set<string>()
  readonly #public = new Set<string>()
  #pattern: RegExp | undefined

  /**
   * Every string inside the value is public: it stays readable even where a provider wraps it as a
   * secret (Google's wraps the labels that the federation file spells out). Call it before `learn`.
   */
  allow (value: unknown): void {
    if (typeof value === 'string') this.#public.add(value.trim())
    else if (value !== null && typeof value === 'object') {
      for (const item of Object.values(value)) this.allow(item)
    }
  }

  /**
   * Learns every string (and number of six digits or more) inside the value, as it is, as JSON
   * writes it, in base64, and line by line.
   */
  learn (value: unknown): void {
    if (typeof value === 'string') this.#learnText(value)
    else if (typeof value === 'number') this.#learnText(String(value))
    else if (Array.isArray(value)) { for (const item of value) this.learn(item) }
    else if (value !== null && typeof value === 'object') {
      for (const item of Object.values(value)) this.learn(item)
    }
  }

  /** The text with every learnt value replaced. */
  text (text: string): string {
    if (this.#values.size === 0) return text
    this.#pattern ??= new RegExp(
      [...this.#values].sort((a, b) => b.length - a.length).map((value) =>
        value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
      ).join('|'),
      'g'
    )
    return text.replace(this.#pattern, redacted)
  }

  /** A copy of a JSON value with every string redacted, keys included. */
  value<T> (value: T): T {
    if (typeof value === 'string') return this.text(value) as T
    if (Array.isArray(value)) return value.map((item: unknown) => this.value(item)) as T
    if (value !== null && typeof value === 'object') {
      return Object.fromEntries(
        Object.entries(value).map(([key, item]) => [this.text(key), this.value(item)])
      ) as T
    }
    return value
  }

  #learnText (text: string): void {
    const whole = text.trim()
    if (whole.length < shortest || this.#public.has(whole) || this.#values.size >= most) return
    for (
      const form of [
        whole,
        JSON.stringify(whole).slice(1, -1),
        Buffer.from(text).toString('base64'),
        ...lines(whole)
      ]
    ) {
      if (form.length >= shortest && !this.#public.has(form) && !this.#values.has(form)) {
        this.#values.add(form)
        this.#pattern = undefined
      }
    }
  }
}

/**
 * The lines of a multi-line secret that carry it: not the armour around a key, which is the same
 * everywhere.
 */
function lines (text: string): string[] {
  return text.includes('\n')
    ? text.split('\n').map((line) => line.trim()).filter((line) =>
      line.length >= 16 && !line.startsWith('-----')
    )
    : []
}
