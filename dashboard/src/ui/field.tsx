/** Labelled controls of forms. */
import type { InputHTMLAttributes, ReactNode } from 'react'

interface FieldProps {
  label: string
  hint?: string
  children: ReactNode
}

/** A control with its label above it. */
export const Field = ({ label, hint, children }: FieldProps) => (
  <label className='field'>
    <span className='label'>{label}</span>
    {children}
    {hint && <span className='hint'>{hint}</span>}
  </label>
)

type InputProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'value' | 'onChange' | 'className'> & {
  value: string
  onChange: (value: string) => void
}

export const Input = ({ value, onChange, ...attributes }: InputProps) => (
  <input
    {...attributes}
    className='input'
    value={value}
    onChange={(event) => {
      onChange(event.target.value)
    }}
  />
)

interface CheckProps {
  checked: boolean
  onChange: (checked: boolean) => void
  /** Classes besides `check`. */
  className?: string
  /** The label. */
  children: ReactNode
}

/** A checkbox with its label beside it. */
export const Check = ({ checked, onChange, className, children }: CheckProps) => (
  <label className={className === undefined ? 'check' : `check ${className}`}>
    <input
      type='checkbox'
      checked={checked}
      onChange={(event) => {
        onChange(event.target.checked)
      }}
    />
    {children}
  </label>
)

interface ChoiceProps<T extends string> {
  legend: string
  value: T
  values: readonly T[]
  onChange: (value: T) => void
}

/** One of a few words, all of them in sight. */
export const Choice = <T extends string>({ legend, value, values, onChange }: ChoiceProps<T>) => (
  <fieldset className='field'>
    <legend>{legend}</legend>
    <span className='choice'>
      {values.map((one) => (
        <label key={one}>
          <input
            type='radio'
            name={legend}
            value={one}
            checked={value === one}
            onChange={() => {
              onChange(one)
            }}
          />
          {one}
        </label>
      ))}
    </span>
  </fieldset>
)
