import type { Deployment, ResourceChange } from '../../../api/client.ts'
import { unitChanges } from '../../../api/queries.ts'
import { useResource } from '../../../api/resource.ts'
import { count } from '../../../model/figures.ts'
import { changeSign } from '../../../model/resource-changes.ts'
import { typeName } from '../../../model/resource-names.ts'
import { changeText } from '../../../model/values.ts'
import { FirstRows } from '../../../ui/first-rows.tsx'

type Difference = NonNullable<ResourceChange['diff']>[number]

function differenceText ({ kind, before, after }: Difference): string {
  if (kind === 'add') return changeText(after)
  return kind === 'delete' ? 'removed' : `${changeText(before)} → ${changeText(after)}`
}

function Change ({ change: { op, resource, diff, diffsCut } }: { change: ResourceChange }) {
  return (
    <li>
      <span title={op}>
        <span aria-hidden='true'>{changeSign(op)}</span>
        <span className='hidden'>{op}</span>
      </span>{' '}
      <span className='mono break'>{typeName(resource.type)} {resource.name}</span>
      {diff?.map((difference) => (
        <div key={difference.path} className='hint break'>
          <code>{difference.path}</code> {differenceText(difference)}
          {difference.replaces && <b>{' '}replaces the resource</b>}
        </div>
      ))}
      {diffsCut !== undefined && (
        <div className='hint'>and {count(diffsCut, 'more property', 'more properties')}</div>
      )}
    </li>
  )
}

interface UnitChangesProps {
  item: Deployment
  /** Id of the unit. */
  unit: string
  /** Milliseconds between reads. */
  every: number
}

/**
 * The resources that the unit changes, with their properties. Halves of a replacement are left out.
 */
export function UnitChanges ({ item, unit, every }: UnitChangesProps) {
  const changes = useResource(unitChanges(item.id, unit), every).data ?? []
  // Changes of properties first: they say more than what is created or deleted.
  const list = changes.filter(({ op }) => changeSign(op) !== undefined)
    .toSorted((a, b) => Number(b.diff !== undefined) - Number(a.diff !== undefined))
  if (list.length === 0) return null
  return (
    <section>
      <h3>{count(list.length, 'resource')} {item.operation === 'preview' ? 'would change' : 'changed'}</h3>
      <FirstRows list={list} what='resources'>
        {(shown) => (
          <ul className='diagnostics'>
            {shown.map((change) => <Change key={change.seq} change={change} />)}
          </ul>
        )}
      </FirstRows>
    </section>
  )
}
