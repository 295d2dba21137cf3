/** Things of a deployment that can be taken out of its programs, one at a time. Pure. */
import type { StateResource } from '../../fixtures/programs/deployed-world.ts'

/** Kinds of things that somebody put there for a reason. */
export type RemovalKind = 'statement' | 'route' | 'rule' | 'port' | 'registration' | 'wait'

/** One thing that is taken out. */
export interface Removal {
  readonly unit: string
  readonly kind: RemovalKind
  /** Pulumi type token of the resource that has it. */
  readonly type: string
  /** Name of that resource. */
  readonly name: string
  /** Place in its inputs; absent: the resource itself, or all that it waits for. */
  readonly path?: readonly (string | number)[]
  /** Resources that it waits for and takes nothing from. */
  readonly awaited?: readonly { readonly type: string, readonly name: string }[]
}

/** Types whose resources are taken out as a whole. */
const wholes: readonly [RemovalKind, RegExp][] = [
  [
    'registration',
    /^gcp:projects\/(service:Service|serviceIdentity:ServiceIdentity)$|^azure-native:.*(Provider|Feature)Registration$/
  ],
  [
    'statement',
    /^gcp:(projects|serviceaccount|kms|storage|secretmanager)\/.*[iI](am|AM)(Member|Binding):|^azure-native:authorization:RoleAssignment$|^aws:iam\/(rolePolicyAttachment|rolePolicy):|^aws:eks\/(accessPolicyAssociation|podIdentityAssociation):/
  ],
  [
    'route',
    /^aws:ec2\/route:Route$|^aws:ec2transitgateway\/(route|peeringAttachmentAccepter|vpcAttachment):|^gcp:compute\/(route|networkPeering|routerNat):|^azure-native:network:(Route|VirtualNetworkPeering|VirtualNetworkLink):?$|^aws:ec2\/vpcEndpoint:/
  ],
  [
    'rule',
    /^aws:(vpc\/securityGroup(Ingress|Egress)Rule|ec2\/securityGroupRule):|^gcp:compute\/firewall:|^azure-native:network:SecurityRule$|^kubernetes:(networking\.k8s\.io\/v1:NetworkPolicy|security\.istio\.io\/v1:(AuthorizationPolicy|PeerAuthentication)|rbac\.authorization\.k8s\.io\/v1:(Cluster)?RoleBinding)$/
  ]
]

/** Lists inside the inputs of types, each of whose items is taken out by itself. */
const lists: readonly [RemovalKind, RegExp, readonly (readonly string[])[]][] = [
  [
    'statement',
    /^aws:(iam\/(policy|role|rolePolicy)|kms\/key|s3\/bucketPolicy|ec2\/vpcEndpoint|sns\/topicPolicy|sqs\/queuePolicy):/,
    [['policy', 'Statement'], ['assumeRolePolicy', 'Statement']]
  ],
  ['statement', /^gcp:projects\/iAMCustomRole:/, [['permissions']]],
  ['statement', /^azure-native:authorization:RoleDefinition$/, [['permissions', '*', 'actions']]],
  ['statement', /^kubernetes:rbac\.authorization\.k8s\.io\/v1:(Cluster)?Role$/, [['rules']]],
  [
    'rule',
    /^kubernetes:networking\.k8s\.io\/v1:NetworkPolicy$/,
    [['spec', 'ingress'], ['spec', 'egress'], ['spec', 'ingress', '*', 'from'], ['spec', 'egress', '*', 'to']]
  ],
  ['rule', /^kubernetes:security\.istio\.io\/v1:AuthorizationPolicy$/, [['spec', 'rules']]],
  // Ranges that reach a control plane.
  ['rule', /^aws:eks\/cluster:Cluster$/, [['vpcConfig', 'publicAccessCidrs']]],
  ['rule', /^gcp:container\/cluster:Cluster$/, [['masterAuthorizedNetworksConfig', 'cidrBlocks']]],
  [
    'rule',
    /^azure-native:containerservice:ManagedCluster$/,
    [['apiServerAccessProfile', 'authorizedIPRanges']]
  ],
  [
    'port',
    /^kubernetes:networking\.k8s\.io\/v1:NetworkPolicy$/,
    [['spec', 'ingress', '*', 'ports'], ['spec', 'egress', '*', 'ports']]
  ],
  ['port', /^kubernetes:core\/v1:Service$/, [['spec', 'ports']]],
  ['port', /^gcp:compute\/firewall:/, [['allows'], ['allows', '*', 'ports']]]
]

/** Inputs that hold JSON as text are looked into as if they were data. */
export function looked (value: unknown): unknown {
  if (typeof value !== 'string' || !value.startsWith('{')) return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}

