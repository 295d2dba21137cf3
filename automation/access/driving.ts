/**
 * Operations of the API that do something to a deployment: the act as which each is noted, and
 * whether it makes the run go on. Who did such an act does not count at the run's gates, unless a
 * gate lets launchers approve. An operation that is added gets a row here: a test of the routes
 * asks for it. Schedules launch too, as themselves.
 */
export const deploymentOperations = {
  launchDeployment: { act: 'launched', drives: true },
  deliverHook: { act: 'launched', drives: true },
  resumeDeployment: { act: 'resumed', drives: true },
  overrideWindow: { act: 'overridden', drives: true },
  cancelDeployment: { act: 'canceled', drives: false },
  approvePhase: { act: 'approved', drives: false },
  rejectPhase: { act: 'rejected', drives: false },
  resendNotification: { act: 'resent', drives: false }
} as const satisfies Record<string, { act: string, drives: boolean }>

type Operations = typeof deploymentOperations

/** An operation of the API on a deployment, by its operationId. */
export type DeploymentOperation = keyof Operations

/** An act on a deployment as it is noted. */
export type DeploymentAct = Operations[DeploymentOperation]['act']

/** An act that makes a run go on. */
export type DrivingAct = Extract<Operations[DeploymentOperation], { drives: true }>['act']

const driving: ReadonlySet<string> = new Set(
  Object.values(deploymentOperations).filter(({ drives }) => drives).map(({ act }) => act)
)

/** Says whether an act makes a run go on. */
export function isDriving (act: DeploymentAct): act is DrivingAct {
  return driving.has(act)
}
