import { useState } from 'react'
import { api, done, type Token } from '../../api/client.ts'
import { tokens as tokensResource } from '../../api/queries.ts'
import { refresh, useResource } from '../../api/resource.ts'
import { grantText, type Session } from '../../model/access.ts'
import { useAction } from '../../ui/action.ts'
import { Card } from '../../ui/card.tsx'
import { Confirmation, Notice } from '../../ui/dialog.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Page } from '../../ui/page.tsx'
import { Problem } from '../../ui/problem.tsx'
import { useSession } from '../../ui/session.ts'
import { NewToken } from './new-token.tsx'
import { TokenTable } from './token-table.tsx'

/** Milliseconds between reads: the time of a token's last use is kept to the minute. */
const tokensPause = 30_000

function OwnGrants ({ session: { authentication, grants } }: { session: Session }) {
  return (
    <Card title='Your permissions'>
      {authentication === 'off'
        ? (
          <p>
            Authentication is off: the service listens on its own machine only, and everybody who uses that
            machine is an admin. Configure authentication before it listens elsewhere.
          </p>
        )
        : (
          <ul className='lines'>
            {grants.map((grant, index) => <li key={index}>{grantText(grant)}</li>)}
          </ul>
        )}
    </Card>
  )
}

function MadeToken ({ text, onClose }: { text: string, onClose: () => void }) {
  return (
    <Notice title='Your new token' onClose={onClose}>
      <p>Copy it now. It is shown only once, and the service does not store it in clear text.</p>
      <pre className='code' tabIndex={0}>{text}</pre>
    </Notice>
  )
}

function Revocation ({ token, onClose }: { token: Token, onClose: () => void }) {
  const { busy, error, run } = useAction(async () => {
    await done(api.DELETE('/v1/tokens/{token}', { params: { path: { token: token.id } } }))
    onClose()
    refresh('tokens')
  })
  return (
    <Confirmation
      title={`Revoke ${token.name}?`}
      action='Revoke'
      danger
      busy={busy}
      onClose={onClose}
      onConfirm={run}
    >
      <p>Requests with this token are refused from now on, and its sessions end. This cannot be undone.</p>
      {error && <Problem error={error} />}
    </Confirmation>
  )
}

/** API tokens: the caller's own, and those that the caller is an admin of. */
export function TokensPage () {
  const session = useSession()
  const known = useResource(tokensResource, tokensPause)
  const [made, setMade] = useState<string>()
  const [revoking, setRevoking] = useState<Token>()
  return (
    <Page title='Tokens' heading='Tokens and roles'>
      {session && <OwnGrants session={session} />}
      <NewToken onMade={setMade} />
      <Card title='Tokens' bare>
        <Loaded known={known}>{(list) => <TokenTable list={list} onRevoke={setRevoking} />}</Loaded>
      </Card>
      {made !== undefined && (
        <MadeToken
          text={made}
          onClose={() => {
            setMade(undefined)
          }}
        />
      )}
      {revoking && (
        <Revocation
          token={revoking}
          onClose={() => {
            setRevoking(undefined)
          }}
        />
      )}
    </Page>
  )
}
