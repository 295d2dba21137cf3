/**
 * `--target`, `--exclude` and `--replace`: URNs, or patterns in which `*` stands for part of a
 * segment and `**` for anything.
 */

export class Targets {
  readonly #literals: Set<string>
  readonly #patterns: RegExp[]

  constructor (targets: readonly string[]) {
    this.#literals = new Set(targets.filter((target) => !target.includes('*')))
    this.#patterns = targets.filter((target) => target.includes('*')).map((target) => {
      const parts = target.split(/(\*\*|\*)/).map((part) =>
        part === '**' ? '.*' : part === '*' ? '[^:]*' : part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
      )
      return new RegExp(`^${parts.join('')}$`)
    })
  }

  /** False when no resource was named: then all are meant. */
  get constrained (): boolean {
    return this.#literals.size > 0 || this.#patterns.length > 0
  }
  get literals (): string[] {
    return [...this.#literals]
  }

  has (urn: string): boolean {
    return this.#literals.has(urn) || this.#patterns.some((pattern) => pattern.test(urn))
  }
  add (urn: string): void {
    this.#literals.add(urn)
  }
}
