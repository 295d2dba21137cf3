/** Expectations of scenarios in words, and verdicts on how a run went. Pure. */
import { type DeploymentScenario, type Expectation } from '../../contract/scenario.ts'
import { matchesName } from '../../contract/text/names.ts'
import { type DeploymentStatus } from '../../contract/words.ts'

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
}

/** Differences that are told one by one: more say the same. */
const most = 20

const list = (texts: readonly string[]): string => texts.join(', ')

const recoveries = {
  resume: 'a resume then succeeds',
  'recover-and-resume': 'a resume after the world has recovered succeeds'
} as const

/** Says what a scenario expects. */
export function expectedText ({ status, failed, retried, says, recovery }: Expectation): string {
  return [
    `the deployment ${status === 'succeeded' ? 'succeeds' : 'fails'}`,
    ...(failed ? [`${list(failed)} fail, and nothing else does`] : []),
    ...(retried ? [`${list(retried)} are tried again`] : []),
    ...(says ? [`what failed says ${list(says.map((text) => JSON.stringify(text)))}`] : []),
    ...(recovery ? [recoveries[recovery]] : [])
  ].join('; ')
}

/** Judges a run that has ended; the differences are empty when all is as expected. */
export function scenarioDifferences (expect: Expectation, run: ScenarioRun): string[] {
  const { status, failed, retried = [], says = [] } = expect
  const broken = run.units.filter(({ error }) => error !== undefined)
  const strangers = failed
    ? broken.filter(({ id }) => !failed.some((pattern) => matchesName(pattern, id)))
    : []
  return [
    ...(run.status === status ? [] : [`it ${run.status}, expected that it ${status}`]),
    ...strangers.map(({ id, error = '' }) => `${id} failed too: ${error}`),
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
    )
  ].slice(0, most)
}

/** The scenario of a deployment on the wire. */
export function shownScenario (
  { name, title, expect }: { name: string, title: string, expect: Expectation },
  differences: readonly string[] | null
): DeploymentScenario {
  return {
    name,
    title,
    expected: expectedText(expect),
    ...(differences && { asExpected: differences.length === 0 }),
    ...(differences && differences.length > 0 && { differences: [...differences] })
  }
}
