import {
  approvalRequests,
  modes,
  orderings,
  orphanOperations,
  type Operation
} from '../../../../contract/words.ts'
import { federations as federationsResource } from '../../api/queries.ts'
import { useResource } from '../../api/resource.ts'
import type { Draft } from '../../model/launch-draft.ts'
import { phases } from '../../model/phases.ts'
import { Card } from '../../ui/card.tsx'
import { Check, Choice, Field, Input } from '../../ui/field.tsx'
import { Select } from '../../ui/select.tsx'
import { ClusterChoice } from './cluster-choice.tsx'

export interface FieldsProps {
  draft: Draft
  change: (changes: Partial<Draft>) => void
}

/** Operations with what each does, in the order in which they are offered. */
const operationHints: Record<Operation, string> = {
  up: 'Creates and changes what the federation file asks for.',
  preview: 'Shows what an up would change, and changes nothing.',
  'drift-check': 'Compares the state with the clouds, and changes neither.',
  refresh: 'Updates the state from the clouds.',
  destroy: 'Deletes what is deployed, last phase first.'
}
const offered = Object.keys(operationHints) as Operation[]

function Kind ({ draft: { mode, operation }, change }: FieldsProps) {
  return (
    <>
      <div className='row wide-gap'>
        <Choice
          legend='Mode'
          value={mode}
          values={modes}
          onChange={(value) => {
            change({ mode: value })
          }}
        />
        <Choice
          legend='Operation'
          value={operation}
          values={offered}
          onChange={(value) => {
            change({ operation: value })
          }}
        />
      </div>
      <p className='hint'>
        {mode === 'live'
          ? 'Acts on real clouds and costs real money. '
          : 'Acts on simulated clouds: needs no cloud account, changes nothing real. '}
        {operationHints[operation]}
      </p>
    </>
  )
}

const phaseOptions = phases.map(({ number, title }) => ({
  value: String(number),
  title: `${number} ${title}`
}))

function Extent ({ draft: { federation, from, to, parallelism }, change }: FieldsProps) {
  const federations = useResource(federationsResource).data ?? []
  return (
    <div className='fields'>
      <Field label='Federation'>
        <Select
          value={federation}
          required
          options={[
            { value: '', title: 'choose…' },
            ...federations.map(({ name, valid, deployed }) => ({
              value: name,
              title: valid ? name : deployed ? `${name} (has no file)` : `${name} (has errors)`,
              disabled: !valid && !deployed
            }))
          ]}
          onChange={(value) => {
            change({ federation: value, clusters: [] })
          }}
        />
      </Field>
      <Field label='First phase'>
        <Select
          value={String(from)}
          options={phaseOptions}
          onChange={(value) => {
            change({ from: Number(value) })
          }}
        />
      </Field>
      <Field label='Last phase'>
        <Select
          value={String(to)}
          options={phaseOptions}
          onChange={(value) => {
            change({ to: Number(value) })
          }}
        />
      </Field>
      <Field label='Parallel units' hint='Empty: as many as the service decides, by memory.'>
        <Input
          inputMode='numeric'
          value={parallelism}
          onChange={(value) => {
            change({ parallelism: value })
          }}
        />
      </Field>
    </div>
  )
}

function Course ({ draft: { ordering, approvals }, change }: FieldsProps) {
  return (
    <div className='row wide-gap'>
      <Choice
        legend='Ordering'
        value={ordering}
        values={orderings}
        onChange={(value) => {
          change({ ordering: value })
        }}
      />
      <Choice
        legend='Approvals'
        value={approvals}
        values={approvalRequests}
        onChange={(value) => {
          change({ approvals: value })
        }}
      />
    </div>
  )
}

/** Mode, operation, federation, phases, ordering and clusters of the launch. */
export function DeploymentFields (
  { draft, change, clusters }: FieldsProps & { clusters: readonly string[] }
) {
  return (
    <Card title='Deployment'>
      <div className='stack'>
        <Kind draft={draft} change={change} />
        <Extent draft={draft} change={change} />
        <Course draft={draft} change={change} />
        {orphanOperations.includes(draft.operation) && (
          <Check
            checked={draft.orphaned}
            onChange={(orphaned) => {
              change({ orphaned })
            }}
          >
            Only orphaned units: deployed and no longer in the federation file
          </Check>
        )}
        {clusters.length > 0 && (
          <ClusterChoice
            clusters={clusters}
            chosen={draft.clusters}
            onChange={(chosen) => {
              change({ clusters: chosen })
            }}
          />
        )}
      </div>
    </Card>
  )
}
