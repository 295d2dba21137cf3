import type { Deployment } from '../../api/client.ts'
import { phaseTitle } from '../../model/phases.ts'
import { isEnded } from '../../model/state.ts'
import { dateTime } from '../../model/time.ts'
import { Link, withQuery } from '../../router.tsx'
import { Note } from '../../ui/note.tsx'
import { waitingPhase } from './steps.ts'

type Gate = NonNullable<Deployment['gate']>

const reasons: Record<Gate['because'], string> = {
  federation: 'the federation file asks for it',
  'live-destroy': 'a destroy of live stacks takes two people',
  requested: 'the launch asked for it'
}

const PhaseInWords = ({ phase }: { phase: number }) => <b>phase {phase}, {phaseTitle(phase).toLowerCase()}</b>

/** The people who have to open a gate, and those who have approved so far. */
function GateFacts ({ gate }: { gate: Gate }) {
  const who = [...gate.people, ...gate.groups.map((group) => `group ${group}`)]
  return (
    <p className='hint'>
      {gate.needed - gate.missing} of {gate.needed} {gate.needed === 1 ? 'approval' : 'approvals'}
      {who.length > 0 && ` from ${who.join(', ')}`} · {reasons[gate.because]}
      {!gate.launcherMayApprove && ' · not by whoever launched or resumed it'}
      {gate.expiresAt && ` · until ${dateTime(gate.expiresAt)}`}
      {gate.approvedBy.map(({ actor, time, comment }) => (
        <span key={time}>
          {' · '}approved by <b>{actor?.name ?? 'somebody'}</b>
          {comment && `: ${comment}`}
        </span>
      ))}
    </p>
  )
}

const WaitsForApproval = ({ item: { mode, gate }, phase }: { item: Deployment, phase: number }) => (
  <Note state='waiting' role='status'>
    <p>
      Waits for approval before <PhaseInWords phase={phase} /> ({mode}).
    </p>
    {gate && <GateFacts gate={gate} />}
  </Note>
)

function WaitsForWindow ({ window }: { window: NonNullable<Deployment['window']> }) {
  const { because, names, opens, phase } = window
  return (
    <Note state='waiting' role='status'>
      <p>
        Waits with <PhaseInWords phase={phase} /> for{' '}
        {because === 'freeze' ? 'the end of the freeze' : 'the maintenance window'} <b>{names.join(', ')}</b>
        {opens === undefined ? '; none opens within a year' : `, until ${dateTime(opens)}`}.
      </p>
      <p className='hint'>
        It continues by itself. Whoever may approve can make it continue now, and gives a reason.
      </p>
    </Note>
  )
}

const Failed = (
  { state, error }: { state: 'canceled' | 'failed', error: NonNullable<Deployment['error']> }
) => (
  <Note state={state}>
    <p>{error.message}</p>
    <p className='hint'>
      <code>{error.code}</code>
      {error.unit && (
        <>
          {' · '}
          <Link to={withQuery({ unit: error.unit })} replace>open {error.unit}</Link>
        </>
      )}
    </p>
  </Note>
)

/**
 * The one thing that needs attention: an approval, a window, warnings of the launch, or a failure.
 */
export function Attention ({ item }: { item: Deployment }) {
  const { status, error, window } = item
  // Of orphans a note of its own tells, also after the end.
  const warnings = item.warnings?.filter(({ code }) => code !== 'orphaned') ?? []
  const phase = waitingPhase(item)
  if (phase !== undefined) return <WaitsForApproval item={item} phase={phase} />
  if (window) return <WaitsForWindow window={window} />
  if (!isEnded(item) && warnings.length > 0) {
    return <Note state='waiting'>{warnings.map(({ code, message }) => <p key={code}>{message}</p>)}</Note>
  }
  return error ? <Failed state={status === 'canceled' ? 'canceled' : 'failed'} error={error} /> : null
}
