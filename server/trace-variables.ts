/**
 * OpenTelemetry's standard variables, as far as the service checks them: the SDK reads them itself
 * and silently falls back to its defaults where one is wrong.
 */

import { type ConfigProblem } from './start-errors.ts'

/** Their row in the table of variables. */
export const traceVariablesRow =
  '| `OTEL_EXPORTER_OTLP_ENDPOINT` | no traces | Receiver of traces, by OTLP over HTTP, such as ' +
  'http://127.0.0.1:4318; further variables: docs/observability. Expected: a URL. |'

const samplers = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio'
]

type Environment = Readonly<Record<string, string | undefined>>

/** The first of the variables that is set: the one about traces wins over the general one. */
function first (
  environment: Environment,
  ...names: readonly string[]
): { name: string, value: string } | undefined {
  for (const name of names) {
    const value = environment[name]
    if (value) return { name, value }
  }
  return undefined
}

/**
 * Reads whether traces are wanted, and what is wrong with the variables. Problems do not show
 * headers and addresses: they may hold credentials.
 */
export function readTraceVariables (
  environment: Environment
): { wanted: boolean, problems: ConfigProblem[] } {
  const exporter = first(environment, 'OTEL_TRACES_EXPORTER')
  const endpoint = first(environment, 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'OTEL_EXPORTER_OTLP_ENDPOINT')
  if (environment['OTEL_SDK_DISABLED']?.toLowerCase() === 'true' || exporter?.value === 'none' || !endpoint) {
    return { wanted: false, problems: [] }
  }
  const problems: ConfigProblem[] = []
  const wrong = (variable: string, text: string) => {
    problems.push({ variable, text: `${variable} ${text}` })
  }
  if (exporter && exporter.value !== 'otlp') {
    wrong(exporter.name, `is ${JSON.stringify(exporter.value)}: expected otlp or none`)
  }
  if (!/^https?:\/\/[^\s]+$/.test(endpoint.value) || !URL.canParse(endpoint.value)) {
    wrong(endpoint.name, 'is not of the right form: expected a URL such as http://127.0.0.1:4318')
  }
  const protocol = first(environment, 'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL', 'OTEL_EXPORTER_OTLP_PROTOCOL')
  // A receiver of one form accepts the other too, on the same port.
  if (protocol && !['http/json', 'http/protobuf'].includes(protocol.value)) {
    wrong(
      protocol.name,
      `is ${JSON.stringify(protocol.value)}: expected http/json, to the receiver's port for HTTP (4318 as ` +
        'a rule)'
    )
  }
  const sampler = first(environment, 'OTEL_TRACES_SAMPLER')
  if (sampler && !samplers.includes(sampler.value)) {
    wrong(sampler.name, `is ${JSON.stringify(sampler.value)}: expected one of ${samplers.join(', ')}`)
  }
  const share = first(environment, 'OTEL_TRACES_SAMPLER_ARG')
  if (
    share && sampler?.value.endsWith('traceidratio') &&
    !(Number(share.value) >= 0 && Number(share.value) <= 1)
  ) wrong(share.name, `is ${JSON.stringify(share.value)}: expected a number from 0 to 1`)
  return { wanted: problems.length === 0, problems }
}
