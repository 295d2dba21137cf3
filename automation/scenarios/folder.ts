/** The folder of scenarios, one YAML file each, read anew at each question. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { scenarioFileSchema, type Scenario, type ScenarioFile } from '../../contract/scenario.ts'
import { AutomationError } from '../errors.ts'
import { nearest } from '../federation/near.ts'
import { SettingsError } from '../settings/errors.ts'
import { readSettings, type SettingsFinding } from '../settings/read.ts'
import { spoken } from './fit.ts'
import { expectedText } from './outcome.ts'

/** Scenarios that rehearsals are launched with. */
export interface Scenarios {
  list(): Promise<Scenario[]>
  /** Reads one. Throws `request-invalid` with those that there are. */
  get(name: string): Promise<ScenarioFile>
}

/** Files of a folder: more than anybody rehearses one by one, and few enough to be read at once. */
const mostScenarios = 500

const ending = '.yaml'

/** Finds what the schema does not: texts that name no pick, and expectations that contradict. */
function findings ({ picks = {}, faults, age, expect }: ScenarioFile): SettingsFinding[] {
  const names = Object.keys(picks)
  const found: SettingsFinding[] = []
  const look = (value: unknown, path: (string | number)[]): void => {
    if (typeof value === 'string') {
      for (const [, name = ''] of value.matchAll(/\{([a-zA-Z]+)(?:\.[a-zA-Z]+)?\}/g)) {
        if (names.includes(name)) continue
        found.push({
          path,
          message: `names {${name}}, which is no pick`,
          expected: names.length > 0 ? `one of ${names.map((one) => `{${one}}`).join(', ')}` : 'a pick'
        })
      }
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) {
        look(inner, [...path, Array.isArray(value) ? Number(key) : key])
      }
    }
  }
  look(faults, ['faults'])
  look(expect, ['expect'])
  if (expect.status === 'succeeded' && (expect.failed ?? expect.says ?? expect.recovery) !== undefined) {
    found.push({
      path: ['expect', 'status'],
      message: 'is succeeded, but units are expected to fail, or to go on after a failure',
      expected: 'failed, or no failed, says and recovery'
    })
  }
  if (age !== undefined && expect.status !== 'succeeded') {
    found.push({
      path: ['age'],
      message: 'is given, but the world grows older only after a deployment that succeeds',
      expected: 'expect.status succeeded, or no age'
    })
  }
  if (age === undefined && expect.breaks !== undefined) {
    found.push({
      path: ['expect', 'breaks'],
      message: 'is given, but the world does not grow older',
      expected: 'age, or no breaks'
    })
  }
  return found
}

/** A scenario as people choose from it. */
function shown (name: string, { title, about, sources, picks = {}, age, expect }: ScenarioFile): Scenario {
  const expected = expectedText(expect, age)
  const picked = Object.entries(picks).filter(([pick]) => expected.includes(`{${pick}`)).map(
    ([pick, one]) => `{${pick}} is the first ${spoken(one)}`
  )
  return {
    name,
    title,
    about,
    sources,
    expected: [expected, ...picked].join('; '),
    ...(expect.recovery && { recovery: expect.recovery })
  }
}

/** Says what is wrong with a file; throws what is no mistake of a file. */
function told (error: unknown): string {
  if (error instanceof SettingsError) return error.message
  throw error
}

/** Opens a folder of scenarios. Its files are read when somebody asks for them. */
export function scenarioFolder (folder: string): Scenarios {
  const names = async (): Promise<string[]> =>
    (await readdir(folder)).filter((file) => file.endsWith(ending) && !file.startsWith('.'))
      .map((file) => file.slice(0, -ending.length)).sort().slice(0, mostScenarios)
  const read = async (name: string): Promise<ScenarioFile> =>
    await readSettings(join(folder, `${name}${ending}`), scenarioFileSchema, findings)
  return {
    async list () {
      const scenarios: Scenario[] = []
      for (const name of await names()) {
        scenarios.push(
          await read(name).then(
            (file) => shown(name, file),
            (error: unknown) => ({
              name,
              title: '',
              about: '',
              sources: [],
              expected: '',
              problem: told(error)
            })
          )
        )
      }
      return scenarios
    },
    async get (name) {
      const known = await names()
      if (known.includes(name)) {
        return await read(name).catch((error: unknown) => {
          throw new AutomationError('request-invalid', {
            field: 'rehearsal.scenario',
            wrong: `rehearsal.scenario: ${told(error)}`
          })
        })
      }
      const [meant] = nearest(name, known)
      throw new AutomationError('request-invalid', {
        field: 'rehearsal.scenario',
        known,
        wrong: `rehearsal.scenario: there is no scenario ${name}${
          meant === undefined ? '' : `, did you mean ${meant}`
        }; there are ${known.join(', ')}`
      })
    }
  }
}
