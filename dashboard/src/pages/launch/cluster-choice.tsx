import { Check } from '../../ui/field.tsx'

interface ClusterChoiceProps {
  clusters: readonly string[]
  /** None means all. */
  chosen: readonly string[]
  onChange: (chosen: string[]) => void
}

/** Chooses clusters of the federation; the choice keeps the order of the file. */
export const ClusterChoice = ({ clusters, chosen, onChange }: ClusterChoiceProps) => (
  <details open={chosen.length > 0}>
    <summary>
      <span className='label'>Clusters</span>{' '}
      <span className='muted'>
        {chosen.length === 0 ? `all ${clusters.length}` : `${chosen.length} of ${clusters.length}`}
      </span>
    </summary>
    <div className='cluster-choice'>
      {clusters.map((name) => (
        <Check
          key={name}
          checked={chosen.includes(name)}
          onChange={(checked) => {
            onChange(clusters.filter((one) => one === name ? checked : chosen.includes(one)))
          }}
        >
          {name}
        </Check>
      ))}
    </div>
    <p className='hint'>
      None selected means all. Links and shared units are included when all of their clusters are.
    </p>
  </details>
)
