import type { Deployment } from '../../../api/client.ts'
import { findings as findingsResource } from '../../../api/queries.ts'
import { useResource } from '../../../api/resource.ts'
import { count } from '../../../model/figures.ts'
import { urnParts } from '../../../model/resource-names.ts'

/** The findings of policies in one unit. */
export function UnitFindings ({ item, unit }: { item: Deployment, unit: string }) {
  const found = useResource(findingsResource(item)).data?.filter((finding) => finding.unit === unit) ?? []
  if (found.length === 0) return null
  return (
    <section>
      <h3>{count(found.length, 'policy finding')}</h3>
      <ul className='diagnostics'>
        {found.map(({ seq, enforcement, policy, urn, message }) => (
          <li key={seq} data-level={enforcement === 'mandatory' ? 'error' : 'warning'}>
            <b>{policy}</b> {urn && <span className='mono'>{urnParts(urn).name}</span>}: {message}
          </li>
        ))}
      </ul>
    </section>
  )
}