/** Places of the items of a list that is at a path, in which `*` is any item of a list. */
function itemsAt (
  value: unknown,
  steps: readonly string[],
  at: (string | number)[] = []
): (string | number)[][] {
  const here = looked(value)
  const [step, ...rest] = steps
  if (step === undefined) {
    return Array.isArray(here) && here.length > 0 ? here.map((_, index) => [...at, index]) : []
  }
  if (step === '*') {
    return Array.isArray(here) ? here.flatMap((item, index) => itemsAt(item, rest, [...at, index])) : []
  }
  return typeof here === 'object' && here !== null && step in here
    ? itemsAt((here as Record<string, unknown>)[step], rest, [...at, step])
    : []
}

/**
 * What a resource waits for though none of its inputs comes from there, and nothing that its inputs
 * come from waits for it either.
 */
function awaitedBy (
  { dependencies = [], propertyDependencies = {} }: Waiting,
  all: ReadonlyMap<string, Waiting>
): { type: string, name: string }[] {
  const read = new Set<string>()
  const next = Object.values(propertyDependencies).flat()
  for (let urn = next.pop(); urn !== undefined; urn = next.pop()) {
    if (read.has(urn)) continue
    read.add(urn)
    next.push(...all.get(urn)?.dependencies ?? [])
  }
  return dependencies.filter((urn) => !read.has(urn)).map((urn) => {
    const [, , types = '', name = ''] = urn.split('::')
    return { type: types.split('$').at(-1) ?? '', name }
  })
}

/** Dependencies of a resource in a state. */
interface Waiting {
  readonly dependencies?: readonly string[]
  readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>
}

/**
 * Lists in which nothing means everything: the last peer or port that is taken out of a rule opens
 * it (https://kubernetes.io/docs/concepts/services-networking/network-policies/), and so does the
 * last range of a control plane on AWS and Azure. The rule itself is taken out instead.
 */
const openedByNone = /\.(from|to|ports|publicAccessCidrs|authorizedIPRanges)\.\d+$/

function opens (inputs: unknown, place: readonly (string | number)[]): boolean {
  if (!openedByNone.test(place.join('.'))) return false
  const list = place.slice(0, -1).reduce<unknown>(
    (value, step) => (value as Record<string | number, unknown> | undefined)?.[step],
    inputs
  )
  return Array.isArray(list) && list.length === 1
}

/** Lists what can be taken out of a unit's program, by what it registered. */
export function removalsOf (unit: string, resources: readonly (StateResource & Waiting)[]): Removal[] {
  const all = new Map(resources.map((resource) => [resource.urn, resource]))
  return resources.filter(({ custom, external }) => custom && !external).flatMap((resource): Removal[] => {
    const { urn, type, inputs = {} } = resource
    const one = { unit, type, name: urn.split('::').at(-1) ?? '' }
    const awaited = awaitedBy(resource, all)
    return [
      ...wholes.filter(([, types]) => types.test(type)).map(([kind]) => ({ ...one, kind })),
      ...lists.filter(([, types]) => types.test(type)).flatMap(([kind, , paths]) =>
        paths.flatMap((path) =>
          itemsAt(inputs, path).filter((place) => !opens(inputs, place)).map((place) => ({
            ...one,
            kind,
            path: place
          }))
        )
      ),
      ...awaited.length > 0 ? [{ ...one, kind: 'wait' as const, awaited }] : []
    ]
  })
}

/** A value without what is at a path. JSON in texts stays text. */
export function without (value: unknown, path: readonly (string | number)[]): unknown {
  const [step, ...rest] = path
  if (step === undefined) return value
  const here = looked(value)
  const back = (changed: unknown): unknown => here === value ? changed : JSON.stringify(changed)
  if (Array.isArray(here) && typeof step === 'number') {
    return back(
      rest.length === 0
        ? here.filter((_, index) => index !== step)
        : here.map((item: unknown, index) => index === step ? without(item, rest) : item)
    )
  }
  if (typeof here !== 'object' || here === null) return value
  const map = here as Record<string, unknown>
  return back({ ...map, [step]: without(map[step], rest) })
}

/** Name of a removal for people, the same whatever cluster, region and cloud account it is of. */
export function nameOf (
  { kind, unit, type, name, path }: Removal,
  clusters: readonly { name: string, region: string }[]
): string {
  const general = (text: string): string =>
    clusters.reduce(
      (rest, cluster) => rest.replaceAll(cluster.name, '*').replaceAll(cluster.region, '*'),
      text
    ).replaceAll(/\*(\.\*)*/g, '*')
  return `${kind} ${general(unit)} ${type} ${general(name)}${path ? ` ${path.join('.')}` : ''}`
}
