import type { Fault } from '../api/client.ts'

const clouds = ['aws', 'gcp', 'azure', 'kubernetes'] as const
const kinds = ['fail', 'throttle', 'quota', 'slow', 'missing', 'changed'] as const
const operations = ['create', 'update', 'delete', 'read'] as const

/**
 * Types that are worth breaking first: one of each cloud that takes long, and what others depend
 * on.
 */
const suggestedTypes = [
  'aws:eks/cluster:Cluster',
  'aws:ec2transitgateway/transitGateway:TransitGateway',
  'gcp:container/cluster:Cluster',
  'azure-native:containerservice:ManagedCluster',
  'azure-native:network:VirtualNetworkGateway',
  'kubernetes:helm.sh/v3:Release'
]

function Words<T extends string> (
  { label, value, values, any, onChange }: {
    label: string
    value: T | undefined
    values: readonly T[]
    any?: string
    onChange: (value: T | undefined) => void
  }
) {
  return (
    <label className='field'>
      <span className='hint'>{label}</span>
      <select
        className='input'
        value={value ?? ''}
        onChange={(event) => {
          onChange(event.target.value === '' ? undefined : event.target.value as T)
        }}
      >
        {any !== undefined && <option value=''>{any}</option>}
        {values.map((one) => <option key={one}>{one}</option>)}
      </select>
    </label>
  )
}

function FaultFields (
  { fault, clusters, onChange, onRemove, number }: {
    fault: Fault
    clusters: string[]
    onChange: (fault: Fault) => void
    onRemove: () => void
    number: number
  }
) {
  const set = (changes: Record<string, string | number | boolean | undefined>) => {
    const next: Record<string, unknown> = { ...fault, ...changes }
    for (const [name, value] of Object.entries(next)) if (value === undefined) delete next[name]
    onChange(next as unknown as Fault)
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
        <Words
          label='What goes wrong'
          value={fault.kind}
          values={kinds}
          onChange={(kind = 'fail') => {
            set({
              kind,
              ...(kind === 'changed'
                ? { property: fault.property ?? '', value: fault.value ?? '' }
                : { property: undefined, value: undefined }),
              ...((kind === 'changed' || kind === 'missing') && { operation: undefined })
            })
          }}
        />
        <Words
          label='Cluster'
          value={fault.cluster}
          values={clusters}
          any='any'
          onChange={(cluster) => {
            set({ cluster })
          }}
        />
        <Words
          label='Cloud'
          value={fault.cloud}
          values={clouds}
          any='any'
          onChange={(cloud) => {
            set({ cloud })
          }}
        />
        <Words
          label='Operation'
          value={fault.operation}
          values={operations}
          any='any'
          onChange={(operation) => {
            set({ operation })
          }}
        />
        <label className='field two'>
          <span className='hint'>Resource type</span>
          <input
            className='input'
            list='fault-types'
            placeholder='any'
            value={fault.type ?? ''}
            onChange={(event) => {
              set({ type: event.target.value || undefined })
            }}
          />
        </label>
        <label className='field'>
          <span className='hint'>Resource name</span>
          <input
            className='input'
            placeholder='any'
            value={fault.name ?? ''}
            onChange={(event) => {
              set({ name: event.target.value || undefined })
            }}
          />
        </label>
        {fault.kind === 'changed' && (
          <>
            <label className='field'>
              <span className='hint'>Property</span>
              <input
                className='input'
                placeholder='tags.owner'
                value={fault.property ?? ''}
                onChange={(event) => {
                  set({ property: event.target.value })
                }}
              />
            </label>
            <label className='field'>
              <span className='hint'>Its value from now on</span>
              <input
                className='input'
                placeholder='somebody'
                value={String(fault.value ?? '')}
                onChange={(event) => {
                  set({ value: event.target.value })
                }}
              />
            </label>
          </>
        )}
        <label className='field'>
          <span className='hint'>How many times</span>
          <input
            className='input'
            type='number'
            min={1}
            placeholder='always'
            value={fault.times ?? ''}
            onChange={(event) => {
              set({ times: event.target.value === '' ? undefined : Number(event.target.value) })
            }}
          />
        </label>
      </div>
    </fieldset>
  )
}

/** What shall go wrong in a rehearsal. */
export function Faults (
  { faults, clusters, onChange }: { faults: Fault[], clusters: string[], onChange: (faults: Fault[]) => void }
) {
  return (
    <div className='stack'>
      {faults.map((fault, index) => (
        <FaultFields
          key={index}
          number={index + 1}
          fault={fault}
          clusters={clusters}
          onChange={(changed) => {
            onChange(faults.map((one, place) => place === index ? changed : one))
          }}
          onRemove={() => {
            onChange(faults.filter((_, place) => place !== index))
          }}
        />
      ))}
      <datalist id='fault-types'>{suggestedTypes.map((type) => <option key={type} value={type} />)}</datalist>
      <div>
        <button
          type='button'
          className='button small'
          onClick={() => {
            onChange([...faults, { kind: 'fail', times: 1 }])
          }}
        >
          Add a fault
        </button>
      </div>
    </div>
  )
}
