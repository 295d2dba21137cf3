/** Models of network security groups and route tables. */
import { unknownValue } from '../../wire.ts'
import { type ResourceModel } from '../resource-model.ts'
import { numberAt, stringAt, valuesAt } from '../wire-values.ts'
import { withIds } from './parts.ts'
import { routeTableType, securityGroupType } from './types.ts'

const securityRuleType = 'azure-native:network:SecurityRule'

export const trafficRules: Record<string, ResourceModel> = {
  [securityGroupType]: {
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
  [securityRuleType]: {
    check: (inputs) => {
      const priority = numberAt(inputs, 'priority', 100)
      return inputs.priority !== unknownValue && (priority < 100 || priority > 4096)
        ? [{
          property: 'priority',
          reason: `SecurityRuleInvalidPriority: ${priority} is not between 100 and 4096`
        }]
        : []
    },
    looksAt: (draft) => [{ pkg: 'azure-native', type: securityRuleType, account: draft.account }],
    validate: (draft, found, fail) => {
      const group = draft.id.split('/securityRules/')[0] ?? ''
      const clash = found.of(securityRuleType).find((record) =>
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
  [routeTableType]: { outputs: (draft) => ({ routes: withIds(draft, 'routes', 'routes') }) }
}
