/**
 * The room's table of coded errors. A problem is something wrong in a federation file, with its
 * position; a `FederationError` is thrown when there is no file to judge. None of them is worth a
 * retry before someone changes a file, but for FED_UNREADABLE.
 */
import { defineErrors } from '../../contract/errors.ts'
import { nearest } from './near.ts'

/** A place in the file's data: property names and list indexes from the root. */
export type Path = readonly (string | number)[]

/** Something wrong in a file, or, among warnings, worth knowing. Line and column count from 1. */
export interface Problem<Code extends string = ProblemCode> {
  readonly file: string
  readonly line: number
  readonly column: number
  /** As one would write it: `clusters[2].nodePools[0].min`; empty for the file as a whole. */
  readonly path: string
  readonly code: Code
  /** The mistake. */
  readonly message: string
  /** The form that would be right. */
  readonly expected: string
}

/** A problem before its position is known. */
export interface Finding<Code extends string = ProblemCode> {
  readonly code: Code
  readonly path: Path
  /** The key or the value is to blame. */
  readonly at: 'key' | 'value'
  readonly message: string
  readonly expected: string
}

type Text = { readonly message: string, readonly expected: string }
const text = (message: string, expected: string): Text => ({ message, expected })
/** Names that a message lists: as many as a person reads; a federation of 64 clusters has more. */
const listed = 40
const listOf = (names: readonly string[]) =>
  names.length > listed
    ? `${names.slice(0, listed).join(', ')} and ${names.length - listed} more`
    : names.join(', ')
const anyOf = (names: readonly string[]) =>
  names.length > 0 ? `one of ${listOf(names)}` : 'none: there is none to name'
const near = (name: string, known: readonly string[]) => {
  const names = nearest(name, known)
  return names.length > 0 ? `; did you mean ${names.join(' or ')}?` : ''
}

