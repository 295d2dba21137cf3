import { useEffect, useState } from 'react'
import type { Deployment, Unit } from '../api/client.ts'
import {
  findings as findingsResource,
  stackState,
  unit as unitResource,
  unitChanges,
  type Place
} from '../api/queries.ts'
import { useResource } from '../api/resource.ts'
import { useRevision, type EventLog } from '../live/event-log.ts'
import { valueText } from '../model/drift.ts'
import { phaseTitle } from '../model/phases.ts'
import { clock, dateTime, duration, elapsed } from '../model/time.ts'
import { count, money, moneyChange, typeName, urnParts } from '../model/words.ts'
import { Link, withQuery } from '../router.tsx'
import { Drawer } from '../ui/dialog.tsx'
import { LockIcon, WarningIcon } from '../ui/icons.tsx'
import { Changes, CloudBadge, Loaded, ModeBadge, StateBadge } from '../ui/parts.tsx'

/** Rows of a long list that are shown before one asks for all. */
const firstRows = 12

/** A value of an output; a secret is never sent, and says so. */
function OutputValue ({ value }: { value: unknown }) {
  if (typeof value === 'object' && value !== null && (value as { secret?: unknown }).secret === true) {
    return (
      <span className='row tight muted'>
        <LockIcon /> secret, not shown
      </span>
    )
  }
  if (typeof value === 'string') {
    return value === ''
      ? <span className='muted'>empty</span>
      : <span className='mono break'>{value}</span>
  }
  const text = JSON.stringify(value, null, 1)
  return text.length > 80
    ? (
      <details>
        <summary>{Array.isArray(value) ? count(value.length, 'item') : 'object'}</summary>
        <pre className='code'>{text}</pre>
      </details>
    )
    : <span className='mono break'>{text}</span>
}

function Outputs ({ outputs }: { outputs: Unit['outputs'] }) {
  const list = Object.entries(outputs)
  if (list.length === 0) return null
  return (
    <section>
      <h3>Outputs</h3>
      <dl className='pairs'>
        {list.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <OutputValue value={value} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

interface StateDocument {
  deployment?: { resources?: { urn: string, type: string, id?: string, custom?: boolean }[] }
}

/** The stack as it is now: its resources, and the document that `pulumi stack export` gives. */
function StackState ({ federation, stack, place }: { federation: string, stack: string, place: Place }) {
  const [open, setOpen] = useState(false)
  const [all, setAll] = useState(false)
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
          <Loaded known={known}>
            {(document) => {
              const resources = (document as StateDocument).deployment?.resources ?? []
              return (
                <div className='stack'>
                  <table className='table'>
                    <thead>
                      <tr>
                        <th scope='col'>Resource</th>
                        <th scope='col'>Type</th>
                        <th scope='col'>Id</th>
                      </tr>
                    </thead>
                    <tbody>
                      {resources.slice(0, all ? undefined : firstRows).map(({ urn, type, id }) => (
                        <tr key={urn}>
                          <td className='break'>{urnParts(urn).name}</td>
                          <td className='mono break' title={type}>{typeName(type)}</td>
                          <td className='mono break'>{id ?? '–'}</td>
                        </tr>
                      ))}
                    </tbody>
                  </table>
                  {resources.length > firstRows && !all && (
                    <button
                      type='button'
                      className='button small'
                      onClick={() => {
                        setAll(true)
                      }}
                    >
                      All {resources.length} resources
                    </button>
                  )}
                  <details>
                    <summary>Document</summary>
                    <pre className='code' tabIndex={0}>{JSON.stringify(document, null, 2)}</pre>
                  </details>
                </div>
              )
            }}
          </Loaded>
        )}
      </details>
    </section>
  )
}

const changeSigns: Record<string, string> = { create: '+', update: '~', replace: '±', delete: '−' }

/** A value of a property; a secret is never sent. */
function changeValue (value: unknown): string {
  if (value === undefined) return 'none or secret'
  if (typeof value === 'object' && value !== null && (value as { unknown?: unknown }).unknown === true) {
    return 'not known yet'
  }
  return valueText(value)
}

/**
 * Which resources the unit changes, and in which properties. Halves of a replacement are told by
 * the replacement.
 */
