import { useState } from 'react'
import { answer, api, type AuditVerification } from '../../api/client.ts'
import { useAction } from '../../ui/action.ts'
import { StateBadge } from '../../ui/badge.tsx'
import { Card } from '../../ui/card.tsx'
import { Problem } from '../../ui/problem.tsx'

function Result ({ result: { valid, entries, problem, head } }: { result: AuditVerification }) {
  return (
    <p className='row tight'>
      <StateBadge state={valid ? 'succeeded' : 'failed'}>{valid ? 'intact' : 'broken'}</StateBadge>
      {entries} entries checked{problem !== undefined && `: ${problem}`}; the last is {head.seq}{' '}
      <code className='break'>{head.hash}</code>
    </p>
  )
}

/** Checks the chain of hashes through the whole log. */
export function Verification () {
  const [result, setResult] = useState<AuditVerification>()
  const { busy, error, run } = useAction(async () => {
    setResult(await answer(api.GET('/v1/audit/verification')))
  })
  const actions = (
    <span className='row tight push'>
      <button
        type='button'
        className='button small'
        disabled={busy}
        onClick={() => {
          run()
        }}
      >
        {busy ? 'Checking…' : 'Check'}
      </button>
      <a className='button small' href='/v1/audit/export' download>Export</a>
    </span>
  )
  return (
    <Card title='Integrity of the log' aside={actions}>
      <div role='status'>
        {result && <Result result={result} />}
        {!result && !error && (
          <p className='muted'>
            Each entry holds the hash of the entry before it, so that the check finds entries that were
            changed or removed.
          </p>
        )}
      </div>
      {error && <Problem error={error} />}
    </Card>
  )
}
