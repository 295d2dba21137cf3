/** Kubernetes versions, which clouds raise one minor version at a time and never lower. Pure. */

/** Minor version: 35 of `1.35`, `1.35.2` and `1.35.0-gke.1200000`; undefined for other text. */
export function minorOf (version: string | undefined): number | undefined {
  const [, minor] = /^1\.(\d+)(\.|-|$)/.exec(version ?? '') ?? []
  return minor === undefined ? undefined : Number(minor)
}

/** Tells if a control plane may not go from one version to another. */
export function refusedStep (before: string | undefined, after: string | undefined): boolean {
  const [from, to] = [minorOf(before), minorOf(after)]
  return from !== undefined && to !== undefined && (to < from || to > from + 1)
}