/** Every problem that a file can have. A code is never reused for something else. */
export const problems = {
  FED_SYNTAX: (what: string) =>
    text(`the YAML cannot be read: ${what}`, 'well-formed YAML 1.2, one document, each key once'),
  FED_ENCODING: (wrong: string) => text(`the file ${wrong}`, 'UTF-8 text without control characters'),
  FED_EMPTY: () =>
    text(
      'the file holds no mapping',
      'a mapping with name, owner, accounts, clusters and the rest: see federations/README.md'
    ),
  FED_TOO_LARGE: (bytes: number, limit: number) =>
    text(`the file has ${bytes} bytes`, `at most ${limit} bytes`),
  FED_MISSING_FIELD: (field: string, expected: string) => text(`${field} is missing`, expected),
  FED_UNKNOWN_FIELD: (field: string, known: readonly string[]) =>
    text(`there is no field ${field} here${near(field, known)}`, `no other fields than ${known.join(', ')}`),
  FED_NOT_SUPPORTED: (field: string, what: string) =>
    text(
      `${field} is not supported yet: ${what} cannot be deployed by this version`,
      `no ${field}: leave it out until a version supports it`
    ),
  FED_TYPE: (found: string, expected: string) => text(`${found} is of the wrong type`, expected),
  FED_VALUE: (found: string, expected: string) => text(`${found} is not allowed`, expected),
  FED_NAME: (name: string, expected: string) => text(`the name "${name}" is not allowed`, expected),
  FED_NAME_RESERVED: (name: string) =>
    text(
      `the name "${name}" is taken by a unit's scope`,
      'another name than global, aws, gcp, azure, and one that does not end in -platform'
    ),
  FED_DUPLICATE: (what: string, value: string, other: string) =>
    text(`${what} ${value} is already that of ${other}`, `a ${what} that appears once in its list`),
  FED_REGION: (cloud: string, region: string, elsewhere: readonly string[], known: readonly string[]) => {
    const meant = nearest(region, known)
    return text(
      `${cloud} has no region ${region}${
        elsewhere.length > 0 ? `: it is a region of ${elsewhere.join(' and ')}` : near(region, known)
      }`,
      meant.length > 0 ? `a region of ${cloud} such as ${meant.join(', ')}` : `a region of ${cloud}`
    )
  },
  FED_AREA_NEEDED: (region: string) =>
    text(
      `where ${region} lies is none of us, eu, asia by itself`,
      'area: us, eu or asia, whichever the cluster belongs to'
    ),
  FED_ZONE: (zone: string, region: string, zones: readonly string[]) =>
    text(`${region} has no zone ${zone} for clusters`, anyOf(zones)),
  FED_CIDR: (value: string) =>
    text(
      `${value} is not an IPv4 address block`,
      'four numbers of 0 to 255, a slash and 0 to 32, such as 10.1.0.0/16'
    ),
  FED_CIDR_HOST_BITS: (value: string, right: string) =>
    text(`${value} is not a block's first address`, `${right}, or a longer prefix`),
  FED_CIDR_NOT_PRIVATE: (value: string, allowed: string) =>
    text(`${value} is not wholly in private address space`, `a block within ${allowed}`),
  FED_CIDR_SIZE: (value: string, cloud: string, from: number, to: number) =>
    text(`${value} has the wrong size for ${cloud}`, `a prefix of /${from} to /${to}`),
  FED_CIDR_RESERVED: (value: string, taken: string, by: string) =>
    text(`${value} overlaps ${taken}, which ${by} uses`, `a block apart from ${taken}`),
  FED_CIDR_OVERLAP: (value: string, other: string, owner: string) =>
    text(`${value} overlaps ${other} of ${owner}`, `a block apart from ${other}`),
  FED_RANGE_FULL: (pool: string, value: string, needed: number, held: number) =>
    text(
      `${value} is too small: ${needed} ${pool} ranges are needed and ${held} fit`,
      'a larger block, or fewer clusters'
    ),
  FED_ASN: (asn: number) =>
    text(
      `${asn} is not a private autonomous system number`,
      '64512 to 65534 or 4200000000 to 4294967294 (RFC 6996)'
    ),
  FED_ASN_RESERVED: (asn: number) =>
    text(
      `Azure keeps the autonomous system number ${asn} for itself`,
      'a private number other than 65515 and 65517 to 65520'
    ),
  FED_MIN_ABOVE_MAX: (min: number, max: number) =>
    text(`min ${min} is above max ${max}`, `at most ${max}, or a larger max`),
  FED_DESIRED: (desired: number, min: number, max: number) =>
    text(`desired ${desired} is outside min ${min} to max ${max}`, `a number from ${min} to ${max}`),
  FED_INSTANCE_TYPE: (type: string, cloud: string, example: string) =>
    text(`${type} is not an instance type of ${cloud}`, `one such as ${example}`),
  FED_SPOT_SYSTEM_POOL: (pool: string) =>
    text(
      `${pool} is the cluster's first node pool and has spot nodes: AKS needs its system pool to stay`,
      'a first pool without spot'
    ),
  FED_EMPTY_SYSTEM_POOL: (cluster: string) =>
    text(
      `no node pool of ${cluster} keeps a node that stays: AKS runs its system pods on one`,
      'a pool without spot and with min of at least 1'
    ),
  FED_UNKNOWN_CLUSTER: (name: string, known: readonly string[]) =>
    text(`there is no cluster ${name}${near(name, known)}`, anyOf(known)),
  FED_UNKNOWN_SECRET: (name: string, known: readonly string[]) =>
    text(`there is no secret ${name} in secrets${near(name, known)}`, anyOf(known)),
  FED_ACCOUNT_NEEDED: (cloud: string, reason: string) =>
    text(`accounts.${cloud} is missing, but ${reason}`, `accounts.${cloud} with the account to deploy into`),
  FED_KEY_IN_FILE: (what: string) =>
    text(
      `this looks like ${what}`,
      'no credentials in the file: a role, service account or client id to act as, and the credentials ' +
        'where the service runs'
    ),
  FED_LINK_SELF: (name: string) => text(`the link joins ${name} with itself`, 'two clusters'),
  FED_LINK_KIND: (kind: string, from: string, to: string) =>
    text(
      kind === 'peering'
        ? `a peering stays in one cloud, but the clusters are in ${from} and ${to}`
        : `${
          kind === 'interconnect' ? 'an interconnect' : kind === 'vpn' ? 'a vpn' : 'a link of kind mesh'
        } joins clouds, but both clusters are in ${from}`,
      kind !== 'peering'
        ? 'no link (clusters of one cloud are peered anyway), or a cluster in another cloud'
        : 'kind: vpn or kind: mesh'
    ),
  FED_LINK_MIXED: (kind: string, from: string, to: string) =>
    text(
      `no link of kind mesh joins ${from} and ${to}, and one joins other clouds: a cluster's east-west ` +
        `gateway has one address, and on the internet it is of no use to a ${kind}`,
      `a link of kind mesh between ${from} and ${to}, or no links of kind mesh`
    ),
  FED_LINK_BESIDE: (kind: string, from: string, to: string) =>
    text(
      `a link of kind mesh joins ${from} and ${to}: nothing of the mesh goes over this ${kind}`,
      'no such link, once an up has put the gateways on the internet (federations/README.md)'
    ),
  FED_LINK_APART: (one: string, other: string) =>
    text(
      `no link of kind mesh joins ${one} and ${other}: their clusters do not reach each other, and ` +
        'phase 8 fails',
      `a link of kind mesh between a cluster on ${one} and one on ${other}`
    ),
  FED_GATEWAY_PEERS: (cluster: string, ranges: number, most: number) =>
    text(
      `the east-west gateway of ${cluster} would admit ${ranges} address ranges of its peers, and its ` +
        `security groups take ${most} of them`,
      'fewer clusters, or fewer zones of those on AWS'
    ),
  FED_CIRCUIT: (message: string, expected: string) => text(message, expected),
  FED_LINK_BELOW_CAPACITY: (gbps: number, wanted: number) =>
    text(
      `${gbps} Gbit/s is below capacity.minBandwidthGbps, ${wanted}`,
      `a link of at least ${wanted} Gbit/s (a dedicated circuit), or a lower capacity`
    ),
  FED_OPERATORS: () =>
    text(
      "nothing says from where the clusters' API servers are called: a rehearsal cannot know if they answer",
      'operators, a list of address ranges'
    ),
  FED_NAME_UNMADE: (name: string, expected: string) =>
    text(`nobody makes ${name}, to which this leads where the file says nothing else`, expected),
  FED_WATCHDOG: () =>
    text(
      'nobody outside is called while alerts are sent: a hub that is lost sends none, and nobody knows',
      'watchdog, the name of a secret with an address that calls somebody when it is not called'
    ),
  FED_LATENCY_UNHELD: (
    kind: string,
    trip: {
      readonly from: string
      readonly to: string
      readonly milliseconds: number
      readonly known: string
    },
    target: number
  ) =>
    text(
      `a round trip from ${trip.from} to ${trip.to} over a link of kind ${kind} takes ` +
        `${trip.milliseconds.toFixed(0)} ms (${trip.known}), and the target is ${target} ms`,
      `a target of at least ${Math.ceil(trip.milliseconds)} ms${
        kind === 'interconnect' ? '' : ', or kind: interconnect'
      }; as it is, phase 8 reports a miss and does not fail`
    ),
  FED_DR_CROSS_CLOUD: (primary: string, standby: string, cloud: string) =>
    text(
      `${primary} and its standby ${standby} are both in ${cloud}, but crossCloud is required`,
      `a standby in another cloud than ${cloud}`
    ),
  FED_DR_SAME_REGION: (primary: string, standby: string, region: string) =>
    text(`${primary} and its standby ${standby} are both in ${region}`, 'a standby in another region'),
  FED_DR_ADDRESS: (names: readonly string[]) =>
    text(
      `Cloud DNS fails over between addresses, and load balancers in aws have names only: ${
        names.join(', ')
      }`,
      'dns.provider aws or azure, or a pair in gcp and azure'
    ),
  FED_DR_SELF: (name: string) => text(`${name} is its own standby`, 'another cluster'),
  FED_DR_CYCLE: (names: readonly string[]) =>
    text(
      `the pairs form a cycle: ${names.join(' -> ')}`,
      'standbys that end somewhere: none takes over, step by step, from itself'
    ),
  FED_DR_ROLE: (name: string, role: string, as: 'primary' | 'standby') =>
    text(
      `${name} has the role ${role} and cannot be a pair's ${as}`,
      as === 'primary'
        ? 'a cluster with the role primary or hub'
        : 'a cluster with the role dr or, where all are active, primary'
    ),
  FED_DR_UNPAIRED: (name: string) =>
    text(
      `${name} has the role dr but stands by for no cluster`,
      'a pair in disasterRecovery.pairs with it as standby'
    ),
  FED_DR_NODES: (nodes: number, standby: string, max: number) =>
    text(
      `failoverNodes ${nodes} is above what ${standby} may have, ${max}`,
      `at most ${max}, or larger node pools`
    ),
  FED_DR_DETECTION: (detection: number, objective: number, name: string) =>
    text(
      `detecting a failure takes ${detection} s, which is above ${name}, ${objective} s`,
      'fewer or faster probes, or a later objective'
    ),
  FED_VERSION_STEP: (cluster: string, before: string, wanted: string, next: string) =>
    text(
      `${cluster} is deployed with Kubernetes ${before}, and no cloud takes it to ${wanted} at once: ` +
        'control planes go one minor version at a time, and never back',
      next === before ? `${before} or the minor version after it` : `${next}, and ${wanted} after that`
    ),
  FED_DR_DNS: (service: string, seconds: number, objective: number, ttl: number) =>
    text(
      `a failover by ${service} takes ${seconds} s (detection, time to live and propagation), which is ` +
        `not below ${objective} s`,
      ttl > 0
        ? `dnsTtlSeconds of at most ${ttl}, faster checks or a later objective`
        : 'faster checks, dns.provider aws, which combines checks every 10 s with the probes, or a later ' +
          'objective'
    ),
  FED_RESIDENCY: (what: string, from: string, to: string) =>
    text(
      `${what} would keep data of ${from} in ${to}, which residency does not allow`,
      `a cluster in an area that residency.${from} lists, or ${to} among them`
    ),
  FED_LATENCY: (expected: number, target: number) =>
    text(`expected ${expected} ms is above the target, ${target} ms`, `at most ${target}`),
  FED_HOST: (host: string, zone: string) =>
    text(`${host} is not in the zone ${zone}`, `a name that ends in .${zone}`),
  FED_DNS_INTERVAL: (seconds: number) => text(`Route 53 has no health checks every ${seconds} s`, '10 or 30'),
  FED_BUDGET_PART: (part: string, dollars: number, whole: number) =>
    text(
      `the budget of ${part}, ${dollars}, is above that of the whole federation, ${whole}`,
      `at most ${whole}, or a larger budget.monthly`
    ),
  FED_BUDGET_UNITS: (units: number, whole: number) =>
    text(
      `the budgets of units add up to ${units}, above that of the whole federation, ${whole}`,
      `at most ${whole} together, or a larger budget.monthly`
    ),
  FED_UNKNOWN_UNIT: (id: string, known: readonly string[]) =>
    text(
      `there is no unit ${id}${near(id, known)}`,
      'a unit of the plan, {phase}.{scope}: windlass plan lists them'
    ),
  FED_BANDWIDTH: (min: number, max: number) =>
    text(`minBandwidthGbps ${min} is above maxBandwidthGbps ${max}`, `at most ${max}`),
  FED_APPROVAL_NEEDED: (needed: number, people: number) =>
    text(`${needed} approvals are needed of ${people} people`, `at most ${people}, more people, or a group`),
  FED_APPROVAL_TWICE: (phase: string, operation: string, mode: string, other: number) =>
    text(
      `${phase} has a gate for ${operation} in mode ${mode} already: approvals.gates[${other}]`,
      'one gate for a phase, operation and mode'
    ),
  FED_NOTIFICATION: (message: string, expected: string) => text(message, expected),
  FED_WINDOW: (message: string, expected: string) => text(message, expected),
  FED_SCHEDULE: (message: string, expected: string) => text(message, expected),
  FED_BACKUP: (message: string, expected: string) => text(message, expected),
  FED_MESH_ROOT: (signing: number) =>
    text(`root ${signing} signs and is not trusted`, 'one of the roots that mesh.roots.trusted lists'),
  FED_UNREADABLE_FILE: (reason: string) => text(reason, 'a file that the service may read'),
  FED_UNKNOWN_POLICY: (name: string, known: readonly string[]) =>
    text(
      `there is no policy ${name}${near(name, known)}`,
      'a policy of the pack: policies/README.md lists them'
    ),
  FED_EXCEPTION_DATE: (date: string) =>
    text(`${date} is not a day of the calendar`, 'a day such as 2027-03-31'),
  FED_EXCEPTION_EXPIRED: (policy: string, date: string) =>
    text(
      `the exception to ${policy} expired on ${date} and no longer applies`,
      'what the policy asks for, or a later date with a reason that still holds'
    ),
  FED_STACK_NAME_CUT: (name: string, length: number) =>
    text(
      `the stack ${name} would have ${length} characters, so its name is cut and ends in a hash`,
      'shorter names: 100 characters for federation, phase and scope together'
    ),
  FED_FEW_ZONES: (name: string, zones: number) =>
    text(
      `${name} has ${zones} ${zones === 1 ? 'zone' : 'zones'}`,
      'three zones, so that losing one leaves two'
    )
} as const

