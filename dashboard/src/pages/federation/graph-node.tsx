import { shortName } from '../../model/federation.ts'
import { nodeHeight, nodeWidth, type GraphNode as Node } from '../../model/graph.ts'
import { phaseTitle } from '../../model/phases.ts'
import { clusterState, type ClusterState } from '../../model/place.ts'
import type { State } from '../../model/state.ts'
import { navigate } from '../../router.tsx'
import { clusterWords } from './cluster-words.ts'

/** The texts of a node, as they are seen. */
interface NodeTexts {
  name: string
  region: string
  cloud: string
  state: string
}

function textsOf (
  { cluster }: Node,
  { state, phases, deployed }: ClusterState,
  federation: string
): NodeTexts {
  return {
    name: shortName(cluster.name, federation),
    region: cluster.region,
    cloud: cluster.cloud.toUpperCase(),
    state: state === 'pending'
      ? `${deployed} of ${phases.length}`
      : state === 'absent'
      ? 'none'
      : clusterWords[state]
  }
}

const hint = (cluster: string, { phases }: ClusterState): string =>
  [
    cluster,
    ...phases.map(({ number, status }) => `${number} ${phaseTitle(number)}: ${clusterWords[status]}`)
  ].join('\n')

interface DrawingProps {
  texts: NodeTexts
  phases: ClusterState['phases']
  hint: string
}

/** The box with its texts, and a mark for each phase. */
const Drawing = ({ texts: { name, region, cloud, state }, phases, hint }: DrawingProps) => (
  <>
    <title>{hint}</title>
    <rect className='box' width={nodeWidth} height={nodeHeight} rx={7} />
    <rect className='stripe' width={5} height={nodeHeight} rx={2} />
    <text x={16} y={23} className='node-name'>{`${name} `}</text>
    <text x={16} y={41} className='node-region'>{`${region} `}</text>
    <text x={nodeWidth - 12} y={41} textAnchor='end' className='node-cloud'>{`${cloud} `}</text>
    {phases.map(({ number, status }, index) => (
      <rect
        key={number}
        className='phase-mark'
        data-state={status}
        x={16 + index * 15}
        y={54}
        width={12}
        height={9}
        rx={2}
      />
    ))}
    <text x={nodeWidth - 12} y={63} textAnchor='end' className='node-state'>{state}</text>
  </>
)

interface GraphNodeProps {
  node: Node
  /** Name of the federation. */
  federation: string
  units: ReadonlyMap<string, State>
  /** Address that the node leads to; undefined for none. */
  to: string | undefined
}

/** A cluster in the graph. */
export function GraphNode ({ node, federation, units, to }: GraphNodeProps) {
  const { cluster, x, y } = node
  const known = clusterState(cluster.name, units)
  const { state, phases, deployed } = known
  const texts = textsOf(node, known, federation)
  // The name begins with what is seen, as it is written: voice control finds a link by it.
  const label = `${texts.name} ${texts.region} ${texts.cloud} ${texts.state} (${cluster.role}, ` +
    `${clusterWords[state]}, ${deployed} of ${phases.length} phases)`
  const drawing = <Drawing texts={texts} phases={phases} hint={hint(cluster.name, known)} />
  const place = `translate(${x} ${y})`
  if (to === undefined) {
    return (
      <g transform={place} data-state={state} className='node' role='img' aria-label={label}>{drawing}</g>
    )
  }
  return (
    <g transform={place}>
      <a
        href={to}
        data-state={state}
        className='node'
        aria-label={label}
        onClick={(event) => {
          event.preventDefault()
          navigate(to)
        }}
      >
        {drawing}
      </a>
    </g>
  )
}
