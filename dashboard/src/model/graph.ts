/** Where the clusters of a federation are drawn, and what connects them. Pure. */
import type { Cluster, Federation } from './federation.ts'

export const nodeWidth = 214
export const nodeHeight = 76
const columnGap = 92
const rowGap = 40
const stackGap = 14
const top = 74
const side = 54

const roles = ['primary', 'hub', 'dr', 'analytics'] as const

export interface GraphNode {
  cluster: Cluster
  x: number
  y: number
}
export interface GraphEdge {
  key: string
  kind: 'link' | 'pair'
  from: string
  to: string
  path: string
  label: { x: number, y: number, text: string }
  units: string[]
}
export interface Graph {
  width: number
  height: number
  nodes: GraphNode[]
  edges: GraphEdge[]
  columns: { title: string, x: number }[]
  rows: { title: string, y: number }[]
}

interface Box {
  x: number
  y: number
  column: number
  row: number
}

/**
 * A line between neighbours in a row, an arc over those between others; in a column along the side,
 * so that it crosses no node.
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

const roleTitles = { primary: 'Primary', hub: 'Hub', dr: 'Recovery', analytics: 'Analytics' }

/** Areas side by side, roles below each other. */
export function graphOf (federation: Pick<Federation, 'clusters' | 'links' | 'disasterRecovery'>): Graph {
  const areas = [...new Set(federation.clusters.map(({ area }) => area ?? 'other'))]
  const boxes = new Map<string, Box>()
  const rows: Graph['rows'] = []
  let y = top
  for (const [row, role] of roles.entries()) {
    const most = Math.max(
      ...areas.map((area) =>
        federation.clusters.filter((cluster) => cluster.role === role && (cluster.area ?? 'other') === area)
          .length
      )
    )
    if (most === 0) continue
    rows.push({ title: roleTitles[role], y: y + nodeHeight / 2 })
    for (const [column, area] of areas.entries()) {
      federation.clusters.filter((cluster) => cluster.role === role && (cluster.area ?? 'other') === area)
        .forEach(({ name }, index) => {
          boxes.set(name, {
            x: side + column * (nodeWidth + columnGap),
            y: y + index * (nodeHeight + stackGap),
            column,
            row
          })
        })
    }
    y += most * nodeHeight + (most - 1) * stackGap + rowGap
  }
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
  for (const { from, to, kind, bandwidthGbps } of federation.links ?? []) {
    add('link', from, to, `${kind} ${bandwidthGbps}G`, [
      `networking.${from}.${to}`,
      `networking.${to}.${from}`
    ])
  }
  for (const { primary, standby, rtoSeconds } of federation.disasterRecovery?.pairs ?? []) {
    add('pair', primary, standby, `RTO ${rtoSeconds} s`, [`disaster-recovery.${primary}.${standby}`])
  }
  return {
    width: side + areas.length * nodeWidth + (areas.length - 1) * columnGap + columnGap,
    height: y - rowGap + 16,
    nodes: federation.clusters.flatMap((cluster) => {
      const box = boxes.get(cluster.name)
      return box ? [{ cluster, x: box.x, y: box.y }] : []
    }),
    edges,
    columns: areas.map((title, column) => ({
      title: title.toUpperCase(),
      x: side + column * (nodeWidth + columnGap) + nodeWidth / 2
    })),
    rows
  }
}
