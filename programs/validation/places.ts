/** Names by which other phases know what validation deploys. Pure. */

/** The namespace of reports and of what measures, in every cluster. */
export const reportNamespace = 'windlass'

/** The label of pods that ask Prometheus what it measured. */
export const observerLabel = { 'windlass.io/probe': 'observer' } as const