function ResourceChanges ({ item, unit, every }: { item: Deployment, unit: string, every: number }) {
  const [all, setAll] = useState(false)
  const list = useResource(unitChanges(item.id, unit), every).data?.filter(({ op }) => op in changeSigns) ??
    []
  if (list.length === 0) return null
  // What differs in something says more than what is made anew.
  const sorted = list.toSorted((a, b) => Number(b.diff !== undefined) - Number(a.diff !== undefined))
  return (
    <section>
      <h3>{count(list.length, 'resource')} {item.operation === 'preview' ? 'would change' : 'changed'}</h3>
      <ul className='diagnostics'>
        {sorted.slice(0, all ? undefined : firstRows).map(({ seq, op, resource, diff, diffsCut }) => (
          <li key={seq}>
            <span title={op}>
              <span aria-hidden='true'>{changeSigns[op]}</span>
              <span className='hidden'>{op}</span>
            </span>
            <span className='mono break'>{typeName(resource.type)} {resource.name}</span>
            {diff?.map(({ path, kind, replaces, before, after }) => (
              <div key={path} className='hint break'>
                <code>{path}</code> {kind === 'add'
                  ? changeValue(after)
                  : kind === 'delete'
                  ? 'goes'
                  : `${changeValue(before)} → ${changeValue(after)}`}
                {replaces && <b>replaces the resource</b>}
              </div>
            ))}
            {diffsCut !== undefined && (
              <div className='hint'>and {count(diffsCut, 'more property', 'more properties')}</div>
            )}
          </li>
        ))}
      </ul>
      {list.length > firstRows && !all && (
        <button
          type='button'
          className='button small'
          onClick={() => {
            setAll(true)
          }}
        >
          All {list.length} resources
        </button>
      )}
    </section>
  )
}

