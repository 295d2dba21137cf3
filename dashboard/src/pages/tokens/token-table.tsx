import type { Token } from '../../api/client.ts'
import { grantText } from '../../model/access.ts'
import type { State } from '../../model/state.ts'
import { dateTime } from '../../model/time.ts'
import { StateBadge } from '../../ui/badge.tsx'
import { Ago } from '../../ui/now.tsx'
import { ScrollTable } from '../../ui/table.tsx'

const states: Record<Token['status'], State> = {
  active: 'succeeded',
  expired: 'skipped',
  revoked: 'canceled'
}

const columns = [
  'State',
  'Name',
  'Grants',
  'Approves as',
  'Created by',
  'Expires',
  'Last used',
  { title: 'Actions', hidden: true }
]

function Row ({ token, onRevoke }: { token: Token, onRevoke: () => void }) {
  return (
    <tr>
      <td>
        <StateBadge state={states[token.status]}>{token.status}</StateBadge>
      </td>
      <td>
        <b>{token.name}</b>
        <div className='hint mono'>{token.id}</div>
      </td>
      <td>{token.grants.map((grant, index) => <div key={index}>{grantText(grant)}</div>)}</td>
      <td>{token.actsFor ?? <span className='hint'>nobody</span>}</td>
      <td title={token.createdBy.subject}>{token.createdBy.name}</td>
      <td className='nowrap'>{token.expiresAt === null ? 'never' : dateTime(token.expiresAt)}</td>
      <td>{token.lastUsedAt === null ? 'never' : <Ago time={token.lastUsedAt} />}</td>
      <td className='end'>
        {token.status === 'active' && (
          <button
            type='button'
            className='button small danger'
            onClick={onRevoke}
            aria-label={`Revoke ${token.name}`}
          >
            Revoke
          </button>
        )}
      </td>
    </tr>
  )
}

interface TokenTableProps {
  list: readonly Token[]
  onRevoke: (token: Token) => void
}

export function TokenTable ({ list, onRevoke }: TokenTableProps) {
  if (list.length === 0) return <p className='empty'>No tokens yet.</p>
  return (
    <ScrollTable label='Tokens' columns={columns}>
      {list.map((token) => (
        <Row
          key={token.id}
          token={token}
          onRevoke={() => {
            onRevoke(token)
          }}
        />
      ))}
    </ScrollTable>
  )
}
