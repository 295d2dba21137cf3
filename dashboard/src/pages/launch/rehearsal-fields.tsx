import { deployments as deploymentsResource } from '../../api/queries.ts'
import { useResource } from '../../api/resource.ts'
import { worldsOf } from '../../model/place.ts'
import { Card } from '../../ui/card.tsx'
import { Field, Input } from '../../ui/field.tsx'
import type { FieldsProps } from './deployment-fields.tsx'
import { Faults } from './faults.tsx'
import { ScenarioField } from './scenario-field.tsx'

function WorldField ({ draft: { federation, world }, change }: FieldsProps) {
  const used = worldsOf(useResource(deploymentsResource).data ?? [], federation)
  return (
    <>
      <Field
        label='World'
        hint='One isolated set of simulated clouds; fresh is made for this deployment and dropped after it.'
      >
        <Input
          list='worlds'
          value={world}
          onChange={(value) => {
            change({ world: value })
          }}
        />
      </Field>
      <datalist id='worlds'>
        {[...new Set(['default', 'fresh', ...used])].map((one) => <option key={one} value={one} />)}
      </datalist>
    </>
  )
}

/** World, speed, seed and faults of a rehearsal. */
export function RehearsalFields ({ draft, change, clusters }: FieldsProps & { clusters: readonly string[] }) {
  return (
    <Card title='Rehearsal'>
      <div className='stack'>
        <div className='fields'>
          <WorldField draft={draft} change={change} />
          <Field label='Time scale' hint='Real seconds per simulated second; 0 is as fast as possible.'>
            <Input
              inputMode='decimal'
              value={draft.timeScale}
              onChange={(timeScale) => {
                change({ timeScale })
              }}
            />
          </Field>
          <Field label='Seed' hint='Decides everything that is random.'>
            <Input
              inputMode='numeric'
              value={draft.seed}
              onChange={(seed) => {
                change({ seed })
              }}
            />
          </Field>
        </div>
        <ScenarioField draft={draft} change={change} />
        <div className='field'>
          <span className='label'>Faults</span>
          <Faults
            faults={draft.faults}
            clusters={clusters}
            onChange={(faults) => {
              change({ faults })
            }}
          />
        </div>
      </div>
    </Card>
  )
}
