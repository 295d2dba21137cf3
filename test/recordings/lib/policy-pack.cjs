// A policy pack that is made of rules (README.md): copied into each pack's folder as index.js, beside
// pack.json with the rules.
const { PolicyPack } = require('@pulumi/policy')
const pack = require('./pack.json')

const applies = (when, props) => {
  const value = props[when.prop]
  if (when.present !== undefined) return (value !== undefined) === when.present
  return when.notEquals !== undefined ? value !== when.notEquals : value === when.equals
}

const checks = {
  stack: (rule) => ({
    validateStack: ({ resources }, report) => {
      const count = resources.filter((resource) => resource.type === rule.type).length
      if (count > rule.maxCount) report(rule.message)
    }
  }),
  remediate: (rule) => ({
    remediateResource: ({ type, props }) =>
      type === rule.type && applies(rule.when, props) ? { ...props, ...rule.set } : undefined
  }),
  resource: (rule) => ({
    validateResource: ({ type, props }, report) => {
      if (type === rule.type && applies(rule.when, props)) report(rule.message)
    }
  })
}

new PolicyPack(pack.name, {
  policies: pack.policies.map((rule) => ({
    name: rule.name,
    description: rule.description,
    enforcementLevel: rule.enforcementLevel,
    ...(rule.configSchema ? { configSchema: rule.configSchema } : {}),
    ...(checks[rule.kind] ?? checks.resource)(rule)
  }))
})
