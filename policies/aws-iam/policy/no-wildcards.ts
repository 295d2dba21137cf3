import { resourcePolicy } from '../../policy.ts'
import { isObject, list, text } from '../../properties.ts'

function statementsOf (document: string | undefined): readonly unknown[] {
  if (document === undefined) return []
  try {
    const parsed: unknown = JSON.parse(document)
    const statements = isObject(parsed) ? parsed['Statement'] : undefined
    return Array.isArray(statements) ? statements : statements === undefined ? [] : [statements]
  } catch {
    // What is no JSON is refused by IAM itself.
    return []
  }
}
const many = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value]
const isWild = (action: unknown): boolean =>
  typeof action === 'string' && /^(\*|[a-z0-9-]+:\*)$/i.test(action)

export const iamNoWildcards = resourcePolicy({
  name: 'aws-iam-no-wildcards',
  description: 'IAM policies name the actions and resources that they allow.',
  level: 'mandatory',
  types: [
    'aws:iam/policy:Policy',
    'aws:iam/rolePolicy:RolePolicy',
    'aws:iam/userPolicy:UserPolicy',
    'aws:iam/groupPolicy:GroupPolicy',
    'aws:iam/role:Role'
  ],
  check: ({ props }) => {
    const documents = [
      text(props, 'policy'),
      ...list(props, 'inlinePolicies').map((policy) => text(policy, 'policy'))
    ]
    const allowed = documents.flatMap(statementsOf).filter(isObject).filter((statement) =>
      statement['Effect'] === 'Allow'
    )
    const trusted = statementsOf(text(props, 'assumeRolePolicy')).filter(isObject).filter((statement) =>
      statement['Effect'] === 'Allow'
    )
    return [
      ...allowed.flatMap((statement) => [
        ...many(statement['Action']).filter(isWild).map((action) =>
          `replace the action ${String(action)} with the ones that are needed`
        ),
        ...('NotAction' in statement ? ['replace NotAction with the actions that are needed'] : []),
        // Some actions know no resource; a condition or a list of read-only actions is then what
        // bounds them.
        ...(many(statement['Resource']).includes('*') && statement['Condition'] === undefined &&
            many(statement['Action']).some((action) =>
              typeof action !== 'string' || !/:(Describe|List|Get)/.test(action)
            )
          ? [
            `name the resources of ${many(statement['Action']).join(', ')} instead of *, or bound them ` +
            'by a condition'
          ]
          : [])
      ]),
      ...trusted.filter(({ Principal: principal, Condition: condition }) =>
        condition === undefined && (principal === '*' || (isObject(principal) && principal['AWS'] === '*'))
      ).map(() => 'name who may assume the role instead of *')
    ]
  }
})
