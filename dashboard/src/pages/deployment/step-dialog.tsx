import { useState } from 'react'
import type { Deployment } from '../../api/client.ts'
import { useAction } from '../../ui/action.ts'
import { Confirmation } from '../../ui/dialog.tsx'
import { Problem } from '../../ui/problem.tsx'
import { steer, stepTexts, type Step } from './steps.ts'

interface CommentProps {
  value: string
  onChange: (value: string) => void
  /** True for a step that needs a reason; a comment is optional. */
  reason: boolean
}

const Comment = ({ value, onChange, reason }: CommentProps) => (
  <div className='field'>
    <label htmlFor='decision-comment'>{reason ? 'Why it cannot wait' : 'Comment'}</label>
    <textarea
      id='decision-comment'
      className='input'
      maxLength={1000}
      {...(reason && { required: true, minLength: 3 })}
      value={value}
      onChange={(event) => {
        onChange(event.target.value)
      }}
    />
    <p className='hint'>Stored with the decision.</p>
  </div>
)

interface StepDialogProps {
  step: Step
  item: Deployment
  /** The phase that waits for an approval. */
  phase: number | undefined
  onClose: () => void
}

/** Asks before a step is taken, and for the comment of a decision. */
export function StepDialog ({ step, item, phase, onClose }: StepDialogProps) {
  const [comment, setComment] = useState('')
  const { busy, error, run } = useAction(async () => {
    await steer(step, item, phase, comment)
    onClose()
  })
  const { title, action, text } = stepTexts(step, item, phase)
  const decides = step === 'approve' || step === 'reject' || step === 'override'
  return (
    <Confirmation
      title={title}
      mode={item.mode}
      action={action}
      danger={step === 'cancel' || step === 'reject' || step === 'override'}
      busy={busy}
      onClose={onClose}
      onConfirm={run}
    >
      <p>{text}</p>
      {decides && <Comment value={comment} onChange={setComment} reason={step === 'override'} />}
      {error && <Problem error={error} />}
    </Confirmation>
  )
}
