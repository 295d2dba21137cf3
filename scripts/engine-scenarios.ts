/**
 * Scenarios of a federation of two clusters on one engine, and the service's reports of them:
 * previews, policy violations, a failing resource, a refresh, a cancel, a killed engine, a destroy.
 * `test-engine.ts` compares the reports of both engines.
 */
import { execFileSync } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { type Client } from '../cli/client.ts'
import { type Deployment } from '../contract/deployment.ts'
import { ofType, type Event } from '../contract/event.ts'
import { type LaunchRequest } from '../contract/launch.ts'
import { type PolicyFinding } from '../contract/policy-finding.ts'
import { endedStatuses } from '../contract/words.ts'

export const twoClusters = ['nautilus-hub-us-west', 'nautilus-hub-eu-central']
/**
 * The same clusters under another name, with two policies that they violate without their
 * exceptions for tuned nodes. One of the two is advisory.
 */
export const strict = {
  name: 'strict',
  policies: { enforcement: { 'kubernetes-unprivileged': 'advisory' }, exceptions: [] }
}

/** A report by the names of its parts: JSON that is equal for any two runs of one engine. */
export type Report = Record<string, unknown>

export interface ScenarioContext {
  client: Client
  engine: 'pulumi' | 'rehearsal'
  servicePid: number
  signal: AbortSignal
}

const slowCluster = 'aws:eks/cluster:Cluster'
const phases = { from: 1, to: 3 }
const over = ({ status }: Deployment): boolean => endedStatuses.includes(status)

async function untilOver ({ client, signal }: ScenarioContext, id: string, after = 0): Promise<Deployment> {
  for (;;) {
    const deployment = await client.deployment(id)
    if (over(deployment) && deployment.lastEvent > after) return deployment
    await delay(200, undefined, { signal })
  }
}

async function eventsOf (client: Client, id: string): Promise<Event[]> {
  const events: Event[] = []
  for (;;) {
    const { items, next } = await client.eventPage(id, events.at(-1)?.seq ?? 0)
    events.push(...items)
    if (next === undefined) return events
  }
}

/** Number of each line: lines of one place come in any order. */
function counted (lines: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const line of lines) counts[line] = (counts[line] ?? 0) + 1
  return counts
}

/** Findings of the policies, counted. */
export function findingsOf (findings: readonly PolicyFinding[]): Record<string, number> {
  return counted(
    findings.map(({ unit, policy, enforcement, urn, message }) =>
      `${unit} ${policy} ${enforcement} ${urn ?? ''} ${message}`
    )
  )
}

/**
 * Everything about a deployment: units, findings, diagnostics, and each resource's events in order.
 */
async function reportOf (context: ScenarioContext, id: string): Promise<Report> {
  const { client } = context
  const [{ status, error, resourceChanges }, units, findings, events] = [
    await client.deployment(id),
    await client.units(id),
    await client.policyFindings(id),
    await eventsOf(client, id)
  ]
  const resources: Record<string, string[]> = {}
  for (const event of ofType(events, 'resource.started', 'resource.succeeded', 'resource.failed')) {
    const { type, unit, urn, op } = event
    ;(resources[`${unit} ${urn.split('::').slice(2).join('::')}`] ??= []).push(
      `${type} ${op}${type === 'resource.failed' ? ` ${event.message}` : ''}`
    )
  }
  return {
    deployment: { status, error, resourceChanges },
    units: Object.fromEntries(
      units.map((
        unit
      ) => [unit.id, {
        status: unit.status,
        attempt: unit.attempt,
        reason: unit.reason,
        error: unit.error,
        resourceChanges: unit.resourceChanges,
        outputs: Object.keys(unit.outputs).sort(),
        cost: unit.cost?.monthly
      }])
    ),
    findings: findingsOf(findings),
    diagnostics: counted(
      ofType(events, 'diagnostic').map(({ unit, severity, urn, message }) =>
        `${unit} ${severity} ${String(urn)} ${message}`
      )
    ),
    resources
  }
}

/** The end of a deployment that was cut off at some moment: how far it came is chance. */
async function endOf ({ client }: ScenarioContext, { id, status, error }: Deployment): Promise<Report> {
  const units = await client.units(id)
  return {
    status,
    error,
    units: Object.fromEntries(units.map((unit) => [unit.id, [unit.status, unit.reason, unit.error]]))
  }
}

async function launch (context: ScenarioContext, body: LaunchRequest): Promise<string> {
  return (await context.client.launch(body, `scenario-${context.engine}-${Date.now()}-${Math.random()}`)).id
}
async function run (context: ScenarioContext, body: LaunchRequest): Promise<Report> {
  const id = await launch(context, body)
  await untilOver(context, id)
  return await reportOf(context, id)
}

