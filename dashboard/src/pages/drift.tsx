/**
 * What drift checks found: the sums on a federation's page, and the resources on a deployment's.
 */
import type { Deployment, DriftFinding } from '../api/client.ts'
import { drift as driftResource, type Place } from '../api/queries.ts'
import { useResource } from '../api/resource.ts'
import {
  driftKinds,
  ignoredIn,
  kindHints,
  kindState,
  kindWords,
  shownDrift,
  valueText,
  type DriftKind
} from '../model/drift.ts'
import { count, typeName } from '../model/words.ts'
import { Link, navigate, pathOf, useAddress, withQuery } from '../router.tsx'
import { Ago, Card, Loaded, Scroll, StateBadge } from '../ui/parts.tsx'

/** The three kinds with their figures, each leading to its resources. */
function Kinds ({ item }: { item: Deployment }) {
  const { drift } = item
  if (!drift) return null
  return (
    <ul className='lines'>
      {driftKinds.map((kind) => (
        <li key={kind} className='row spread' title={kindHints[kind]}>
          <span className='row tight'>
            <StateBadge state={drift[kind] === 0 ? 'absent' : kindState[kind]}>{kindWords[kind]}</StateBadge>
          </span>
          {drift[kind] === 0
            ? <span className='muted'>none</span>
            : (
              <Link to={`${pathOf('deployments', item.id, 'drift')}?kind=${kind}`}>
                {count(drift[kind], 'resource')}
              </Link>
            )}
        </li>
      ))}
      {ignoredIn(drift) > 0 && (
        <li className='row spread'>
          <StateBadge state='absent'>ignored by the file</StateBadge>
          <Link to={`${pathOf('deployments', item.id, 'drift')}?ignored=yes`}>
            {count(ignoredIn(drift), 'resource')}
          </Link>
        </li>
      )}
    </ul>
  )
}

/** What the last drift check of the place found, or how to make one. */
export function DriftCard (
  { name, place, checked }: { name: string, place: Place, checked: Deployment | undefined }
) {
  const again = `/launch?${
    new URLSearchParams({
      federation: name,
      operation: 'drift-check',
      mode: place.mode,
      ...(place.world !== undefined && { world: place.world })
    }).toString()
  }`
  const found = (checked?.drift?.changed ?? 0) + (checked?.drift?.missing ?? 0)
  return (
    <Card title='Drift' aside={<Link className='button small push' to={again}>Check for drift</Link>}>
      {!checked
        ? (
          <p className='muted'>
            Not checked yet: a drift check compares what is deployed with what is there, and changes neither.
          </p>
        )
        : (
          <div className='stack'>
            <p className='row tight'>
              <StateBadge
                state={checked.status === 'succeeded'
                  ? (found > 0 ? 'waiting' : 'succeeded')
                  : checked.status}
              >
                {checked.status !== 'succeeded'
                  ? checked.status
                  : found === 0
                  ? 'no drift'
                  : count(found, 'resource to look at', 'resources to look at')}
              </StateBadge>
              <Link to={pathOf('deployments', checked.id)}>drift check</Link>{' '}
              <span className='muted'>
                <Ago time={checked.createdAt} />
              </span>
            </p>
            <Kinds item={checked} />
          </div>
        )}
    </Card>
  )
}

