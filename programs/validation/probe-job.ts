/** Jobs that ask other workloads and note in their own annotation how long the answers took. */
import { type CustomResourceOptions, type Output } from '@pulumi/pulumi'
import { ProgramError } from '../errors.ts'
import { type UnitContext } from '../types.ts'
import { measuringJob, noteResults, results } from './measuring-job.ts'
import { reportNamespace } from './places.ts'
import { responderUrl } from './responder.ts'

// What no real Job knows: a rehearsal's clouds answer the first of a pair by writing the second.
const duties = 'windlass.io/duties'
const unmet = 'windlass.io/unmet'
const cloudCalls = 'windlass.io/cloud-calls'
const refused = 'windlass.io/refused'
const untold = 'windlass.io/unknown'

/** Calls of each target, the first of which open connections and are not counted. */
const calls = 25
const warmUp = 5

/** Format in which curl prints what one call took, in seconds. */
const format = '%{http_code} %{time_pretransfer} %{time_starttransfer}\\n'
/** Prints the milliseconds of the calls that count, the shortest first. */
const sortedTimes =
  `awk -v skip=${warmUp} '$1 == 200 && ++n > skip { printf "%.2f\\n", 1000 * ($3 - $2) }' | sort -n`

/**
 * Asks every line of PROBES (a name and a URL) and notes the median of the answers' times, from the
 * request's last byte to the answer's first: a round trip and what the proxies on the way add. One
 * curl process asks a target all the time, so that connections stay open. Notes `none` where no
 * answer came. A target has TRIES times two seconds to become known to the mesh.
 */
const script = `set -u
results=
while read -r name url; do
  [ -n "$name" ] || continue
  tries=$TRIES
  until curl -s $CURL_OPTIONS -o /dev/null --connect-timeout 3 --max-time 5 --fail "$url"; do
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || break
    sleep 2
  done
  if [ "$tries" -eq 0 ]; then results="$results\${results:+,}$name:none"; continue; fi
  urls=
  for call in $(seq ${calls}); do urls="$urls -o /dev/null $url"; done
  times=$(curl -s $CURL_OPTIONS --connect-timeout 3 --max-time 10 --fail-early --fail -w '${format}' $urls |
    ${sortedTimes})
  count=$(printf '%s' "$times" | grep -c .)
  median=none
  [ "$count" -gt 0 ] && median=$(printf '%s\\n' "$times" | sed -n "$(( (count + 1) / 2 ))p")
  results="$results\${results:+,}$name:$median"
done <<END
$PROBES
END
${noteResults}`

export interface ProbeArgs {
  /** Name of the Job. */
  readonly name: string
  /** Name of the resource; the Job's when absent. */
  readonly resourceName?: string
  /** True when the pod has a sidecar. */
  readonly meshed: boolean
  /** Number of questions before silence is taken for an answer. */
  readonly tries: number
  /** Labels of the pod, which policies go by. */
  readonly labels: Readonly<Record<string, string>>
  /** Names of the clusters whose responders are asked, or of `urls`. */
  readonly targets: readonly string[]
  /** Addresses of the targets; their responders' when absent. */
  readonly urls?: Readonly<Record<string, string>>
  /** Further options of curl, such as the versions of TLS that it speaks. */
  readonly options?: string
}

/** Milliseconds by target; a target that gave no answer is null. */
export type ProbeResults = Readonly<Record<string, number | null>>

/** Reads what a Job noted. Throws when it noted nothing, or something else. */
export function probeResults (
  job: string,
  targets: readonly string[],
  noted: string | undefined
): ProbeResults {
  const found = new Map(
    (noted ?? '').split(',').map((entry) => {
      const [, name = '', time = ''] = /^(.+):(none|\d+(?:\.\d+)?)$/.exec(entry) ?? []
      return [name, time === 'none' ? null : Number(time)]
    })
  )
  const absent = targets.filter((target) => !found.has(target))
  if (absent.length > 0) {
    throw new ProgramError('VALIDATION_NOT_MEASURED', {
      job: `${reportNamespace}/${job}`,
      absent,
      annotation: results
    })
  }
  return Object.fromEntries(targets.map((target) => [target, found.get(target) ?? null]))
}

/** Registers the Job, and gives what it found. */
export function probeJob (
  context: UnitContext,
  args: ProbeArgs,
  options: CustomResourceOptions
): Output<ProbeResults> {
  return asked(context, args, options).apply((noted) => probeResults(args.name, args.targets, noted[results]))
}

/** Registers the Job, and gives the annotations that its pods wrote. */
function asked (
  context: UnitContext,
  { name, resourceName = name, meshed, tries, labels, targets, urls, options: asking = '' }: ProbeArgs,
  options: CustomResourceOptions,
  annotations: Record<string, string> = {}
): Output<Record<string, string>> {
  const probes = targets.map((target) => `${target} ${urls?.[target] ?? responderUrl(target)}`)
  return measuringJob(context, {
    name,
    resourceName,
    meshed,
    labels,
    annotations,
    script,
    environment: { TRIES: String(tries), CURL_OPTIONS: asking, PROBES: probes.join('\n') }
  }, options)
}

/** Results of a Job, and the calls that the cluster's workloads have to make and cannot. */
export interface Survey {
  readonly results: ProbeResults
  /** Absent where nobody can say: only a rehearsal's clouds see all of a cluster's network. */
  readonly unmet?: readonly string[]
  /** Calls that clouds refuse to whom they have to answer; absent where nobody was asked. */
  readonly refused?: readonly string[]
  /** Targets whose way nothing tells all about; they count as reached. */
  readonly untold: readonly string[]
}

export interface SurveyArgs extends ProbeArgs {
  /** True for the one Job that asks for the calls to clouds of the whole federation. */
  readonly asksClouds: boolean
}

/**
 * Registers a Job which, in a rehearsal, also says what the cluster's workloads do not reach, and,
 * where it asks, what clouds refuse.
 */
export function surveyJob (
  context: UnitContext,
  { asksClouds, ...args }: SurveyArgs,
  options: CustomResourceOptions
): Output<Survey> {
  const { name, targets } = args
  const annotations = { [duties]: 'asked', ...(asksClouds && { [cloudCalls]: 'asked' }) }
  return asked(context, args, options, annotations).apply((noted): Survey => ({
    results: probeResults(name, targets, noted[results]),
    ...(noted[unmet] !== undefined && { unmet: JSON.parse(noted[unmet]) as string[] }),
    ...(noted[refused] !== undefined && { refused: JSON.parse(noted[refused]) as string[] }),
    untold: (noted[untold] ?? '').split(',').filter((target) => target !== '')
  }))
}
