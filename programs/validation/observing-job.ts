/**
 * Jobs that ask a cluster's Prometheus what it reads from what runs there: versions that report
 * themselves, what follows what, which rules are loaded.
 */
import { type CustomResourceOptions, type Output } from '@pulumi/pulumi'
import { ProgramError } from '../errors.ts'
import { prometheusUrl } from '../monitoring/hub.ts'
import { type UnitContext } from '../types.ts'
import { measuringJob, noteResults, results } from './measuring-job.ts'
import { observerLabel, reportNamespace } from './places.ts'

/** A question. */
export interface Question {
  /** PromQL; absent: the names of all alerts that are loaded. */
  readonly query?: string
  /** Answer that ends the tries: any series, or none. */
  readonly until: 'any' | 'none'
  /** Label whose values are noted; those of the series when absent. */
  readonly label?: string
}

/** Answers to questions: values without repetition, in order; empty where there is no series. */
export type Observations = Readonly<Record<string, readonly string[]>>

/**
 * Asks every line of QUESTIONS (a name, what ends the tries, what is noted, PromQL). Prometheus
 * answers in one line; a series looks like `{"metric":{...},"value":[time,"value"]}`
 * (https://prometheus.io/docs/prometheus/latest/querying/api/). Two seconds lie between two tries:
 * with thirty of them a minute goes by, in which four scrapes fit.
 */
export const observingScript = `set -u
results=
noted () {
  case "$1" in
    alerts) grep -o '"name":"[^"]*","query"' | cut -d '"' -f 4 ;;
    value) grep -o '"value":\\[[^]]*\\]' | cut -d '"' -f 4 ;;
    *) grep -o '"'"$1"'":"[^"]*"' | cut -d '"' -f 4 ;;
  esac | sort -u | tr '\\n' ';' | sed 's/;$//'
}
ask () {
  if [ "$1" = alerts ]
  then curl -s --fail --max-time 10 "$PROMETHEUS/api/v1/rules?type=alert"
  else curl -s --fail --max-time 10 -G --data-urlencode "query=$2" "$PROMETHEUS/api/v1/query"
  fi
}
while read -r name until what query; do
  [ -n "$name" ] || continue
  tries=$TRIES
  while :; do
    answer=failed
    body=$(ask "$what" "$query") && answer=$(echo "$body" | noted "$what")
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || break
    case "$until:$answer" in
      *:failed | any: | none:?*) sleep 2 ;;
      *) break ;;
    esac
  done
  results="$results\${results:+,}$name:$answer"
done <<END
$QUESTIONS
END
${noteResults}`

/** Reads what a Job noted. Throws when it noted nothing, or Prometheus gave it no answer. */
export function observations (
  job: string,
  names: readonly string[],
  noted: string | undefined
): Observations {
  const found = new Map(
    (noted ?? '').split(',').map((entry): [string, string] => {
      const [, name = '', answer = ''] = /^([^:]+):(.*)$/.exec(entry) ?? []
      return [name, answer]
    })
  )
  const absent = names.filter((name) => !found.has(name) || found.get(name) === 'failed')
  if (absent.length > 0) {
    throw new ProgramError('VALIDATION_NOT_MEASURED', {
      job: `${reportNamespace}/${job}`,
      absent,
      annotation: results
    })
  }
  return Object.fromEntries(
    names.map((name) => [name, (found.get(name) ?? '').split(';').filter((value) => value !== '')])
  )
}

export interface ObservingArgs {
  /** Name of the Job. */
  readonly name: string
  /** Name of the resource; the Job's when absent. */
  readonly resourceName?: string
  /**
   * Number of tries, two seconds apart, before an answer counts that should change.
   * @default 30
   */
  readonly tries?: number
  /** Questions by name. */
  readonly questions: Readonly<Record<string, Question>>
}

/** Registers the Job, and gives what it found. */
export function observingJob (
  context: UnitContext,
  { name, resourceName = name, tries = 30, questions }: ObservingArgs,
  options: CustomResourceOptions
): Output<Observations> {
  const lines = Object.entries(questions).map(([question, { query, until, label }]) =>
    `${question} ${until} ${query === undefined ? 'alerts' : label ?? 'value'} ${query ?? ''}`.trimEnd()
  )
  return measuringJob(context, {
    name,
    resourceName,
    // Prometheus answers in plaintext those whom a policy lets in.
    meshed: false,
    labels: observerLabel,
    script: observingScript,
    environment: { TRIES: String(tries), PROMETHEUS: prometheusUrl, QUESTIONS: lines.join('\n') }
  }, options).apply((noted) => observations(name, Object.keys(questions), noted[results]))
}
