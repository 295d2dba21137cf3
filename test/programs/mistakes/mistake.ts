/** Mistakes that programs once made: put back into them, the simulated clouds must refuse them. */
import { type ResourceTransformation } from '@pulumi/pulumi'

/** One mistake. */
export interface Mistake {
  readonly name: string
  /** Clusters of Nautilus that it takes to see it. */
  readonly clusters: readonly string[]
  /** Accounts that differ from the file's. */
  readonly accounts?: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** Units that are deployed first, after all that they read. */
  readonly first: readonly string[]
  /** Unit that must fail. */
  readonly unit: string
  /**
   * Everything that was deployed is destroyed, and deployed again.
   * @default false
   */
  readonly again?: boolean
  /**
   * Nobody prepared the accounts.
   * @default false
   */
  readonly fresh?: boolean
  /** Puts the mistake into what programs register. */
  readonly transform: ResourceTransformation
  /** Words of the cloud. */
  readonly refusal: RegExp
}

/** Changes the inputs of resources of a type; `change` undefined: it leaves one as it is. */
export function changing (
  type: string,
  change: (props: Record<string, unknown>, name: string) => Record<string, unknown> | undefined
): ResourceTransformation {
  return (resource) => {
    if (resource.type !== type) return undefined
    const props = change(resource.props as Record<string, unknown>, resource.name)
    return props && { props, opts: resource.opts }
  }
}
