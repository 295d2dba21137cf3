/** Lists to choose one value from. */
import { navigate, useAddress, withQuery } from '../router.tsx'

export interface Option<T extends string = string> {
  value: T
  title: string
  disabled?: boolean
}

/** Options whose titles are their values. */
export const optionsOf = <T extends string>(values: readonly T[]): Option<T>[] =>
  values.map((value) => ({ value, title: value }))

interface SelectProps<T extends string> {
  value: T
  options: readonly Option<T>[]
  onChange: (value: T) => void
  required?: boolean
  className?: string
}

export const Select = <T extends string>(
  { value, options, onChange, required = false, className = 'input' }: SelectProps<T>
) => (
  <select
    className={className}
    value={value}
    required={required}
    onChange={(event) => {
      onChange(event.target.value as T)
    }}
  >
    {options.map((option) => (
      <option key={option.value} value={option.value} disabled={option.disabled}>{option.title}</option>
    ))}
  </select>
)

interface InlineSelectProps<T extends string> extends Omit<SelectProps<T>, 'className'> {
  label: string
  /** Moves it to the end of its row. */
  push?: boolean
  /** Cuts long titles. */
  short?: boolean
}

/** A select with its label beside it. */
export const InlineSelect = <T extends string>(
  { label, push = false, short = false, ...select }: InlineSelectProps<T>
) => (
  <label className={push ? 'row tight push' : 'row tight'}>
    <span className='label'>{label}</span>
    <Select {...select} className={short ? 'input narrow unit-select' : 'input narrow'} />
  </label>
)

interface QuerySelectProps {
  /** The parameter of the address that holds the value. */
  name: string
  label: string
  /** Title of the option that removes the parameter. */
  all?: string
  options: readonly Option[]
  /** Parameters that a change removes. */
  resets?: readonly string[]
  push?: boolean
  short?: boolean
}

/** A select whose value is a parameter of the address. */
export function QuerySelect ({ name, all = 'all', options, resets = [], ...rest }: QuerySelectProps) {
  const { query } = useAddress()
  return (
    <InlineSelect
      {...rest}
      value={query.get(name) ?? ''}
      options={[{ value: '', title: all }, ...options]}
      onChange={(value) => {
        const removed = Object.fromEntries(resets.map((parameter) => [parameter, undefined]))
        navigate(withQuery({ ...removed, [name]: value }), { replace: true })
      }}
    />
  )
}
