import type { AuditEntry } from '../../api/client.ts'
import { dateTimeSeconds } from '../../model/time.ts'
import { valueText } from '../../model/values.ts'
import { Link, pathOf } from '../../router.tsx'
import { StateBadge } from '../../ui/badge.tsx'
import { Pair } from '../../ui/pair.tsx'
import { ScrollTable } from '../../ui/table.tsx'

function Target ({ target: { kind, id, federation } }: { target: AuditEntry['target'] }) {
  return (
    <>
      {kind} {kind === 'deployment'
        ? (
          <Link to={pathOf('deployments', id)}>
            <code>{id.slice(0, 8)}</code>
          </Link>
        )
        : <code className='break'>{id}</code>}
      {federation !== undefined && <span className='muted'>{' '}of {federation}</span>}
    </>
  )
}

/** The values before and after, and the request that changed them. */
function Details ({ entry: { before, after, origin } }: { entry: AuditEntry }) {
  const request = origin?.requestId
  if (before === undefined && after === undefined && request === undefined) return '–'
  return (
    <details>
      <summary>show</summary>
      <dl className='pairs'>
        <Pair term='before' mono>{valueText(before)}</Pair>
        <Pair term='after' mono>{valueText(after)}</Pair>
        <Pair term='request' mono>{request ?? '–'}</Pair>
      </dl>
    </details>
  )
}

function Row ({ entry }: { entry: AuditEntry }) {
  return (
    <tr>
      <td className='end'>{entry.seq}</td>
      <td className='nowrap' title={entry.time}>{dateTimeSeconds(entry.time)}</td>
      <td title={entry.actor?.subject}>
        <b>{entry.actor?.name ?? '–'}</b>
        {entry.origin?.address !== undefined && <div className='hint mono'>{entry.origin.address}</div>}
      </td>
      <td className='mono'>{entry.action}</td>
      <td>
        <StateBadge state={entry.outcome === 'done' ? 'succeeded' : 'failed'}>{entry.outcome}</StateBadge>
      </td>
      <td>
        <Target target={entry.target} />
      </td>
      <td className='break'>{entry.reason ?? '–'}</td>
      <td>
        <Details entry={entry} />
      </td>
    </tr>
  )
}

const columns = [{ title: '#', end: true }, 'Time', 'Who', 'Action', 'Outcome', 'Target', 'Reason', 'Details']

/** Entries of the audit log in the order given. */
export function AuditTable ({ items }: { items: readonly AuditEntry[] }) {
  if (items.length === 0) return <p className='empty'>No entry matches the filters.</p>
  return (
    <ScrollTable label='Audit log' columns={columns}>
      {items.map((entry) => <Row key={entry.seq} entry={entry} />)}
    </ScrollTable>
  )
}
