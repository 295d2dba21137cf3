/** Resources that the program has registered, whose options and transforms later ones take over. */
import type callbacks from '@pulumi/pulumi/proto/callback_pb.js'
import type messages from '@pulumi/pulumi/proto/resource_pb.js'
import { type Goal } from '../plan/goal.ts'
import { packageOf, parseReference, providerPackage, typeOf } from '../urn.ts'

type Transforms = readonly callbacks.Callback[]

export class Registrations {
  readonly #goals = new Map<string, Goal>()
  readonly #parents = new Map<string, string>()
  readonly #transforms = new Map<string, Transforms>()
  readonly #providers = new Map<string, Record<string, string>>()
  /** Transforms of components that a package constructs, until it registers them. */
  readonly #pending = new Map<string, Transforms>()

  goal (urn: string): Goal | undefined {
    return this.#goals.get(urn)
  }

  /** Remembers a resource, with its goal unless its package registered it. */
  add (
    urn: string,
    resource: {
      goal?: Goal
      parent: string
      transforms: Transforms
      providers: Record<string, string> | undefined
    }
  ): void {
    if (resource.goal) this.#goals.set(urn, resource.goal)
    this.#parents.set(urn, resource.parent)
    this.#transforms.set(urn, resource.transforms)
    if (resource.providers) this.#providers.set(urn, resource.providers)
  }
  read (urn: string, parent: string): void {
    this.#parents.set(urn, parent)
  }

  /** Gives a child the options of its parent that it does not name itself. */
  inherit (message: messages.RegisterResourceRequest): void {
    const parent = this.#goals.get(message.getParent())
    if (parent === undefined) return
    if (message.getDeletedwith() === '') message.setDeletedwith(parent.deletedWith)
    if (!message.hasProtect() && parent.protect !== undefined) message.setProtect(parent.protect)
    if (!message.hasRetainondelete() && parent.retainOnDelete !== undefined) {
      message.setRetainondelete(parent.retainOnDelete)
    }
    const provider = parseReference(parent.provider)
    if (
      message.getProvider() === '' &&
      ((!message.getCustom() && !message.getRemote()) ||
        (provider && providerPackage(typeOf(provider.urn)) === packageOf(message.getType())))
    ) message.setProvider(parent.provider)
  }

  /** The provider of a package that a resource or call names, itself or by its parent. */
  provider (own: string, providers: Record<string, string>, parent: string, pkg: string): string {
    return own || providers[pkg] || this.#providers.get(parent)?.[pkg] || ''
  }
  /** Providers of a component: its own over its parent's. */
  componentProviders (own: Record<string, string>, parent: string): Record<string, string> {
    return { ...this.#providers.get(parent), ...own }
  }

  parentTransforms (parent: string): callbacks.Callback[] {
    const result: callbacks.Callback[] = []
    for (let urn = parent; urn !== ''; urn = this.#parents.get(urn) ?? '') {
      result.push(...this.#transforms.get(urn) ?? [])
    }
    return result
  }

  /**
   * Transforms of a resource itself. A component that its package constructs has those of the
   * program's request for it.
   */
  ownTransforms (message: messages.RegisterResourceRequest): Transforms {
    const key = `${message.getParent()}::${message.getType()}::${message.getName()}`
    const pending = this.#pending.get(key)
    if (pending) {
      this.#pending.delete(key)
      return pending
    }
    const own = message.getTransformsList()
    if (message.getRemote() && own.length > 0) this.#pending.set(key, own)
    return own
  }
}
