import { useState } from 'react'
import { stackState } from '../../../api/queries.ts'
import { useResource } from '../../../api/resource.ts'
import type { Place } from '../../../model/place.ts'
import { typeName, urnParts } from '../../../model/resource-names.ts'
import { FirstRows } from '../../../ui/first-rows.tsx'
import { Loaded } from '../../../ui/loaded.tsx'
import { Table } from '../../../ui/table.tsx'

/** The part of a `pulumi stack export` document that is shown as a table. */
interface StateDocument {
  deployment?: { resources?: { urn: string, type: string, id?: string }[] }
}

function StateTable ({ document }: { document: StateDocument }) {
  return (
    <div className='stack'>
      <FirstRows list={document.deployment?.resources ?? []} what='resources'>
        {(shown) => (
          <Table columns={['Resource', 'Type', 'Id']}>
            {shown.map(({ urn, type, id }) => (
              <tr key={urn}>
                <td className='break'>{urnParts(urn).name}</td>
                <td className='mono break' title={type}>{typeName(type)}</td>
                <td className='mono break'>{id ?? '–'}</td>
              </tr>
            ))}
          </Table>
        )}
      </FirstRows>
      <details>
        <summary>Document</summary>
        <pre className='code' tabIndex={0}>{JSON.stringify(document, null, 2)}</pre>
      </details>
    </div>
  )
}

interface StackStateProps {
  federation: string
  stack: string
  place: Place
}

/** The stack as it is now, read when it is opened. */
export function StackState ({ federation, stack, place }: StackStateProps) {
  const [open, setOpen] = useState(false)
  const known = useResource(open ? stackState(federation, stack, place) : undefined)
  return (
    <section>
      <details
        onToggle={(event) => {
          setOpen(event.currentTarget.open)
        }}
      >
        <summary>
          <b>Stack state</b> <span className='muted'>as it is now</span>
        </summary>
        {open && (
          <Loaded known={known}>{(document) => <StateTable document={document as StateDocument} />}</Loaded>
        )}
      </details>
    </section>
  )
}
