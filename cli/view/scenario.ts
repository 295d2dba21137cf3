/** Scenarios of rehearsals for people. Pure. */
import { type DeploymentScenario, type Scenario } from '../../contract/scenario.ts'
import { table } from './text.ts'

/** The scenarios that there are, and what is expected of each. */
export function scenarioLines (scenarios: readonly Scenario[]): string[] {
  return scenarios.length === 0
    ? ['no scenarios']
    : table(
      ['NAME', 'TITLE', 'EXPECTED'],
      scenarios.map(({ name, title, expected, problem }) =>
        problem === undefined
          ? [name, title, expected]
          : [name, 'cannot be used', problem.replaceAll('\n', ' ')]
      )
    )
}

/** Says how a deployment's scenario went; nothing of a deployment without one. */
export function scenarioResultLines (scenario: DeploymentScenario | undefined): string[] {
  if (!scenario) return []
  const { name, expected, asExpected, differences = [] } = scenario
  return asExpected === undefined
    ? [`scenario ${name}: expected: ${expected}`]
    : asExpected
    ? [`scenario ${name}: as expected: ${expected}`]
    : [
      `scenario ${name}: NOT as expected: ${expected}`,
      ...differences.map((difference) => `  ${difference}`)
    ]
}
