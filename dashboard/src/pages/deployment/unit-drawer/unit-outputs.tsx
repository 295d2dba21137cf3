import type { Unit } from '../../../api/client.ts'
import { count } from '../../../model/figures.ts'
import { isSecret } from '../../../model/values.ts'
import { LockIcon } from '../../../ui/icons.tsx'
import { Pair } from '../../../ui/pair.tsx'

/** Letters of a value that is shown whole; a longer one is folded. */
const shortText = 80

/** A value of an output. The API sends a mark in place of a secret. */
function OutputValue ({ value }: { value: unknown }) {
  if (isSecret(value)) {
    return (
      <span className='row tight muted'>
        <LockIcon /> secret, not shown
      </span>
    )
  }
  if (value === '') return <span className='muted'>empty</span>
  if (typeof value === 'string') return <span className='mono break'>{value}</span>
  const text = JSON.stringify(value, null, 1)
  if (text.length <= shortText) return <span className='mono break'>{text}</span>
  return (
    <details>
      <summary>{Array.isArray(value) ? count(value.length, 'item') : 'object'}</summary>
      <pre className='code'>{text}</pre>
    </details>
  )
}

/** The outputs of the unit's stack. */
export function UnitOutputs ({ outputs }: { outputs: Unit['outputs'] }) {
  const list = Object.entries(outputs)
  if (list.length === 0) return null
  return (
    <section>
      <h3>Outputs</h3>
      <dl className='pairs'>
        {list.map(([name, value]) => (
          <Pair key={name} term={name}>
            <OutputValue value={value} />
          </Pair>
        ))}
      </dl>
    </section>
  )
}
