import { shortName, type Federation } from '../../model/federation.ts'
import { clusterState } from '../../model/place.ts'
import type { State } from '../../model/state.ts'
import { CloudBadge } from '../../ui/badge.tsx'
import { ScrollTable } from '../../ui/table.tsx'
import { clusterWords } from './cluster-words.ts'

const columns = [
  'Cluster',
  'Role',
  'Cloud',
  'Region',
  'Network',
  'Nodes',
  'State',
  { title: 'Monthly cost', end: true }
]

interface ClusterTableProps {
  federation: Federation
  /** States of units by id. */
  units: ReadonlyMap<string, State>
  /** Monthly costs by cluster, as text. */
  costs: ReadonlyMap<string, string>
}

/** The clusters with what the graph has no room for. */
export function ClusterTable ({ federation, units, costs }: ClusterTableProps) {
  return (
    <ScrollTable label='Clusters' columns={columns}>
      {federation.clusters.map(({ name, role, cloud, region, cidr, nodePools }) => (
        <tr key={name}>
          <td>
            <b>{shortName(name, federation.name)}</b>
          </td>
          <td>{role}</td>
          <td>
            <CloudBadge cloud={cloud} />
          </td>
          <td>{region}</td>
          <td className='mono'>{cidr}</td>
          <td>
            {nodePools?.map((pool) => (
              <div key={pool.name} className='nowrap'>{pool.min}–{pool.max} {pool.instanceType}</div>
            ))}
          </td>
          <td>{clusterWords[clusterState(name, units).state]}</td>
          <td className='end'>{costs.get(name) ?? '–'}</td>
        </tr>
      ))}
    </ScrollTable>
  )
}
