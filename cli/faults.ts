import { Check } from 'typebox/value'
import { faultSchema, type Fault } from '../contract/launch.ts'
import { faultKinds } from '../contract/words.ts'
import { CliError } from './errors.ts'

const keys = Object.keys(faultSchema.properties)
const hint = 'expected key=value pairs with commas between them, such as ' +
  'kind=fail,type=aws:ec2/vpc:Vpc,cluster=nautilus-hub-us-west,times=2'

/** Reads a value: numbers, true and false as such, anything else or in quotes as a text. */
function plainValue (text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true'
  if (/^-?\d{1,15}(\.\d{1,10})?$/.test(text)) return Number(text)
  return /^"(.*)"$/s.exec(text)?.[1] ?? text
}

/**
 * Reads `kind=fail,type=…,cluster=…`. A comma in a value is written `\,`. Throws a CliError that
 * says what is wrong.
 */
export function parseFault (text: string): Fault {
  const refuse = (wrong: string): never => {
    throw new CliError('cli-usage', { argument: '--fault', wrong: `--fault ${text}: ${wrong}` })
  }
  const fault: Record<string, unknown> = {}
  for (const part of text.split(/(?<!\\),/)) {
    const equals = part.indexOf('=')
    const key = part.slice(0, equals).trim()
    if (equals < 1) refuse(`${JSON.stringify(part)} is not a pair: ${hint}`)
    if (!keys.includes(key)) refuse(`${key} is unknown: expected ${keys.join(', ')}`)
    if (key in fault) refuse(`${key} is given twice`)
    const value = part.slice(equals + 1).replaceAll('\\,', ',')
    fault[key] = key === 'times' && /^\d{1,7}$/.test(value)
      ? Number(value)
      : key === 'value'
      ? plainValue(value)
      : value
  }
  for (
    const [key, schema] of Object.entries(faultSchema.properties) as [string, { description?: string }][]
  ) {
    if (key in fault && !Check(schema, fault[key])) {
      refuse(`${key} is ${JSON.stringify(fault[key])}: expected ${schema.description ?? 'another value'}`)
    }
  }
  return Check(faultSchema, fault)
    ? fault
    : refuse(
      `kind is missing: expected kind=${faultKinds.slice(0, -1).join(', ')} or ${faultKinds.at(-1)}`
    )
}
