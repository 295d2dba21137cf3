/** Models of network security groups and route tables. */
import { UNKNOWN } from '../../wire.ts'
import { type ResourceModel } from '../resource-model.ts'
import { numberAt, stringAt, valuesAt } from '../wire-values.ts'
import { withIds } from './parts.ts'
import { ROUTE_TABLE, SECURITY_GROUP } from './types.ts'

const SECURITY_RULE = 'azure-native:network:SecurityRule'

export const trafficRules: Record<string, ResourceModel> = {
  [SECURITY_GROUP]: {
    check: (inputs) => {
      const keys = valuesAt(inputs, 'securityRules[]').map((rule) =>
        `${stringAt(rule, 'direction')} ${numberAt(rule, 'priority', 0)}`
      )
      const twice = keys.find((key, index) => keys.indexOf(key) !== index)
      return twice === undefined
        ? []
        : [{
          property: 'securityRules',
          reason: `SecurityRuleConflict: two rules share direction and priority (${twice})`
        }]
    },
    outputs: (draft) => ({ securityRules: withIds(draft, 'securityRules', 'securityRules') })
  },
  [SECURITY_RULE]: {
    check: (inputs) => {
      const priority = numberAt(inputs, 'priority', 100)
      return inputs.priority !== UNKNOWN && (priority < 100 || priority > 4096)
        ? [{
          property: 'priority',
          reason: `SecurityRuleInvalidPriority: ${priority} is not between 100 and 4096`
        }]
        : []
    },
    looksAt: (draft) => [{ pkg: 'azure-native', type: SECURITY_RULE, account: draft.account }],
    validate: (draft, found, fail) => {
      const group = draft.id.split('/securityRules/')[0] ?? ''
      const clash = found.of(SECURITY_RULE).find((record) =>
        record.id !== draft.id && record.id.startsWith(`${group}/`) &&
        record.inputs.priority === draft.inputs.priority && record.inputs.direction === draft.inputs.direction
      )
      if (clash) {
        throw fail({
          status: 400,
          code: 'SecurityRuleConflict',
          message:
            `Security rule ${draft.name} conflicts with rule ${clash.name}. Rules cannot have the same ` +
            'Priority and Direction.'
        })
      }
    }
  },
  [ROUTE_TABLE]: { outputs: (draft) => ({ routes: withIds(draft, 'routes', 'routes') }) }
}