function Cost ({ cost }: { cost: NonNullable<Unit['cost']> }) {
  const [all, setAll] = useState(false)
  return (
    <section>
      <h3>
        Cost a month: {money(cost.monthly)} <span className='muted'>({moneyChange(cost.difference)})</span>
      </h3>
      <table className='table'>
        <thead>
          <tr>
            <th scope='col'>Resource type</th>
            <th scope='col'>Meter</th>
            <th scope='col' className='end'>A month</th>
          </tr>
        </thead>
        <tbody>
          {cost.lines.slice(0, all ? undefined : firstRows).map((line, index) => (
            <tr key={index}>
              <td className='mono break'>{typeName(line.type)}{line.count > 1 && ` ×${line.count}`}</td>
              <td className='break'>
                {line.meter}
                {line.kind === 'usage' && <span className='muted'>(by use)</span>}
              </td>
              <td className='end'>{money(line.monthly)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {cost.lines.length > firstRows && !all && (
        <button
          type='button'
          className='button small'
          onClick={() => {
            setAll(true)
          }}
        >
          All {cost.lines.length} lines
        </button>
      )}
      {cost.unpriced.length > 0 && (
        <p className='hint'>
          Without a price:{' '}
          {cost.unpriced.map(({ type, reason }) => `${typeName(type)} (${reason})`).join('; ')}
        </p>
      )}
    </section>
  )
}

function Details (
  { item, unit, log, predicted, now, every }: {
    item: Deployment
    unit: Unit
    log: EventLog
    predicted: number | undefined
    now: number
    every: number
  }
) {
  useRevision(log)
  const found = useResource(findingsResource(item)).data?.filter((finding) => finding.unit === unit.id) ?? []
  const seconds = elapsed(unit.startedAt, unit.finishedAt, now)
  const trouble = log.trouble?.unit === unit.id ? log.trouble.rows : []
  return (
    <>
      {unit.error && (
        <div className='note' data-state='failed'>
          <WarningIcon />
          <div>
            <p>{unit.error.message}</p>
            <p className='hint'>
              <code>{unit.error.code}</code> ·{' '}
              {unit.error.retryable ? 'trying again may help' : 'trying again without a change will not help'}
            </p>
            {unit.error.resource && <p className='hint mono'>{unit.error.resource}</p>}
          </div>
        </div>
      )}
      {unit.reason && (
        <div className='note' data-state='waiting'>
          <WarningIcon />
          <div>{unit.reason}</div>
        </div>
      )}
      <dl className='pairs'>
        <div>
          <dt>Phase</dt>
          <dd>{unit.phase} {phaseTitle(unit.phase)}</dd>
        </div>
        <div>
          <dt>Clusters</dt>
          <dd>
            {unit.clusters.length > 0 ? unit.clusters.join(', ') : 'all'}{' '}
            {unit.cloud && <CloudBadge cloud={unit.cloud} />}
          </dd>
        </div>
        <div>
          <dt>Stack</dt>
          <dd className='mono'>{unit.stack}</dd>
        </div>
        <div>
          <dt>Attempts</dt>
          <dd>{unit.attempt}</dd>
        </div>
        {unit.startedAt && (
          <div>
            <dt>Started</dt>
            <dd title={unit.startedAt}>{dateTime(unit.startedAt)}:{clock(unit.startedAt).slice(-2)}</dd>
          </div>
        )}
        {seconds !== undefined && (
          <div>
            <dt>{unit.finishedAt ? 'Took' : 'Running for'}</dt>
            <dd>{duration(seconds)}</dd>
          </div>
        )}
        {predicted !== undefined && (
          <div>
            <dt>Predicted live</dt>
            <dd>{duration(predicted)}</dd>
          </div>
        )}
        <div>
          <dt>Resources</dt>
          <dd>
            <Changes changes={unit.resourceChanges} same preview={item.operation === 'preview'} />
          </dd>
        </div>
        <div>
          <dt>Depends on</dt>
          <dd>
            {unit.dependsOn.length === 0 ? 'nothing' : unit.dependsOn.map((name, index) => (
              <span key={name}>
                {index > 0 && ', '}
                <Link to={withQuery({ unit: name })} replace>{name}</Link>
              </span>
            ))}
          </dd>
        </div>
      </dl>
      {trouble.length > 0 && (
        <section>
          <h3>Diagnostics</h3>
          <ol className='diagnostics'>
            {trouble.map((row) => (
              <li key={row.seq} data-level={row.level}>
                <time dateTime={new Date(row.time).toISOString()}>{clock(row.time)}</time>{' '}
                <span className='mono'>{row.type}</span> {row.text}
              </li>
            ))}
          </ol>
          <p>
            <Link
              to={`/deployments/${encodeURIComponent(item.id)}/events?about=${encodeURIComponent(unit.id)}`}
            >
              All events of this unit
            </Link>
          </p>
        </section>
      )}
      {found.length > 0 && (
        <section>
          <h3>{count(found.length, 'policy finding')}</h3>
          <ul className='diagnostics'>
            {found.map((finding) => (
              <li key={finding.seq} data-level={finding.enforcement === 'mandatory' ? 'error' : 'warning'}>
                <b>{finding.policy}</b>{' '}
                {finding.urn && <span className='mono'>{urnParts(finding.urn).name}</span>}: {finding.message}
              </li>
            ))}
          </ul>
        </section>
      )}
      {unit.leftovers && unit.leftovers.length > 0 && (
        <section>
          <h3>Deleted at the end of the deployment</h3>
          <ul className='diagnostics'>
            {unit.leftovers.map(({ resource, message }) => (
              <li key={resource}>
                <span className='mono break'>{resource}</span>: {message}
              </li>
            ))}
          </ul>
        </section>
      )}
      {item.operation !== 'drift-check' && <ResourceChanges item={item} unit={unit.id} every={every} />}
      <Outputs outputs={unit.outputs} />
      {unit.cost && <Cost cost={unit.cost} />}
      <StackState
        federation={item.federation}
        stack={unit.stack}
        place={{ mode: item.mode, ...(item.world !== undefined && { world: item.world }) }}
      />
    </>
  )
}

/** Everything about one unit, beside the deployment it belongs to. */
export function UnitDrawer (
  { item, name, log, predicted, now, every, onClose }: {
    item: Deployment
    name: string
    log: EventLog
    predicted: number | undefined
    now: number
    every: number
    onClose: () => void
  }
) {
  const known = useResource(unitResource(item.id, name), every)
  useEffect(() => {
    log.open(item.id, 0, item.lastEvent)
    log.watchTrouble(name)
  }, [log, item.id, name])
  return (
    <Drawer
      label={`Unit ${name}`}
      onClose={onClose}
      head={
        <>
          <h2>{name}</h2>
          {known.data && <StateBadge state={known.data.status} />}
          <ModeBadge mode={item.mode} />
        </>
      }
    >
      <Loaded known={known}>
        {(unit) => (
          <Details
            item={item}
            unit={unit}
            log={log}
            predicted={predicted}
            now={now}
            every={every}
          />
        )}
      </Loaded>
    </Drawer>
  )
}
