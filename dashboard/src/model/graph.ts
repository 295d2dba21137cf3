/** Positions of a federation's clusters in a drawing, and of what connects them. Pure. */
import { clusterRoles, type ClusterRole } from '../../../contract/words.ts'
import type { Cluster, Federation } from './federation.ts'

export const nodeWidth = 214
export const nodeHeight = 76
const columnGap = 92
const rowGap = 40
const stackGap = 14
const top = 74
const side = 54

export interface GraphNode {
  cluster: Cluster
  x: number
  y: number
}
export interface GraphEdge {
  key: string
  /** A network link, or a pair of a primary and its standby. */
  kind: 'link' | 'pair'
  from: string
  to: string
  path: string
  label: { x: number, y: number, text: string }
  /** Ids of the units that deploy it. */
  units: string[]
}
export interface Graph {
  width: number
  height: number
  nodes: GraphNode[]
  edges: GraphEdge[]
  /** One for each area. */
  columns: { title: string, x: number }[]
  /** One for each role. */
  rows: { title: string, y: number }[]
}

interface Box {
  x: number
  y: number
  column: number
  row: number
}

/**
 * Routes an edge so that it crosses no node: a line between neighbours of a row, an arc over the
 * nodes between others, a bow along the side of a column. `lane` keeps bows apart.
 */
function route (a: Box, b: Box, lane: number): { path: string, x: number, y: number } {
  const [from, to] = a.column <= b.column ? [a, b] : [b, a]
  if (a.column === b.column) {
    const edge = from.x + nodeWidth
    const bow = edge + 26 + lane * 12
    const [y1, y2] = [a.y + nodeHeight / 2, b.y + nodeHeight / 2]
    return {
      path: `M${edge},${y1} C${bow},${y1} ${bow},${y2} ${edge},${y2}`,
      x: edge + 20 + lane * 9,
      y: (y1 + y2) / 2
    }
  }
  if (a.row === b.row && from.y === to.y) {
    if (to.column - from.column === 1) {
      return {
        path: `M${from.x + nodeWidth},${from.y + 30} L${to.x},${to.y + 30}`,
        x: (from.x + nodeWidth + to.x) / 2,
        y: from.y + 24
      }
    }
    const [x1, x2] = [from.x + nodeWidth / 2, to.x + nodeWidth / 2]
    const over = from.y - 46 - lane * 10
    return {
      path: `M${x1},${from.y} C${x1 + 60},${over} ${x2 - 60},${over} ${x2},${to.y}`,
      x: (x1 + x2) / 2,
      y: from.y - 40 - lane * 8
    }
  }
  const [x1, y1, x2, y2] = [from.x + nodeWidth, from.y + nodeHeight / 2, to.x, to.y + nodeHeight / 2]
  const middle = (x1 + x2) / 2
  return { path: `M${x1},${y1} C${middle},${y1} ${middle},${y2} ${x2},${y2}`, x: middle, y: (y1 + y2) / 2 }
}

const roleTitles: Record<ClusterRole, string> = {
  primary: 'Primary',
  hub: 'Hub',
  dr: 'Recovery',
  analytics: 'Analytics'
}

const areaOf = ({ area }: Cluster): string => area ?? 'other'

interface Layout {
  boxes: Map<string, Box>
  rows: Graph['rows']
  height: number
}

/** Gives each cluster its box: areas side by side, roles below each other. */
function layOut (clusters: readonly Cluster[], areas: readonly string[]): Layout {
  const boxes = new Map<string, Box>()
  const rows: Graph['rows'] = []
  let y = top
  for (const [row, role] of clusterRoles.entries()) {
    const columns = areas.map((area) =>
      clusters.filter((cluster) => cluster.role === role && areaOf(cluster) === area)
    )
    const most = Math.max(...columns.map(({ length }) => length))
    if (most === 0) continue
    rows.push({ title: roleTitles[role], y: y + nodeHeight / 2 })
    for (const [column, stacked] of columns.entries()) {
      for (const [index, { name }] of stacked.entries()) {
        boxes.set(name, {
          x: side + column * (nodeWidth + columnGap),
          y: y + index * (nodeHeight + stackGap),
          column,
          row
        })
      }
    }
    y += most * nodeHeight + (most - 1) * stackGap + rowGap
  }
  return { boxes, rows, height: y - rowGap + 16 }
}

type Connections = Pick<Federation, 'links' | 'disasterRecovery'>

/** Routes links and recovery pairs between the clusters that have a box. */
function connect (
  boxes: ReadonlyMap<string, Box>,
  { links = [], disasterRecovery }: Connections
): GraphEdge[] {
  const edges: GraphEdge[] = []
  const add = (kind: GraphEdge['kind'], from: string, to: string, text: string, units: string[]) => {
    const [a, b] = [boxes.get(from), boxes.get(to)]
    if (!a || !b) return
    const { path, x, y: labelY } = route(
      a,
      b,
      a.column === b.column
        ? edges.filter((edge) =>
          edge.kind === kind && boxes.get(edge.from)?.column === a.column &&
          boxes.get(edge.to)?.column === a.column
        ).length
        : 0
    )
    edges.push({ key: `${kind} ${from} ${to}`, kind, from, to, path, label: { x, y: labelY, text }, units })
  }
  for (const { from, to, kind, bandwidthGbps } of links) {
    add('link', from, to, `${kind} ${bandwidthGbps}G`, [
      `networking.${from}.${to}`,
      `networking.${to}.${from}`
    ])
  }
  for (const { primary, standby, rtoSeconds } of disasterRecovery?.pairs ?? []) {
    add('pair', primary, standby, `RTO ${rtoSeconds} s`, [
      `disaster-recovery.${primary}.${standby}-primary`,
      `disaster-recovery.${primary}.${standby}-standby`
    ])
  }
  return edges
}

/** Lays out a federation. */
export function graphOf (federation: Connections & Pick<Federation, 'clusters'>): Graph {
  const areas = [...new Set(federation.clusters.map(areaOf))]
  const { boxes, rows, height } = layOut(federation.clusters, areas)
  return {
    width: side + areas.length * nodeWidth + (areas.length - 1) * columnGap + columnGap,
    height,
    nodes: federation.clusters.flatMap((cluster) => {
      const box = boxes.get(cluster.name)
      return box ? [{ cluster, x: box.x, y: box.y }] : []
    }),
    edges: connect(boxes, federation),
    columns: areas.map((title, column) => ({
      title: title.toUpperCase(),
      x: side + column * (nodeWidth + columnGap) + nodeWidth / 2
    })),
    rows
  }
}
