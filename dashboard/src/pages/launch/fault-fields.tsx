import type { HTMLInputTypeAttribute } from 'react'
import { faultClouds, faultKinds, faultOperations } from '../../../../contract/words.ts'
import type { Fault } from '../../api/client.ts'
import { Input } from '../../ui/field.tsx'
import { optionsOf, Select } from '../../ui/select.tsx'

interface WordsProps<T extends string> {
  label: string
  /** Undefined for any. */
  value: T | undefined
  values: readonly T[]
  onChange: (value: T | undefined) => void
}

/** A choice of one word, or of any. */
const Words = <T extends string>({ label, value, values, onChange }: WordsProps<T>) => (
  <label className='field'>
    <span className='hint'>{label}</span>
    <Select<T | ''>
      value={value ?? ''}
      options={[{ value: '', title: 'any' }, ...optionsOf(values)]}
      onChange={(chosen) => {
        onChange(chosen === '' ? undefined : chosen)
      }}
    />
  </label>
)

interface TextProps {
  label: string
  value: string | number | undefined
  onChange: (value: string) => void
  placeholder: string
  /** Id of the list of suggestions. */
  list?: string
  type?: HTMLInputTypeAttribute
  min?: number
  wide?: boolean
}

const Text = ({ label, value, wide = false, ...attributes }: TextProps) => (
  <label className={wide ? 'field two' : 'field'}>
    <span className='hint'>{label}</span>
    <Input {...attributes} value={String(value ?? '')} />
  </label>
)

type Changes = { [Field in keyof Fault]?: Fault[Field] | undefined }

/** Changes a fault, and removes the fields that become undefined. */
const changed = (fault: Fault, changes: Changes): Fault =>
  Object.fromEntries(
    Object.entries({ ...fault, ...changes }).filter(([, value]) => value !== undefined)
  ) as Fault

/** Changes of a fault's kind: fields that have no meaning for it go. */
const kindChanges = (fault: Fault, kind: Fault['kind']): Changes => ({
  kind,
  ...(kind === 'changed' || kind === 'mistake'
    ? { property: fault.property ?? '', value: fault.value ?? '' }
    : { property: undefined, value: undefined }),
  ...((kind === 'changed' || kind === 'missing' || kind === 'mistake') && { operation: undefined }),
  ...(kind === 'mistake' && { times: undefined })
})

interface PartProps {
  fault: Fault
  set: (changes: Changes) => void
}

/** The target of the fault: everything while all fields are empty. */
function Target ({ fault, set, clusters }: PartProps & { clusters: readonly string[] }) {
  return (
    <>
      <Words
        label='Cluster'
        value={fault.cluster}
        values={clusters}
        onChange={(cluster) => {
          set({ cluster })
        }}
      />
      <Words
        label='Cloud'
        value={fault.cloud}
        values={faultClouds}
        onChange={(cloud) => {
          set({ cloud })
        }}
      />
      <Words
        label='Operation'
        value={fault.operation}
        values={faultOperations}
        onChange={(operation) => {
          set({ operation })
        }}
      />
      <Text
        label='Resource type'
        wide
        list='fault-types'
        placeholder='any'
        value={fault.type}
        onChange={(type) => {
          set({ type: type || undefined })
        }}
      />
      <Text
        label='Resource name'
        placeholder='any'
        value={fault.name}
        onChange={(name) => {
          set({ name: name || undefined })
        }}
      />
    </>
  )
}

/** The property that somebody else, or the program by mistake, gives another value. */
function PropertyChange ({ fault, set }: PartProps) {
  return (
    <>
      <Text
        label='Property'
        placeholder='tags.owner'
        value={fault.property}
        onChange={(property) => {
          set({ property })
        }}
      />
      <Text
        label='New value'
        placeholder='somebody'
        value={fault.value === undefined ? '' : String(fault.value)}
        onChange={(value) => {
          set({ value })
        }}
      />
    </>
  )
}

interface FaultFieldsProps {
  fault: Fault
  /** From 1. */
  number: number
  clusters: readonly string[]
  onChange: (fault: Fault) => void
  onRemove: () => void
}

/** One fault: its kind, what it hits, and how often. */
export function FaultFields ({ fault, number, clusters, onChange, onRemove }: FaultFieldsProps) {
  const set = (changes: Changes) => {
    onChange(changed(fault, changes))
  }
  return (
    <fieldset className='fault'>
      <legend className='row tight'>
        <span className='label'>Fault {number}</span>
        <button
          type='button'
          className='button small quiet'
          onClick={onRemove}
          aria-label={`Remove fault ${number}`}
        >
          Remove
        </button>
      </legend>
      <div className='fault-fields'>
        <label className='field'>
          <span className='hint'>Kind</span>
          <Select
            value={fault.kind}
            options={optionsOf(faultKinds)}
            onChange={(kind) => {
              set(kindChanges(fault, kind))
            }}
          />
        </label>
        <Target fault={fault} set={set} clusters={clusters} />
        {(fault.kind === 'changed' || fault.kind === 'mistake') && <PropertyChange fault={fault} set={set} />}
        <Text
          label='How many times'
          type='number'
          min={1}
          placeholder='always'
          value={fault.times}
          onChange={(times) => {
            set({ times: times === '' ? undefined : Number(times) })
          }}
        />
      </div>
    </fieldset>
  )
}
