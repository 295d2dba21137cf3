import type { Federation } from '../model/federation.ts'
import { shortName } from '../model/federation.ts'
import { graphOf, nodeHeight, nodeWidth } from '../model/graph.ts'
import { phaseTitle } from '../model/phases.ts'
import { clusterState } from '../model/place.ts'
import type { State } from '../model/words.ts'
import { navigate } from '../router.tsx'
import { CloudBadge } from '../ui/parts.tsx'

const stateWords: Record<State, string> = {
  succeeded: 'deployed',
  pending: 'partly deployed',
  absent: 'not deployed',
  failed: 'failed',
  running: 'running',
  canceled: 'canceled',
  queued: 'queued',
  waiting: 'waiting',
  canceling: 'canceling',
  skipped: 'skipped'
}

/**
 * Clusters by area and role, what connects them, and how each is; the same in words for those who
 * can't see it.
 */
export function FederationGraph (
  { federation, units, linkTo }: {
    federation: Federation
    units: ReadonlyMap<string, State>
    linkTo: (cluster: string) => string | undefined
  }
) {
  const graph = graphOf(federation)
  const edgeState = (names: readonly string[]): State =>
    names.map((name) => units.get(name)).find((state) => state !== undefined) ?? 'absent'
  return (
    <div className='scroll' role='region' aria-label='Clusters and what connects them' tabIndex={0}>
      <svg
        className='graph'
        viewBox={`0 0 ${graph.width} ${graph.height}`}
        style={{ minWidth: Math.min(graph.width, 760), maxWidth: graph.width * 1.2 }}
        role='group'
        aria-label={`The clusters of ${federation.name}`}
      >
        {graph.columns.map(({ title, x }) => (
          <text key={title} x={x} y={18} textAnchor='middle' className='area'>{title}</text>
        ))}
        {graph.rows.map(({ title, y }) => (
          <text key={title} transform={`translate(20 ${y}) rotate(-90)`} textAnchor='middle' className='role'>
            {title}
          </text>
        ))}
        {graph.edges.map(({ key, kind, path, label, units: names, from, to }) => {
          const state = edgeState(names)
          return (
            <g
              key={key}
              data-state={state}
              className={`edge ${kind}`}
              role='img'
              aria-label={`${kind === 'pair' ? 'recovery pair' : 'link'} ${from} to ${to}, ${label.text}, ` +
                `${stateWords[state]}`}
            >
              <path d={path} />
              <text x={label.x} y={label.y} textAnchor={kind === 'pair' ? 'start' : 'middle'}>
                {label.text}
              </text>
            </g>
          )
        })}
        {graph.nodes.map(({ cluster, x, y }) => {
          const { state, phases, deployed } = clusterState(cluster.name, units)
          const to = linkTo(cluster.name)
          const shown = {
            name: shortName(cluster.name, federation.name),
            cloud: cluster.cloud.toUpperCase(),
            state: state === 'pending'
              ? `${deployed} of ${phases.length}`
              : state === 'absent'
              ? 'none'
              : stateWords[state]
          }
          // What is seen comes first, as it is written: voice control finds a link by it.
          const label = `${shown.name} ${cluster.region} ${shown.cloud} ${shown.state} (${cluster.role}, ` +
            `${stateWords[state]}, ${deployed} of ${phases.length} phases)`
          const body = (
            <>
              <title>
                {`${cluster.name}\n${
                  phases.map(({ number, status }) => `${number} ${phaseTitle(number)}: ${stateWords[status]}`)
                    .join('\n')
                }`}
              </title>
              <rect className='box' width={nodeWidth} height={nodeHeight} rx={7} />
              <rect className='stripe' width={5} height={nodeHeight} rx={2} />
              <text x={16} y={23} className='node-name'>{`${shown.name} `}</text>
              <text x={16} y={41} className='node-region'>{`${cluster.region} `}</text>
              <text x={nodeWidth - 12} y={41} textAnchor='end' className='node-cloud'>
                {`${shown.cloud} `}
              </text>
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
              <text x={nodeWidth - 12} y={63} textAnchor='end' className='node-state'>{shown.state}</text>
            </>
          )
          return to === undefined
            ? (
              <g
                key={cluster.name}
                transform={`translate(${x} ${y})`}
                data-state={state}
                className='node'
                role='img'
                aria-label={label}
              >
                {body}
              </g>
            )
            : (
              <g key={cluster.name} transform={`translate(${x} ${y})`}>
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
                  {body}
                </a>
              </g>
            )
        })}
      </svg>
    </div>
  )
}

/** The clusters as a table: what the graph has no room for. */
export function ClusterTable (
  { federation, units, cost }: {
    federation: Federation
    units: ReadonlyMap<string, State>
    cost: ReadonlyMap<string, string>
  }
) {
  return (
    <table className='table'>
      <thead>
        <tr>
          <th scope='col'>Cluster</th>
          <th scope='col'>Role</th>
          <th scope='col'>Cloud</th>
          <th scope='col'>Region</th>
          <th scope='col'>Network</th>
          <th scope='col'>Nodes</th>
          <th scope='col'>State</th>
          <th scope='col' className='end'>Cost a month</th>
        </tr>
      </thead>
      <tbody>
        {federation.clusters.map((cluster) => (
          <tr key={cluster.name}>
            <td>
              <b>{shortName(cluster.name, federation.name)}</b>
            </td>
            <td>{cluster.role}</td>
            <td>
              <CloudBadge cloud={cluster.cloud} />
            </td>
            <td>{cluster.region}</td>
            <td className='mono'>{cluster.cidr}</td>
            <td>
              {cluster.nodePools?.map(({ name, instanceType, min, max }) => (
                <div key={name} className='nowrap'>{min}–{max} {instanceType}</div>
              ))}
            </td>
            <td>{stateWords[clusterState(cluster.name, units).state]}</td>
            <td className='end'>{cost.get(cluster.name) ?? '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
