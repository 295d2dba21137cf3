import { Option, type Command } from 'commander'
import { type Deployment } from '../../contract/deployment.ts'
import { lastPhase, modes, operations, orderings } from '../../contract/words.ts'
import { exitCodes } from '../errors.ts'
import { print, printJson } from '../io.ts'
import { changeLines } from '../view/changes.ts'
import { driftLines, driftSummary } from '../view/drift.ts'
import { findingLines } from '../view/findings.ts'
import { gateLines } from '../view/gate.ts'
import { deploymentCostLines, planCostLines } from '../view/money.ts'
import { duration, harmless, table } from '../view/text.ts'
import { validationLines } from '../view/validation.ts'
import { reportLines } from '../view/window.ts'
import {
  checkRange,
  clientOf,
  common,
  list,
  wholeNumber,
  type CommonOptions,
  type Context
} from './common.ts'

interface PlanOptions extends CommonOptions {
  operation?: string
  from?: number
  to?: number
  clusters?: string[]
  ordering?: string
  parallelism?: number
}

/** federations, plan, status, findings, validation and state. */
export function readCommands (program: Command, { io, exit }: Context): void {
  common(program.command('federations'), io).description('list what can be deployed').action(
    async (options: CommonOptions) => {
      const items = await clientOf(options, io).federations()
      if (options.json) return printJson(io.stdout, items)
      print(
        io.stdout,
        table(
          ['NAME', 'CLUSTERS', 'FILE', 'VALID'],
          items.map((
            item
          ) => [
            item.name,
            String(item.clusters ?? ''),
            item.file,
            item.valid ? 'yes' : `no, ${item.errors?.length ?? 0} mistakes`
          ])
        )
      )
      for (
        const { file, line, column, path, message, expected } of items.flatMap((item) => item.errors ?? [])
      ) print(io.stdout, harmless(`${file}:${line}:${column} ${path} ${message}: expected ${expected}`))
    }
  )

  common(program.command('plan <federation>'), io)
    .description('show the units, their predicted schedule and the critical path')
    .addOption(new Option('--operation <operation>', 'what to plan').choices(operations))
    .option('--from <phase>', 'first phase', wholeNumber(1, lastPhase))
    .option('--to <phase>', 'last phase', wholeNumber(1, lastPhase))
    .option('--clusters <names>', 'only these clusters, with commas between them', list)
    .addOption(
      new Option('--ordering <ordering>', 'phase by phase, or each unit as soon as it can').choices(orderings)
    )
    .option(
      '--parallelism <units>',
      'units at once (default: as many as the service has unit hosts)',
      wholeNumber(1, 64)
    )
    .action(async (federation: string, options: PlanOptions) => {
      const { operation, from, to, clusters, ordering, parallelism } = options
      checkRange(from, to)
      const plan = await clientOf(options, io).plan(federation, {
        operation,
        from,
        to,
        ordering,
        parallelism,
        clusters: clusters?.join(',')
      })
      if (options.json) return printJson(io.stdout, plan)
      const critical = new Set(plan.criticalPath)
      print(
        io.stdout,
        table(
          ['', 'UNIT', 'PHASE', 'START', 'DURATION'],
          plan.units.map((
            { id, phase, predicted }
          ) => [
            critical.has(id) ? '*' : '',
            id,
            String(phase),
            duration(predicted.start),
            duration(predicted.seconds)
          ])
        )
      )
      const target = plan.targetSeconds === undefined
        ? ''
        : `, target ${duration(plan.targetSeconds)}: ${plan.meetsTarget ? 'met' : 'missed'}`
      print(
        io.stdout,
        `\n${plan.units.length} units, ${duration(plan.makespanSeconds)} predicted with ` +
          `${plan.parallelism} at once${target}. * is on the critical path.`
      )
      print(io.stdout, harmless(planCostLines(plan).join('\n')))
      for (const { file, line, column, path, message, expected } of plan.warnings) {
        print(
          io.stdout,
          harmless(`warning: ${file}:${line}:${column} ${path} ${message}: better ${expected}`)
        )
      }
    })

  common(program.command('changes <deployment>'), io)
    .description('show which resources were changed and in what, or in a preview would be')
    .option('--unit <unit>', 'only those of this unit')
    .action(async (id: string, options: CommonOptions & { unit?: string }) => {
      const changes = await clientOf(options, io).changes(id, options.unit)
      if (options.json) return printJson(io.stdout, changes)
      const lines = changeLines(changes)
      print(io.stdout, lines.length === 0 ? 'no changes' : lines.join('\n'))
    })

  common(program.command('windows <federation>'), io).description('show when what is live may be changed')
    .action(async (federation: string, options: CommonOptions) => {
      const report = await clientOf(options, io).windows(federation)
      if (options.json) return printJson(io.stdout, report)
      for (const line of reportLines(report)) print(io.stdout, line)
    })

  common(program.command('status [deployment]'), io).description('show a deployment, or the deployments')
    .action(async (id: string | undefined, options: CommonOptions) => {
      const client = clientOf(options, io)
      if (id !== undefined) {
        const deployment = await client.deployment(id)
        return options.json
          ? printJson(io.stdout, deployment)
          : print(io.stdout, harmless(statusOf(deployment)))
      }
      const { items } = await client.deployments(100)
      if (options.json) return printJson(io.stdout, items)
      print(
        io.stdout,
        table(
          ['DEPLOYMENT', 'FEDERATION', 'OPERATION', 'MODE', 'STATUS', 'CREATED'],
          items.map((
            item
          ) => [
            item.id,
            item.federation,
            item.operation,
            item.world === undefined ? item.mode : `${item.mode} in ${item.world}`,
            item.status,
            item.createdAt
          ])
        )
      )
    })

  common(program.command('findings <deployment>'), io).description(
    'show what policies found, or a drift check'
  ).option('--all', 'of a drift check: also computed values, and what is ignored', false).action(
    async (id: string, options: CommonOptions & { all: boolean }) => {
      const client = clientOf(options, io)
      const deployment = await client.deployment(id)
      if (deployment.operation === 'drift-check') {
        const drift = await client.drift(id)
        if (options.json) return printJson(io.stdout, drift)
        for (const line of driftLines(deployment, drift, options.all)) print(io.stdout, line)
        return
      }
      const findings = await client.policyFindings(id)
      if (options.json) return printJson(io.stdout, findings)
      for (const line of findings.length === 0 ? ['no findings'] : findingLines(findings)) {
        print(io.stdout, line)
      }
    }
  )

  common(program.command('validation <deployment>'), io)
    .description('show what phase 8 found; exits 1 unless all required checks passed')
    .option('--all', 'every check, not only what was measured or failed')
    .action(async (id: string, options: CommonOptions & { all?: boolean }) => {
      const report = await clientOf(options, io).validation(id)
      if (!report.passed) exit(exitCodes.failed)
      if (options.json) return printJson(io.stdout, report)
      for (const line of validationLines(report, options.all ?? false)) print(io.stdout, line)
    })

  common(program.command('state <federation> <stack>'), io)
    .description("export a stack's state, as `pulumi stack export` does")
    .addOption(new Option('--mode <mode>', 'of rehearsals or live').choices(modes))
    .option('--world <name>', 'the world it was rehearsed in')
    .action(
      async (
        federation: string,
        stack: string,
        options: CommonOptions & { mode?: string, world?: string }
      ) => {
        printJson(
          io.stdout,
          await clientOf(options, io).state(federation, stack, { mode: options.mode, world: options.world }),
          !options.json
        )
      }
    )
}

/** A deployment for people. */
function statusOf (deployment: Deployment): string {
  const { create, update, delete: removed, replace, same } = deployment.resourceChanges
  return [
    `${deployment.id}  ${deployment.federation} ${deployment.operation} (${
      deployment.world === undefined ? deployment.mode : `${deployment.mode} in ${deployment.world}`
    })  ${deployment.status}${deployment.position === undefined ? '' : `, position ${deployment.position}`}`,
    table(
      ['PHASE', '', 'STATUS', 'SUCCEEDED', 'FAILED', 'RUNNING', 'SKIPPED'],
      deployment.phases.map((
        { number, name, status, units }
      ) => [
        String(number),
        name,
        status,
        `${units.succeeded} of ${units.total}`,
        String(units.failed),
        String(units.running),
        String(units.skipped)
      ])
    ),
    `resources: ${create} created, ${update} updated, ${replace} replaced, ${removed} deleted, ${same} ` +
    'unchanged',
    ...(deployment.drift ? [driftSummary(deployment.drift)] : []),
    ...gateLines(deployment),
    ...deploymentCostLines(deployment),
    ...(deployment.error ? [`error: ${deployment.error.message} (${deployment.error.code})`] : [])
  ].join('\n')
}
