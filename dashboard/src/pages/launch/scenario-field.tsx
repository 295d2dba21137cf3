import { scenarios as scenariosResource } from '../../api/queries.ts'
import { useResource } from '../../api/resource.ts'
import { Select } from '../../ui/select.tsx'
import type { FieldsProps } from './deployment-fields.tsx'

/** Chooses a scenario of the rehearsal, and says what is expected of it. */
export function ScenarioField ({ draft: { scenario }, change }: FieldsProps) {
  const { items = [] } = useResource(scenariosResource).data ?? {}
  const usable = items.filter(({ problem }) => problem === undefined)
  const chosen = usable.find(({ name }) => name === scenario)
  // An address may name one that is not there: the service says so.
  const options = [
    { value: '', title: 'none' },
    ...usable.map(({ name, title }) => ({ value: name, title: `${title} (${name})` })),
    ...(scenario !== '' && !chosen ? [{ value: scenario, title: scenario }] : [])
  ]
  return (
    <div className='field'>
      <label className='field'>
        <span className='label'>Scenario</span>
        <Select
          value={scenario}
          options={options}
          onChange={(value) => {
            change({ scenario: value })
          }}
        />
      </label>
      {chosen && <p className='hint'>{chosen.about} Expected: {chosen.expected}.</p>}
    </div>
  )
}
