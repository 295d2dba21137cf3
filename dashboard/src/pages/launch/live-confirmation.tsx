import { useState } from 'react'
import { count } from '../../model/figures.ts'
import type { Draft } from '../../model/launch-draft.ts'
import { Confirmation } from '../../ui/dialog.tsx'
import { Field, Input } from '../../ui/field.tsx'
import { Problem } from '../../ui/problem.tsx'

interface LiveConfirmationProps {
  draft: Draft
  busy: boolean
  error: Error | undefined
  onClose: () => void
  onConfirm: () => void
}

/** Asks for the federation's name before a launch on real clouds. */
export function LiveConfirmation (
  { draft: { operation, federation, from, to, clusters }, busy, error, onClose, onConfirm }:
    LiveConfirmationProps
) {
  const [typed, setTyped] = useState('')
  const destroys = operation === 'destroy'
  return (
    <Confirmation
      title={`Launch a live ${operation} of ${federation}?`}
      mode='live'
      action={`Launch live ${operation}`}
      danger={destroys}
      busy={busy}
      disabled={typed !== federation}
      onClose={onClose}
      onConfirm={onConfirm}
    >
      <p>
        {destroys ? 'This deletes what is deployed on real clouds' : 'This acts on real clouds'}: phases{' '}
        {from} to {to}, {clusters.length === 0 ? 'all clusters' : count(clusters.length, 'cluster')}.
      </p>
      <Field label={`Type ${federation} to confirm`}>
        <Input autoComplete='off' value={typed} onChange={setTyped} />
      </Field>
      {error && <Problem error={error} />}
    </Confirmation>
  )
}