/** Launches with slow clouds; resolves when the slow creation has begun. */
async function launchSlowly (context: ScenarioContext, world: string): Promise<string> {
  // At a fiftieth of the real durations the control plane takes about twelve seconds.
  const id = await launch(context, {
    federation: 'nautilus',
    operation: 'up',
    phases: { from: 1, to: 2 },
    clusters: ['nautilus-hub-us-west'],
    rehearsal: { world, timeScale: 0.02 }
  })
  for (;;) {
    const events = await eventsOf(context.client, id)
    if (
      events.some((event) =>
        event.type === 'resource.started' && JSON.stringify(event['resource']).includes(slowCluster)
      )
    ) return id
    const deployment = await context.client.deployment(id)
    if (over(deployment)) {
      throw new Error(
        `the deployment was over before its slow creation began: ${JSON.stringify(deployment.error)}`
      )
    }
    await delay(100, undefined, { signal: context.signal })
  }
}

/**
 * Processes that run the engine: CLIs that work on a stack, or unit hosts, in which it is built in.
 */
function enginesOf ({ engine, servicePid }: ScenarioContext): number[] {
  const all = execFileSync('ps', ['-e', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' }).trim().split('\n')
    .map((line) => {
      const [pid = '', parent = '', ...args] = line.trim().split(/\s+/)
      return { pid: Number(pid), parent: Number(parent), args: args.join(' ') }
    })
  const hosts = all.filter(({ parent, args }) =>
    parent === servicePid && args.includes('service/unit-host.ts')
  )
    .map(({ pid }) => pid)
  return engine === 'rehearsal'
    ? hosts
    : all.filter(({ parent, args }) => hosts.includes(parent) && / (up|destroy|refresh) /.test(args)).map((
      { pid }
    ) => pid)
}

async function failing (context: ScenarioContext): Promise<Record<string, Report>> {
  const rehearsal = {
    world: 'failing',
    faults: [{
      kind: 'fail' as const,
      type: 'aws:ec2/natGateway:NatGateway',
      name: 'nautilus-hub-us-west-nat-b',
      operation: 'create' as const,
      times: 1,
      message: 'no room for a gateway'
    }]
  }
  const id = await launch(context, {
    federation: 'nautilus',
    operation: 'up',
    phases: { from: 1, to: 2 },
    rehearsal
  })
  const failed = await untilOver(context, id)
  const first = await endOf(context, failed)
  await context.client.resume(id)
  await untilOver(context, id, failed.lastEvent + 2)
  return {
    'a failing resource': first,
    'the resume after it': await endOf(context, await context.client.deployment(id))
  }
}

async function canceled (context: ScenarioContext): Promise<Record<string, Report>> {
  const id = await launchSlowly(context, 'canceled')
  await context.client.cancel(id)
  const ended = await untilOver(context, id)
  const first = await endOf(context, ended)
  await context.client.resume(id)
  return {
    'a cancel during a slow creation': first,
    'the resume after the cancel': await endOf(context, await untilOver(context, id, ended.lastEvent + 2))
  }
}

async function killed (context: ScenarioContext): Promise<Record<string, Report>> {
  const id = await launchSlowly(context, 'killed')
  const pids = enginesOf(context)
  if (pids.length === 0) throw new Error('no engine was found at work')
  for (const pid of pids) process.kill(pid, 'SIGKILL')
  const ended = await untilOver(context, id)
  const interrupted = ofType(await eventsOf(context.client, id), 'unit.interrupted')
    .map(({ unit, reason }) => `${unit} ${reason}`)
  return { 'kill -9 during a slow creation': { ...await endOf(context, ended), interrupted } }
}

const plain = { federation: 'nautilus', phases, rehearsal: { world: 'plain' } }
const violating = { federation: strict.name, phases, rehearsal: { world: 'strict' } }
const one = (title: string, body: LaunchRequest) =>
async (
  context: ScenarioContext
): Promise<Record<string, Report>> => ({
  [title]: await run(context, body)
})

/** Scenarios in order: the later ones of a world build on the earlier ones. */
const scenarios = {
  killed,
  canceled,
  failing,
  preview: one('a preview of clusters that are not deployed', { ...plain, operation: 'preview' }),
  up: one('the deployment', { ...plain, operation: 'up' }),
  again: one('the same again', { ...plain, operation: 'up' }),
  changes: one('a preview of clusters that are deployed', { ...plain, operation: 'preview' }),
  refresh: one('a refresh', { ...plain, operation: 'refresh' }),
  judged: one('policies that are violated, in a preview', { ...violating, operation: 'preview' }),
  violating: one('policies that are violated', { ...violating, operation: 'up' }),
  destroy: one('the destroy', { ...plain, operation: 'destroy' })
}

/** Runs all scenarios, or those whose names are given. Resolves with their reports by title. */
export async function runScenarios (
  context: ScenarioContext,
  names: readonly string[] = []
): Promise<Record<string, Report>> {
  const unknown = names.filter((name) => !(name in scenarios))
  if (unknown.length > 0) {
    throw new RangeError(
      `there is no scenario ${unknown.join(', ')}: expected some of ${Object.keys(scenarios).join(', ')}`
    )
  }
  const reports: Record<string, Report> = {}
  for (const [name, scenario] of Object.entries(scenarios)) {
    if (names.length > 0 && !names.includes(name)) continue
    Object.assign(reports, await scenario(context))
    console.log(`${context.engine}: ${name}`)
  }
  return reports
}
