/** A scenario by name, from its launch to what makes its deployment succeed. */
import { type Scenario } from '../../../contract/scenario.ts'
import { ran, resumed, type Scene } from './deploying.ts'

/** One scenario as it went. */
export interface NamedRow {
  /** The end of each deployment. */
  readonly told: string
  /** Differences from what is expected. */
  readonly wrong: readonly string[]
}

/** Runs a scenario, what is expected to make it go on, and another up when all has succeeded. */
export async function named (scene: Scene, { name, recovery }: Scenario): Promise<NamedRow> {
  const world = `scenario-${name}`
  const first = await ran(scene, { operation: 'up', rehearsal: { world, scenario: name } })
  const wrong = [...first.scenario?.asExpected ? [] : first.scenario?.differences ?? ['it was not judged']]
  const told: string[] = [first.status]
  let last = first
  if (recovery && first.status === 'failed') {
    last = await resumed(scene, first.id, recovery === 'resume' ? {} : { recovered: world })
    told.push(`after ${recovery}: ${last.status}`)
    if (last.status !== 'succeeded') wrong.push(`${recovery}: ${last.error?.message ?? last.status}`)
  }
  if (last.status === 'succeeded') {
    const again = await ran(scene, { operation: 'up', rehearsal: { world }, round: 1 })
    told.push(`another up: ${again.status}`)
    if (again.status !== 'succeeded') wrong.push(`another up: ${again.error?.message ?? again.status}`)
  }
  await scene.reader.ask('DELETE', `/v1/worlds/${world}`)
  return { told: told.join(', '), wrong }
}
