import { useState } from 'react'
import type { AuditEntry, AuditFilter } from '../../api/client.ts'
import { navigate, useAddress, withQuery } from '../../router.tsx'
import { optionsOf, QuerySelect } from '../../ui/select.tsx'

type Outcome = AuditEntry['outcome']
const outcomes: readonly Outcome[] = ['done', 'denied']

/** Parameters of the address that are texts, with their labels. */
const texts = { action: 'Action', subject: 'Who', target: 'Target' } as const
const textNames = Object.keys(texts) as (keyof typeof texts)[]

/** Reads the filter from the address. */
export function auditFilter (query: URLSearchParams): AuditFilter {
  const outcome = outcomes.find((one) => one === query.get('outcome'))
  const before = query.get('before') ?? ''
  return {
    ...Object.fromEntries(textNames.flatMap((name) => query.get(name) ? [[name, query.get(name)]] : [])),
    ...(outcome && { outcome }),
    ...(/^\d{1,15}$/.test(before) && { before: Number(before) })
  }
}

/** A text that narrows the list down once it is typed: on Enter, or when the field is left. */
function TextFilter ({ name }: { name: keyof typeof texts }) {
  const { query } = useAddress()
  const [value, setValue] = useState(query.get(name) ?? '')
  const apply = () => {
    if (value !== (query.get(name) ?? '')) {
      navigate(withQuery({ [name]: value.trim(), before: undefined }), { replace: true })
    }
  }
  return (
    <label className='row tight'>
      <span className='label'>{texts[name]}</span>
      <input
        className='input narrow'
        value={value}
        onChange={(event) => {
          setValue(event.target.value)
        }}
        onBlur={apply}
        onKeyDown={(event) => {
          if (event.key === 'Enter') apply()
        }}
      />
    </label>
  )
}

export const AuditFilters = () => (
  <div className='inside row' role='search' aria-label='Filters'>
    {textNames.map((name) => <TextFilter key={name} name={name} />)}
    <QuerySelect name='outcome' label='Outcome' options={optionsOf(outcomes)} resets={['before']} />
  </div>
)
