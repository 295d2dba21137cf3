import type { Deployment } from '../../api/client.ts'
import { Note } from '../../ui/note.tsx'

/** The scenario of a rehearsal, and whether it went as expected. */
export function ScenarioNote ({ scenario }: Pick<Deployment, 'scenario'>) {
  if (!scenario) return null
  const { name, title, expected, asExpected, differences = [] } = scenario
  const state = asExpected === undefined ? 'running' : asExpected ? 'succeeded' : 'failed'
  const verdict = asExpected === undefined
    ? 'Expected'
    : asExpected
    ? 'It went as expected'
    : 'It did not go as expected, which was'
  return (
    <Note state={state}>
      <p>
        Scenario <b>{title}</b> (<code>{name}</code>). {verdict}: {expected}.
        {differences.length > 0 && ' But:'}
      </p>
      {differences.length > 0 && (
        <ul className='hint'>{differences.map((difference) => <li key={difference}>{difference}</li>)}</ul>
      )}
    </Note>
  )
}
