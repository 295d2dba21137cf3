/** Money on the wire: list prices, US dollars a month. */
import { Type, type Static } from 'typebox'
import { count } from './schema.ts'
import { phaseNumber } from './word-schemas.ts'

const money = (description: string) => Type.Number({ description: `${description}, US dollars a month` })
const cluster = Type.Optional(Type.String({ description: 'the cluster; absent: shared by all' }))
const range = Type.Object({ min: money('with the fewest nodes'), max: money('with the most nodes') }, {
  description: 'what autoscaling can make of it'
})
const sums = {
  monthly: money('the estimate'),
  currency: Type.Enum(['USD']),
  range,
  usage: money("the share that follows the federation file's volumes"),
  fromMemory: money('the share that rests on prices that nobody has checked')
}
const clusterCost = Type.Object({ cluster, monthly: money("the cluster's share") })
const unpriced = Type.Array(
  Type.Object({
    type: Type.String({ description: 'the resource type' }),
    cluster,
    reason: Type.String({ description: 'why it has no price' }),
    count: Type.Integer({ minimum: 1, description: 'how many' })
  }),
  { description: 'what is not priced; never counted as zero' }
)
const line = {
  type: Type.String({ description: 'the resource type' }),
  cluster,
  kind: Type.Enum(['fixed', 'usage'], { description: 'usage follows a volume' }),
  meter: Type.String({ description: 'what of it is paid for' })
}

const budgetSchema = Type.Object({
  monthly: money('the budget'),
  within: Type.Boolean({ description: 'whether the whole and all parts are within theirs' }),
  exceeded: Type.Array(
    Type.Object({
      part: Type.String({ description: 'the federation, a phase or a cluster' }),
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
      monthly: money("the phase's share")
    })
  ),
  perCluster: Type.Array(clusterCost, { description: 'the dearest first' }),
  perUnit: Type.Array(Type.Object({
    unit: Type.String({ description: "the unit's id" }),
    monthly: money("the unit's share"),
    basis: Type.Enum(['resources', 'federation'], {
      description: 'as its program registered it last for this text, or as the file lets expect'
    })
  })),
  unpriced,
  budget: Type.Optional(budgetSchema)
}, { $id: 'PlanCost', description: "what the plan's units cost once they are deployed" })
export type PlanCost = Static<typeof planCostSchema>

export const deploymentCostSchema = Type.Object({
  ...sums,
  before: money('before the deployment'),
  difference: money('what the deployment changes, or would in a preview'),
  unpriced: count("parts without a price: see the units'"),
  units: Type.Integer({ minimum: 1, description: 'units that were estimated' }),
  perPhase: Type.Array(
    Type.Object({
      phase: phaseNumber(),
      monthly: money("the phase's share"),
      before: money('before'),
      difference: money('the difference')
    })
  )
}, { $id: 'DeploymentCost', description: 'the sum over the units whose resources were seen' })
export type DeploymentCost = Static<typeof deploymentCostSchema>

export const unitCostSchema = Type.Object({
  ...sums,
  before: money('before the deployment'),
  difference: money('what the deployment changes, or would in a preview'),
  perCluster: Type.Array(clusterCost),
  lines: Type.Array(
    Type.Object({
      ...line,
      count: Type.Integer({ minimum: 1, description: 'how many parts' }),
      quantity: Type.Number({ description: 'units of the meter in all' }),
      monthly: money('their sum')
    }),
    { description: 'the dearest first' }
  ),
  changes: Type.Array(Type.Object({ ...line, before: money('before'), after: money('after') }), {
    description: 'what got dearer or cheaper, the largest difference first'
  }),
  unpriced
}, { $id: 'UnitCost', description: "what the unit's resources cost" })
export type UnitCost = Static<typeof unitCostSchema>
