/** Mistakes about who may do what. */
import { changing, type Mistake } from './mistake.ts'

const hub = 'nautilus-hub-us-west'

export const identityMistakes: readonly Mistake[] = [
  {
    name: "a role on AWS whose name is not the federation's",
    clusters: [hub],
    first: ['prerequisites.aws'],
    unit: `networking.${hub}`,
    transform: changing(
      'aws:iam/role:Role',
      ({ name: _name, ...rest }, name) => name === 'load-balancers' ? rest : undefined
    ),
    refusal:
      /api error AccessDenied: User: arn:aws:sts::\d+:assumed-role\/nautilus-deploy\/windlass is not authorized to perform: iam:CreateRole on resource: arn:aws:iam::\d+:role\/load-balancers-[0-9a-f]{7} because no identity-based policy allows the iam:CreateRole action/
  }
]
