/** Scenarios: what goes wrong in a rehearsal, and what is expected of it. */
import { Type, type Static } from 'typebox'
import { agingCodes, mostAgingDays } from './aging.ts'
import { faultSchema } from './launch.ts'
import { closed, integer, list, oneOf, ref, text } from './schema.ts'
import { clouds, clusterRoles } from './words.ts'

/** Ways in which a deployment that a scenario failed goes on; without one it stays so. */
export const recoveries = ['resume', 'recover-and-resume'] as const
export type Recovery = typeof recoveries[number]

const pickSchema = Type.Object({
  role: Type.Optional(oneOf(clusterRoles, { description: 'its role' })),
  cloud: Type.Optional(oneOf(clouds, { description: 'its cloud' })),
  standbyOf: Type.Optional(text('the name of another pick, whose standby it is', { maxLength: 40 }))
}, { ...closed, description: 'a pick: role, cloud, standbyOf; the first cluster of the file that fits' })

const patterns = (description: string) =>
  list(text(description, { maxLength: 200 }), `a list of ${description}`)

/** A scenario as its file has it. Texts may name a pick: `{primary}`, `{primary.region}`. */
export const scenarioFileSchema = Type.Object({
  title: text('a title of at most 100 characters', { maxLength: 100 }),
  about: text('what happens, and what the service does then', { maxLength: 2000 }),
  sources: list(
    text('an address of a document, or of public code', { maxLength: 500, pattern: '^https://\\S+$' }),
    'a list of at least one source of what the cloud does or says',
    { minItems: 1, maxItems: 20 }
  ),
  picks: Type.Optional(
    Type.Record(Type.String({ pattern: '^[a-z][a-zA-Z]{0,39}$' }), pickSchema, {
      description: 'clusters that the scenario is about, by a name for each'
    })
  ),
  faults: list(faultSchema, 'a list of faults', { maxItems: 50 }),
  age: Type.Optional(
    integer('days by which the world grows older once the deployment has succeeded', 1, mostAgingDays)
  ),
  expect: Type.Object({
    status: oneOf(['succeeded', 'failed'], { description: 'how the deployment ends' }),
    failed: Type.Optional(
      patterns('patterns of unit ids, in which * stands for any characters: the units that fail')
    ),
    retried: Type.Optional(
      patterns('patterns of unit ids, in which * stands for any characters: units that are tried again')
    ),
    says: Type.Optional(patterns('texts: each is in what a failed unit says')),
    recovery: Type.Optional(oneOf(recoveries, { description: 'what makes it succeed afterwards' })),
    breaks: Type.Optional(
      list(
        oneOf(agingCodes, { description: 'a code of an aging' }),
        'a list of codes: what is told of the days of age, and nothing else that breaks or exposes'
      )
    )
  }, {
    ...closed,
    description: 'what is expected: status and, optionally, failed, retried, says, recovery, breaks'
  })
}, {
  ...closed,
  description: 'a scenario: title, about, sources, faults, expect and, optionally, picks, age'
})
export type ScenarioFile = Static<typeof scenarioFileSchema>
export type Pick = Static<typeof pickSchema>
export type Expectation = ScenarioFile['expect']

export const scenarioSchema = Type.Object({
  name: Type.String({ description: 'its name, to launch it by' }),
  title: Type.String({ description: 'its title' }),
  about: Type.String({ description: 'what happens, and what the service does then' }),
  sources: Type.Array(Type.String(), { description: 'where it is said that a cloud does so' }),
  expected: Type.String({ description: 'what is expected, in words' }),
  problem: Type.Optional(
    Type.String({ description: 'what is wrong with its file, which cannot be used' })
  ),
  recovery: Type.Optional(
    oneOf(recoveries, {
      description: 'what makes the deployment succeed afterwards; recover: the outages of its world are ended'
    })
  )
}, { $id: 'Scenario', description: 'what goes wrong in a rehearsal, and what is expected of it' })
export type Scenario = Static<typeof scenarioSchema>

export const scenariosSchema = Type.Object({
  items: Type.Array(ref(scenarioSchema), { description: 'scenarios, by name' })
}, { description: 'all scenarios' })

export const deploymentScenarioSchema = Type.Object({
  name: Type.String({ description: 'its name' }),
  title: Type.String({ description: 'its title' }),
  expected: Type.String({ description: 'what is expected, in words' }),
  asExpected: Type.Optional(
    Type.Boolean({ description: 'whether the first run ended as expected; absent while it has not ended' })
  ),
  differences: Type.Optional(
    Type.Array(Type.String(), { description: 'what was not as expected; absent when all was' })
  )
}, { $id: 'DeploymentScenario', description: 'the scenario of a rehearsal, and whether it went as expected' })
export type DeploymentScenario = Static<typeof deploymentScenarioSchema>
