/** Money on the wire: list prices, US dollars a month. */
import { Type, type Static } from 'typebox'
import { count } from './schema.ts'
import { phaseNumber } from './word-schemas.ts'

const money = (description: string) => Type.Number({ description: `${description}, US dollars a month` })
const cluster = Type.Optional(Type.String({ description: 'the cluster; absent: shared by all clusters' }))
const range = Type.Object({ min: money('with the fewest nodes'), max: money('with the most nodes') }, {
  description: 'the range of autoscaling'
})
const sums = {
  monthly: money('the estimate'),
  currency: Type.Enum(['USD']),
  range,
  usage: money("the part that depends on the federation file's volumes"),
  fromMemory: money('the part that rests on unverified prices')
}
const clusterCost = Type.Object({ cluster, monthly: money("the cluster's part") })
const unpriced = Type.Array(
  Type.Object({
    type: Type.String({ description: 'the resource type' }),
    cluster,
    reason: Type.String({ description: 'why it has no price' }),
    count: Type.Integer({ minimum: 1, description: 'how many' })
  }),
  { description: 'resources without a price, which the sums leave out' }
)
const line = {
  type: Type.String({ description: 'the resource type' }),
  cluster,
  kind: Type.Enum(['fixed', 'usage'], { description: 'fixed, or usage: it depends on a volume' }),
  meter: Type.String({ description: 'what is charged for' })
}

const budgetSchema = Type.Object({
  monthly: money('the budget'),
  within: Type.Boolean({ description: 'whether the federation and its parts are within their budgets' }),
  exceeded: Type.Array(
    Type.Object({
      part: Type.String({ description: 'the federation, a phase, a cluster or a unit' }),
      budget: money('its budget'),
      monthly: money('its estimate')
    })
  )
}, { description: "compared with the federation file's budget" })
export type BudgetState = Static<typeof budgetSchema>

export const planCostSchema = Type.Object({
  ...sums,
  perPhase: Type.Array(
    Type.Object({
      phase: phaseNumber(),
      name: Type.String(),
      monthly: money("the phase's part")
    })
  ),
  perCluster: Type.Array(clusterCost, { description: 'the most expensive first' }),
  perUnit: Type.Array(Type.Object({
    unit: Type.String({ description: "the unit's id" }),
    monthly: money("the unit's part"),
    basis: Type.Enum(['resources', 'federation'], {
      description: 'from the resources its program last registered for this text, or estimated from the file'
    })
  })),
  unpriced,
  budget: Type.Optional(budgetSchema)
}, { $id: 'PlanCost', description: "what the plan's units cost when they are deployed" })
export type PlanCost = Static<typeof planCostSchema>

export const deploymentCostSchema = Type.Object({
  ...sums,
  before: money('before the deployment'),
  difference: money('the change by the deployment or, in a preview, the expected change'),
  unpriced: count('items without a price, listed by the units'),
  units: Type.Integer({ minimum: 1, description: 'how many units were estimated' }),
  perPhase: Type.Array(
    Type.Object({
      phase: phaseNumber(),
      monthly: money("the phase's part"),
      before: money('before'),
      difference: money('the difference')
    })
  )
}, { $id: 'DeploymentCost', description: 'the cost of the units whose resources are known' })
export type DeploymentCost = Static<typeof deploymentCostSchema>

export const unitCostSchema = Type.Object({
  ...sums,
  before: money('before the deployment'),
  difference: money('the change by the deployment or, in a preview, the expected change'),
  perCluster: Type.Array(clusterCost),
  lines: Type.Array(
    Type.Object({
      ...line,
      count: Type.Integer({ minimum: 1, description: 'how many resources' }),
      quantity: Type.Number({ description: 'the total quantity in units of the meter' }),
      monthly: money('their cost')
    }),
    { description: 'the most expensive first' }
  ),
  changes: Type.Array(Type.Object({ ...line, before: money('before'), after: money('after') }), {
    description: 'what became more or less expensive, the largest difference first'
  }),
  unpriced
}, { $id: 'UnitCost', description: "what the unit's resources cost" })
export type UnitCost = Static<typeof unitCostSchema>
