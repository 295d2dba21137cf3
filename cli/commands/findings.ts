import { type Command } from 'commander'
import { exitCodes } from '../errors.ts'
import { changeLines } from '../view/changes.ts'
import { driftLines } from '../view/drift.ts'
import { findingLines } from '../view/findings.ts'
import { validationLines } from '../view/validation.ts'
import { clientOf, common, printLines, type CommonOptions, type Context } from './common.ts'

export function changesCommand (program: Command, { io }: Context): void {
  common(program.command('changes <deployment>'), io)
    .description('show the resources that were changed, or that a preview would change, property by property')
    .option('--unit <unit>', 'only those of this unit')
    .action(async (id: string, options: CommonOptions & { unit?: string }) => {
      const changes = await clientOf(options, io).changes(id, options.unit)
      const lines = changeLines(changes)
      printLines(io, options, changes, () => lines.length === 0 ? ['no changes'] : lines)
    })
}

export function findingsCommand (program: Command, { io }: Context): void {
  common(program.command('findings <deployment>'), io)
    .description('show what policies found, or what a drift check found')
    .option('--all', 'of a drift check: computed values too, and what is ignored', false)
    .action(async (id: string, options: CommonOptions & { all: boolean }) => {
      const client = clientOf(options, io)
      const deployment = await client.deployment(id)
      if (deployment.operation === 'drift-check') {
        const drift = await client.drift(id)
        return printLines(io, options, drift, () => driftLines(deployment, drift, options.all))
      }
      const findings = await client.policyFindings(id)
      printLines(
        io,
        options,
        findings,
        () => findings.length === 0 ? ['no findings'] : findingLines(findings)
      )
    })
}

export function validationCommand (program: Command, { io, exit }: Context): void {
  common(program.command('validation <deployment>'), io)
    .description('show the report of phase 8; exits with 1 unless all required checks passed')
    .option('--all', 'every check, not only those that were measured or failed', false)
    .action(async (id: string, options: CommonOptions & { all: boolean }) => {
      const report = await clientOf(options, io).validation(id)
      if (!report.passed) exit(exitCodes.failed)
      printLines(io, options, report, () => validationLines(report, options.all))
    })
}
