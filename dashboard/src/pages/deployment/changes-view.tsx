import type { Deployment, Unit } from '../../api/client.ts'
import { units as unitsResource } from '../../api/queries.ts'
import { useResource } from '../../api/resource.ts'
import { Changes } from '../../components/changes.tsx'
import { PhaseName } from '../../components/phase-name.tsx'
import { UnitLink } from '../../components/unit-link.tsx'
import { count, isNoMoney, money, moneyChange } from '../../model/figures.ts'
import { changedResources, type ChangeKind } from '../../model/resource-changes.ts'
import { typeName } from '../../model/resource-names.ts'
import { Card } from '../../ui/card.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { ScrollTable } from '../../ui/table.tsx'

const kinds: readonly ChangeKind[] = ['create', 'update', 'replace', 'delete', 'same']
const phaseColumns = [
  'Phase',
  ...['Create', 'Update', 'Replace', 'Delete', 'Unchanged', 'Monthly cost', 'Difference'].map((title) => ({
    title,
    end: true
  }))
]

interface ReportProps {
  item: Deployment
  units: readonly Unit[]
}

function PhaseTable ({ item, units }: ReportProps) {
  const sum = (list: readonly Unit[], kind: ChangeKind) =>
    list.reduce((total, { resourceChanges }) => total + resourceChanges[kind], 0)
  return (
    <ScrollTable label='Changes by phase' columns={phaseColumns}>
      {item.phases.map(({ number }) => {
        const list = units.filter(({ phase }) => phase === number)
        const cost = item.cost?.perPhase.find(({ phase }) => phase === number)
        return (
          <tr key={number}>
            <td className='nowrap'>
              <PhaseName number={number} />
            </td>
            {kinds.map((kind) => (
              <td key={kind} className='end'>{sum(list, kind) || <span className='muted'>0</span>}</td>
            ))}
            <td className='end'>{cost ? money(cost.monthly) : '–'}</td>
            <td className='end'>{cost ? moneyChange(cost.difference) : '–'}</td>
          </tr>
        )
      })}
    </ScrollTable>
  )
}

const unitColumns = [
  'Unit',
  'Changes',
  { title: 'Share', hidden: true, className: 'bar-column' },
  { title: 'Monthly cost', end: true },
  { title: 'Difference', end: true },
  'Largest cost'
]

interface UnitRowProps {
  unit: Unit
  /** Changed resources of the unit that has most. */
  most: number
  preview: boolean
}

function UnitRow ({ unit: { id, resourceChanges, cost }, most, preview }: UnitRowProps) {
  const largest = cost?.lines[0]
  return (
    <tr>
      <td>
        <UnitLink id={id} />
      </td>
      <td>
        <Changes changes={resourceChanges} preview={preview} />
      </td>
      <td className='bar-column'>
        <span className='share'>
          <i style={{ width: `${changedResources(resourceChanges) / most * 100}%` }} />
        </span>
      </td>
      <td className='end'>{cost ? money(cost.monthly) : '–'}</td>
      <td className='end'>{cost ? moneyChange(cost.difference) : '–'}</td>
      <td className='break muted'>{largest && `${typeName(largest.type)} ${largest.meter}`}</td>
    </tr>
  )
}

/** The units that change resources or cost, the largest first. */
function UnitTable ({ item, units }: ReportProps) {
  const preview = item.operation === 'preview'
  const changed = ({ resourceChanges }: Unit) => changedResources(resourceChanges)
  const touched = units.filter((unit) => changed(unit) > 0 || !isNoMoney(unit.cost?.difference ?? 0))
    .toSorted((a, b) => changed(b) - changed(a))
  const most = Math.max(1, ...touched.map(changed))
  const what = preview ? 'would change something' : 'changed something'
  return (
    <Card title={`By unit: ${count(touched.length, 'unit')} ${what}`} bare>
      {touched.length === 0
        ? <p className='empty'>No unit {preview ? 'would change' : 'changed'} anything.</p>
        : (
          <ScrollTable label='Changes by unit' columns={unitColumns}>
            {touched.map((unit) => <UnitRow key={unit.id} unit={unit} most={most} preview={preview} />)}
          </ScrollTable>
        )}
    </Card>
  )
}

const CostNote = (
  { cost: { before, monthly, range, usage, unpriced } }: { cost: NonNullable<Deployment['cost']> }
) => (
  <p className='hint'>
    At list prices: {money(before)} a month before, {money(monthly)} after ({money(range.min)} to{' '}
    {money(range.max)} with autoscaling). {money(usage)} of it depends on usage.
    {unpriced > 0 && ` ${count(unpriced, 'part has', 'parts have')} no price.`}
  </p>
)

/** Changed resources and cost by phase and by unit. */
export function ChangesView ({ item, every }: { item: Deployment, every: number }) {
  return (
    <Loaded known={useResource(unitsResource(item.id), every)}>
      {(units) => (
        <div className='stack'>
          <Card title='By phase' bare>
            <PhaseTable item={item} units={units} />
          </Card>
          <UnitTable item={item} units={units} />
          {item.cost && <CostNote cost={item.cost} />}
        </div>
      )}
    </Loaded>
  )
}
