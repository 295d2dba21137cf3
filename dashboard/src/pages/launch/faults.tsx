import type { Fault } from '../../api/client.ts'
import { FaultFields } from './fault-fields.tsx'

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

interface FaultsProps {
  faults: readonly Fault[]
  clusters: readonly string[]
  onChange: (faults: Fault[]) => void
}

/** The faults of a rehearsal. */
export const Faults = ({ faults, clusters, onChange }: FaultsProps) => (
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
