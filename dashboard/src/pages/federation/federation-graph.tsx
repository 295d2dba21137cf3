import type { Federation } from '../../model/federation.ts'
import { graphOf, type GraphEdge } from '../../model/graph.ts'
import type { State } from '../../model/state.ts'
import { Scroll } from '../../ui/table.tsx'
import { clusterWords } from './cluster-words.ts'
import { GraphNode } from './graph-node.tsx'

function Edge ({ edge: { kind, path, label, from, to }, state }: { edge: GraphEdge, state: State }) {
  return (
    <g
      data-state={state}
      className={`edge ${kind}`}
      role='img'
      aria-label={`${kind === 'pair' ? 'recovery pair' : 'link'} ${from} to ${to}, ${label.text}, ` +
        clusterWords[state]}
    >
      <path d={path} />
      <text x={label.x} y={label.y} textAnchor={kind === 'pair' ? 'start' : 'middle'}>{label.text}</text>
    </g>
  )
}

interface FederationGraphProps {
  federation: Federation
  /** States of units by id. */
  units: ReadonlyMap<string, State>
  /** Address of what is known of a cluster. */
  linkTo: (cluster: string) => string | undefined
}

/**
 * Clusters by area and role, with what connects them and their states; in words for screen readers.
 */
export function FederationGraph ({ federation, units, linkTo }: FederationGraphProps) {
  const { width, height, columns, rows, edges, nodes } = graphOf(federation)
  const edgeState = ({ units: ids }: GraphEdge): State =>
    ids.map((id) => units.get(id)).find((state) => state !== undefined) ?? 'absent'
  return (
    <Scroll label='Clusters and what connects them'>
      <svg
        className='graph'
        viewBox={`0 0 ${width} ${height}`}
        style={{ minWidth: Math.min(width, 760), maxWidth: width * 1.2 }}
        role='group'
        aria-label={`The clusters of ${federation.name}`}
      >
        {columns.map(({ title, x }) => (
          <text key={title} x={x} y={18} textAnchor='middle' className='area'>{title}</text>
        ))}
        {rows.map(({ title, y }) => (
          <text key={title} transform={`translate(20 ${y}) rotate(-90)`} textAnchor='middle' className='role'>
            {title}
          </text>
        ))}
        {edges.map((edge) => <Edge key={edge.key} edge={edge} state={edgeState(edge)} />)}
        {nodes.map((node) => (
          <GraphNode
            key={node.cluster.name}
            node={node}
            federation={federation.name}
            units={units}
            to={linkTo(node.cluster.name)}
          />
        ))}
      </svg>
    </Scroll>
  )
}
