import type { DriftFinding } from '../../api/client.ts'
import { UnitLink } from '../../components/unit-link.tsx'
import { driftWords } from '../../model/drift.ts'
import { count } from '../../model/figures.ts'
import { typeName } from '../../model/resource-names.ts'
import { valueText } from '../../model/values.ts'
import { StateBadge } from '../../ui/badge.tsx'

type Property = DriftFinding['properties'][number]

/** The reason why the federation file ignores something. */
const Ignored = ({ why }: { why: string | undefined }) =>
  why === undefined ? null : <span className='hint'>{' '}ignored: {why}</span>

/** The cells that all properties of a resource share. */
function ResourceCells ({ finding, rows }: { finding: DriftFinding, rows: number }) {
  const { unit, resource, kind, properties, ignored } = finding
  const { title, state } = driftWords[kind]
  return (
    <>
      <td rowSpan={rows}>
        <StateBadge state={ignored === undefined ? state : 'absent'}>{title}</StateBadge>
        {properties.every((property) => property.ignored === undefined) && <Ignored why={ignored} />}
      </td>
      <td rowSpan={rows}>
        <UnitLink id={unit} />
      </td>
      <td rowSpan={rows} className='mono break'>{typeName(resource.type)} {resource.name}</td>
    </>
  )
}

interface PropertyCellsProps {
  property: Property
  /** Number of further properties that differ, after the last that is listed. */
  more: number | undefined
}

const PropertyCells = ({ property: { path, kind, ignored, expected, actual }, more }: PropertyCellsProps) => (
  <>
    <td className='mono break'>
      {path}
      {kind === 'output' && <span className='hint'>{' '}computed</span>}
      <Ignored why={ignored} />
    </td>
    <td className='mono value'>{valueText(expected)}</td>
    <td className='mono value'>
      {valueText(actual)}
      {more !== undefined && (
        <span className='hint'>{' '}and {count(more, 'more property', 'more properties')}</span>
      )}
    </td>
  </>
)

/** The cells of a resource that is gone. */
const GoneCells = () => (
  <>
    <td className='muted'>–</td>
    <td className='muted'>there</td>
    <td className='muted'>gone</td>
  </>
)

/** A resource that differs: a row for each of its properties. */
export function DriftRows ({ finding }: { finding: DriftFinding }) {
  const { properties, propertiesCut } = finding
  const rows: readonly (Property | undefined)[] = properties.length === 0 ? [undefined] : properties
  return rows.map((property, index) => (
    <tr key={index}>
      {index === 0 && <ResourceCells finding={finding} rows={rows.length} />}
      {property
        ? <PropertyCells property={property} more={index === rows.length - 1 ? propertiesCut : undefined} />
        : <GoneCells />}
    </tr>
  ))
}
