/** Faults on command: which one hits an operation, and how often it may. */
import { createHash } from 'node:crypto'
import { type CloudStore } from '../store.ts'
import { type Operation, type PackageModel } from './model.ts'

/**
 * What goes wrong, and where; a field that is absent matches everything. As in the launch body of a
 * deployment.
 */
export interface Fault {
  cloud?: 'aws' | 'gcp' | 'azure' | 'kubernetes'
  region?: string
  /** Federation cluster: matches what is done by a unit that concerns it. */
  cluster?: string
  /** Pulumi type token; `*` stands for any characters. */
  type?: string
  /** The URN's name; `*` stands for any characters. */
  name?: string
  operation?: Operation
  /** `missing` and `changed` happen to the resource that is read, from elsewhere, and stay. */
  kind: 'fail' | 'throttle' | 'quota' | 'slow' | 'missing' | 'changed'
  /** Fires this many times, over retries, units and restarts of the process; always when absent. */
  times?: number
  /** Instead of the cloud's own words about what is wrong. */
  message?: string
  /** Of `changed`: which property, and what it is from now on. */
  property?: string
  value?: unknown
}

/** What an operation is about. */
export interface FaultSubject {
  pkg: PackageModel['pkg']
  cloud: PackageModel['cloud']
  region: string
  clusters: string[]
  type: string
  name: string
  operation: Operation
}

/** Whether a pattern with `*` matches the whole text. */
export function globMatches (pattern: string, text: string): boolean {
  if (!pattern.includes('*')) return pattern === text
  return new RegExp(
    `^${pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`
  ).test(text)
}

/** Whether it changes what is there rather than what a call sees. */
export function fromOutside ({ kind }: Fault): boolean {
  return kind === 'missing' || kind === 'changed'
}

/** Whether a fault concerns an operation. */
export function faultMatches (fault: Fault, subject: FaultSubject): boolean {
  return (!fromOutside(fault) || subject.operation === 'read') &&
    (fault.cloud === undefined || fault.cloud === subject.cloud) &&
    (fault.region === undefined || fault.region === subject.region) &&
    (fault.cluster === undefined || subject.clusters.includes(fault.cluster)) &&
    (fault.type === undefined || globMatches(fault.type, subject.type)) &&
    (fault.name === undefined || globMatches(fault.name, subject.name)) &&
    (fault.operation === undefined || fault.operation === subject.operation)
}

/**
 * The key that a fault's firings are counted under: its place in the list keeps equal faults apart.
 */
export function faultKey (fault: Fault, index: number, deployment: string): string {
  const text = JSON.stringify(
    Object.entries(fault).filter(([, value]) => value !== undefined).sort(([a], [b]) => a < b ? -1 : 1)
  )
  return `${deployment}:${index}:${createHash('sha256').update(text).digest('hex').slice(0, 16)}`
}

/**
 * The first fault in the list that hits an operation, its firing counted. Of several that match,
 * one that has been used up lets the next one try.
 */
export async function hitBy (
  faults: Fault[],
  subject: FaultSubject,
  store: CloudStore,
  deployment: string
): Promise<Fault | undefined> {
  for (const [index, fault] of faults.entries()) {
    if (!faultMatches(fault, subject)) continue
    if (
      fault.times === undefined || await store.countFault(faultKey(fault, index, deployment)) < fault.times
    ) return fault
  }
  return undefined
}
