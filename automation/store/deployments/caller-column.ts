/** The caller that launched a deployment (deployments/shares.ts), of the alias `d`. */
export const callerColumn = "coalesce(d.launched_by->>'person', d.launched_by->>'subject', '')"
