import { type ScenarioList } from '../../automation/index.ts'
import { type Scenario, scenariosSchema } from '../../contract/scenario.ts'
import { problems } from './responses.ts'
import { route, type Uses } from './route.ts'

const example: Scenario = {
  name: 'region-outage',
  title: 'A whole region does not answer',
  about: 'Nothing in the region of the first primary on AWS answers, its data plane included.',
  sources: ['https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/welcome.html'],
  expected: 'the deployment fails; a resume after the world has recovered succeeds',
  recovery: 'recover-and-resume'
}

export const listScenarios = route({
  method: 'GET',
  url: '/v1/scenarios',
  config: { permission: 'federations.read' },
  schema: {
    operationId: 'listScenarios',
    summary: 'List scenarios',
    description:
      'What can go wrong in a rehearsal by name (`rehearsal.scenario` in the launch), and what is then ' +
      'expected of the service. Once a deployment has ended it says whether it went so.',
    tags: ['federations'],
    response: { 200: scenariosSchema, ...problems() }
  },
  examples: { answers: { 200: { items: [example] } } },
  handler: ({ automation }: Uses<ScenarioList>) => async () => ({ items: await automation.scenarios() })
})
