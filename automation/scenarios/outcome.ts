/** Expectations of scenarios in words, and verdicts on how a run went. Pure. */
import { type Aging } from '../../contract/aging.ts'
import { type DeploymentScenario, type Expectation } from '../../contract/scenario.ts'
import { matchesName } from '../../contract/text/names.ts'
import { type DeploymentStatus } from '../../contract/words.ts'

/** Years of a world after a deployment: what it went through, or why it did not. */
export type ScenarioAging = { readonly aging: Aging } | { readonly refused: string }

/** The end of a deployment's first run, as a scenario judges it. */
export interface ScenarioRun {
  readonly status: DeploymentStatus
  readonly units: readonly {
    readonly id: string
    /** Attempts that were started. */
    readonly attempt: number
    /** Message of the failure; absent: it did not fail. */
    readonly error?: string
  }[]
  /** Absent: the scenario does not make the world older, or the run did not succeed. */
  readonly aged?: ScenarioAging
}

/** Differences that are told one by one: more say the same. */
const most = 20

const list = (texts: readonly string[]): string => texts.join(', ')

const recoveries = {
  resume: 'a resume then succeeds',
  'recover-and-resume': 'a resume after the world has recovered succeeds'
} as const

/** Says what a scenario expects, of so many days after the deployment too. */
export function expectedText (
  { status, failed, retried, says, recovery, breaks = [] }: Expectation,
  age?: number
): string {
  return [
    `the deployment ${status === 'succeeded' ? 'succeeds' : 'fails'}`,
    ...(failed ? [`${list(failed)} fail, and nothing else does`] : []),
    ...(retried ? [`${list(retried)} are tried again`] : []),
    ...(says ? [`what failed says ${list(says.map((text) => JSON.stringify(text)))}`] : []),
    ...(recovery ? [recoveries[recovery]] : []),
    ...(age === undefined
      ? []
      : [`${age} days later ${breaks.length === 0 ? 'nothing has broken' : `${list(breaks)} is told`}`])
  ].join('; ')
}

/** Judges a run that has ended; the differences are empty when all is as expected. */
export function scenarioDifferences (expect: Expectation, run: ScenarioRun): string[] {
  const { status, failed, retried = [], says = [] } = expect
  const broken = run.units.filter(({ error }) => error !== undefined)
  // Whatever fails where all was to succeed is named, too.
  const mayFail = failed ?? (status === 'succeeded' ? [] : ['*'])
  const strangers = broken.filter(({ id }) => !mayFail.some((pattern) => matchesName(pattern, id)))
  return [
    ...(run.status === status ? [] : [`it ${run.status}, expected that it ${status}`]),
    ...strangers.map(({ id, error = '' }) => `${id} failed${failed ? ' too' : ''}: ${error}`),
    ...(failed ?? []).filter((pattern) => !broken.some(({ id }) => matchesName(pattern, id))).map((pattern) =>
      `no unit ${pattern} failed`
    ),
    ...retried.filter((pattern) =>
      !run.units.some(({ id, attempt }) => attempt > 1 && matchesName(pattern, id))
    )
      .map(
        (pattern) => `no unit ${pattern} was tried again`
      ),
    ...says.filter((text) => !broken.some(({ error = '' }) => error.includes(text))).map((text) =>
      `no failed unit says ${JSON.stringify(text)}`
    ),
    ...(run.aged ? agingDifferences(expect.breaks ?? [], run.aged) : [])
  ].slice(0, most)
}

/** Compares what broke over time; that a version is no longer supported may be told besides. */
function agingDifferences (expected: readonly string[], aged: ScenarioAging): string[] {
  if ('refused' in aged) return [aged.refused]
  const { days, findings } = aged.aging
  const strangers = findings.filter(({ code, effect }) =>
    effect !== 'unsupported' && !expected.includes(code)
  )
  return [
    ...strangers.map(({ code, day, unit = '', message }) =>
      `day ${day}: ${code}${unit && ` of ${unit}`}: ${message}`
    ),
    ...expected.filter((code) => !findings.some((one) => one.code === code)).map((code) =>
      `nothing is told as ${code} within ${days} days`
    )
  ]
}

/** The scenario of a deployment on the wire. */
export function shownScenario (
  { name, title, expect, age }: { name: string, title: string, expect: Expectation, age?: number },
  differences: readonly string[] | null
): DeploymentScenario {
  return {
    name,
    title,
    expected: expectedText(expect, age),
    ...(differences && { asExpected: differences.length === 0 }),
    ...(differences && differences.length > 0 && { differences: [...differences] })
  }
}