export type ProblemCode = keyof typeof problems

/** Findings of one file: more are not read at once, and each costs a search for near names. */
export const mostFindings = 500

/** A finding of that code at that path; the arguments are the code's own. */
export function finding<C extends ProblemCode> (
  code: C,
  path: Path,
  at: 'key' | 'value',
  ...values: Parameters<typeof problems[C]>
): Finding {
  // One function type stands for all: TypeScript cannot match a generic code with its own arguments
  // through the table.
  const describe = problems[code] as (...values: readonly unknown[]) => Text
  return { code, path, at, ...describe(...values) }
}

/** `clusters[2].nodePools[0].min`. */
export function formatPath (path: Path): string {
  return path.reduce<string>(
    (text, step) => typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`,
    ''
  )
}

const failures = {
  /** `known`: the federations that there are. */
  FED_NOT_FOUND: {
    retryable: false,
    message: ({ name, known }: { name: string, known: readonly string[] }) =>
      `there is no federation ${name}; there are: ${known.length === 0 ? 'none' : known.join(', ')}`
  },
  FED_INVALID: {
    retryable: false,
    message: ({ name, problems }: { name: string, problems: readonly Problem[] }) =>
      `the federation ${name} has ${problems.length} errors in its file`
  },
  FED_UNREADABLE: {
    retryable: true,
    message: ({ path, reason }: { path: string, reason: string }) => `${path} cannot be read: ${reason}`
  },
  FED_TOO_MANY: {
    retryable: false,
    message: ({ folder, limit, bytes }: { folder: string, limit: number, bytes: number }) =>
      `${folder} holds more than ${limit} YAML files, or more than ${bytes} bytes of them: move some ` +
      'elsewhere'
  }
} as const

/** Thrown when there is no federation to be had. */
export const FederationError = defineErrors('FederationError', 'FED_', failures)
