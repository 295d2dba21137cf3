/**
 * Parts that the rules of a file share: the view they judge, the names they may refer to, and where
 * they report.
 */
import { finding, mostFindings, type Finding, type Path, type ProblemCode, type problems } from './errors.ts'
import { type FileView } from './shape.ts'

export type LinkView = NonNullable<NonNullable<FileView['links']>[number]>
export type ClusterView = NonNullable<NonNullable<FileView['clusters']>[number]>

/** A cluster with its place in the file. */
export interface PlacedCluster {
  readonly index: number
  readonly cluster: ClusterView
}

/** The file as a rule judges it. */
export interface RuleContext {
  readonly view: FileView
  readonly clusters: readonly PlacedCluster[]
  /**
   * All cluster names that the file spells, those of ill-formed clusters too: a reference to one is
   * not a second error.
   */
  readonly names: ReadonlySet<string>
  /** The same in the order of the file, for messages. */
  readonly clusterNames: readonly string[]
  /** YYYY-MM-DD in UTC: what has expired before it is over. */
  readonly today: string
  report<C extends ProblemCode>(
    code: C,
    path: Path,
    at: 'key' | 'value',
    ...values: Parameters<typeof problems[C]>
  ): void
}

/** One rule or a few of one subject: reports what it finds, and skips what is missing. */
export type Rule = (context: RuleContext) => void

/** The well-formed items of a list with their indexes. */
export function items<T> (
  list: readonly (T | undefined)[] | undefined
): { readonly index: number, readonly item: T }[] {
  return (list ?? []).flatMap((item, index) => item === undefined ? [] : [{ index, item }])
}

/** The first cluster of that name, if it is well-formed enough to have one. */
export function clusterNamed (context: RuleContext, name: string | undefined): ClusterView | undefined {
  return name === undefined
    ? undefined
    : context.clusters.find(({ cluster }) => cluster.name === name)?.cluster
}

/** Reports a name that no cluster has. */
export function expectCluster (
  context: RuleContext,
  name: string | undefined,
  path: Path,
  at: 'key' | 'value' = 'value'
): void {
  if (name !== undefined && !context.names.has(name)) {
    context.report('FED_UNKNOWN_CLUSTER', path, at, name, context.clusterNames)
  }
}

/** Runs the rules over a view and gives what they found, in their order. */
export function runRules (
  rules: readonly Rule[],
  view: FileView,
  names: readonly string[],
  today: string
): Finding[] {
  const findings: Finding[] = []
  const clusters = items(view.clusters).map(({ index, item }) => ({ index, cluster: item }))
  const context: RuleContext = {
    view,
    clusters,
    names: new Set(names),
    clusterNames: names,
    today,
    report: (code, path, at, ...values) => {
      // Before its text is made, which looks for near names.
      if (findings.length < mostFindings) findings.push(finding(code, path, at, ...values))
    }
  }
  for (const rule of rules) rule(context)
  return findings
}
