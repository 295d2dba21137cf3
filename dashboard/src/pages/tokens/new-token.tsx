import { useState } from 'react'
import { modes, roles, type Mode, type Role } from '../../../../contract/words.ts'
import { answer, api } from '../../api/client.ts'
import { federations as federationsResource } from '../../api/queries.ts'
import { refresh, useResource } from '../../api/resource.ts'
import { useAction } from '../../ui/action.ts'
import { Card } from '../../ui/card.tsx'
import { Field, Input } from '../../ui/field.tsx'
import { Problem } from '../../ui/problem.tsx'
import { optionsOf, Select } from '../../ui/select.tsx'

interface TokenDraft {
  name: string
  role: Role
  /** `*` for all. */
  federation: string
  mode: Mode | 'both'
  /** As it was typed. */
  days: string
  /** Empty: whoever creates the token. */
  person: string
}

const emptyDraft: TokenDraft = {
  name: '',
  role: 'viewer',
  federation: '*',
  mode: 'rehearsal',
  days: '30',
  person: ''
}

const bodyOf = ({ name, role, federation, mode, days, person }: TokenDraft) => ({
  name: name.trim(),
  expiresInDays: Number(days),
  ...(person.trim() !== '' && { person: person.trim() }),
  grants: [{ role, federations: [federation], ...(mode !== 'both' && { modes: [mode] }) }]
})

interface TokenFieldsProps {
  draft: TokenDraft
  change: (changes: Partial<TokenDraft>) => void
}

function TokenFields ({ draft, change }: TokenFieldsProps) {
  const federations = useResource(federationsResource).data ?? []
  const set = <K extends keyof TokenDraft>(name: K) => (value: TokenDraft[K]) => {
    change({ [name]: value })
  }
  return (
    <div className='fields'>
      <Field label='Name'>
        <Input value={draft.name} onChange={set('name')} required maxLength={100} />
      </Field>
      <Field label='Role'>
        <Select value={draft.role} options={optionsOf(roles)} onChange={set('role')} />
      </Field>
      <Field label='Federation'>
        <Select
          value={draft.federation}
          options={[{ value: '*', title: 'all' }, ...optionsOf(federations.map(({ name }) => name))]}
          onChange={set('federation')}
        />
      </Field>
      <Field label='Modes'>
        <Select value={draft.mode} options={optionsOf([...modes, 'both' as const])} onChange={set('mode')} />
      </Field>
      <Field label='Acts for'>
        <Input value={draft.person} onChange={set('person')} placeholder='you' maxLength={300} />
      </Field>
      <Field label='Days until it expires'>
        <Input value={draft.days} onChange={set('days')} type='number' min={1} max={366} required />
      </Field>
    </div>
  )
}

/** The form that creates a token; `onMade` gets the token's text. */
export function NewToken ({ onMade }: { onMade: (text: string) => void }) {
  const [draft, setDraft] = useState(emptyDraft)
  const change = (changes: Partial<TokenDraft>) => {
    setDraft((before) => ({ ...before, ...changes }))
  }
  const { busy, error, run } = useAction(async () => {
    const made = await answer(api.POST('/v1/tokens', { body: bodyOf(draft) }))
    change({ name: '' })
    refresh('tokens')
    onMade(made.token)
  })
  return (
    <Card title='Create a token'>
      <form
        className='stack'
        onSubmit={(event) => {
          event.preventDefault()
          if (!busy) run()
        }}
      >
        <TokenFields draft={draft} change={change} />
        {error && <Problem error={error} />}
        <div>
          <button type='submit' className='button primary' disabled={busy}>
            {busy ? 'Creating…' : 'Create the token'}
          </button>
        </div>
      </form>
    </Card>
  )
}