function FindingRows (
  { finding: { unit, resource, kind, properties, propertiesCut, ignored } }: { finding: DriftFinding }
) {
  const rows = properties.length === 0 ? [undefined] : properties
  const why = (text: string | undefined) =>
    text === undefined ? null : <span className='hint'>ignored: {text}</span>
  return rows.map((property, index) => (
    <tr key={index}>
      {index === 0 && (
        <>
          <td rowSpan={rows.length}>
            <StateBadge state={ignored === undefined ? kindState[kind] : 'absent'}>
              {kindWords[kind]}
            </StateBadge>
            {properties.every((property) => property.ignored === undefined) && why(ignored)}
          </td>
          <td rowSpan={rows.length}>
            <Link to={withQuery({ unit })} replace>{unit}</Link>
          </td>
          <td rowSpan={rows.length} className='mono break'>{typeName(resource.type)} {resource.name}</td>
        </>
      )}
      {property
        ? (
          <>
            <td className='mono break'>
              {property.path}
              {property.kind === 'output' && <span className='hint'>computed</span>}
              {why(property.ignored)}
            </td>
            <td className='mono value'>{valueText(property.expected)}</td>
            <td className='mono value'>
              {valueText(property.actual)}
              {index === rows.length - 1 && propertiesCut !== undefined && (
                <span className='hint'>and {count(propertiesCut, 'more property', 'more properties')}</span>
              )}
            </td>
          </>
        )
        : (
          <>
            <td className='muted'>–</td>
            <td className='muted'>there</td>
            <td className='muted'>gone</td>
          </>
        )}
    </tr>
  ))
}

/** The resources that a drift check found to differ. */
export function DriftView ({ item, every }: { item: Deployment, every: number }) {
  // Findings go with the events, which are kept for a time.
  const removed = item.eventsFrom !== undefined
  const known = useResource(removed ? undefined : driftResource(item.id), every)
  const { query } = useAddress()
  const asked = query.get('kind')
  const kind: DriftKind | undefined = driftKinds.find((one) => one === asked)
  const ignored = query.get('ignored') === 'yes'
  return (
    <div className='stack'>
      {item.drift && (
        <dl className='figures card inside-card'>
          <div>
            <dt>Compared</dt>
            <dd>{count(item.drift.resources, 'resource')}</dd>
          </div>
          {driftKinds.map((one) => (
            <div key={one} title={kindHints[one]}>
              <dt>{kindWords[one]}</dt>
              <dd>{item.drift?.[one] ?? 0}</dd>
            </div>
          ))}
          <div title='The federation file says why'>
            <dt>ignored</dt>
            <dd>{ignoredIn(item.drift)}</dd>
          </div>
        </dl>
      )}
      <Loaded known={removed ? { data: [] } : known}>
        {(list) => {
          const shown = shownDrift(list, { kind, ignored })
          return (
            <Card
              title={count(shown.length, 'resource')}
              bare
              aside={
                <span className='row tight push'>
                  <label className='row tight'>
                    <span className='label'>Show</span>
                    <select
                      className='input narrow'
                      value={kind ?? ''}
                      onChange={(event) => {
                        navigate(withQuery({ kind: event.target.value || undefined }), { replace: true })
                      }}
                    >
                      <option value=''>all kinds</option>
                      {driftKinds.map((one) => <option key={one} value={one}>{kindWords[one]}</option>)}
                    </select>
                  </label>
                  <label className='row tight'>
                    <input
                      type='checkbox'
                      checked={ignored}
                      onChange={(event) => {
                        navigate(withQuery({ ignored: event.target.checked ? 'yes' : undefined }), {
                          replace: true
                        })
                      }}
                    />{' '}
                    with what is ignored
                  </label>
                </span>
              }
            >
              {shown.length === 0
                ? (
                  <p className='empty'>
                    {removed
                      ? 'What was found was removed with its age; the figures stay.'
                      : list.length === 0
                      ? 'Nothing differs.'
                      : 'Nothing of this kind differs.'}
                  </p>
                )
                : (
                  <Scroll label='Drift'>
                    <table className='table'>
                      <thead>
                        <tr>
                          <th scope='col'>Kind</th>
                          <th scope='col'>Unit</th>
                          <th scope='col'>Resource</th>
                          <th scope='col'>Property</th>
                          <th scope='col'>Expected</th>
                          <th scope='col'>Actual</th>
                        </tr>
                      </thead>
                      <tbody>
                        {shown.map((finding) => <FindingRows key={finding.number} finding={finding} />)}
                      </tbody>
                    </table>
                  </Scroll>
                )}
            </Card>
          )
        }}
      </Loaded>
    </div>
  )
}
