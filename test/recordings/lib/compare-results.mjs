// Compares results, states, histories, runs of the command, text, files, and what triggers did.

/** Operations whose value is compared only where it is the same with every engine. */
const VALUES_APART = [
  'up',
  'preview',
  'refresh',
  'destroy',
  'previewRefresh',
  'previewDestroy',
  'importState',
  'export'
]

export function compareResults (differences, index, expected, actual) {
  const compare = (level, where, read) =>
    differences.compare(level, index, where, read(expected), read(actual))
  compare('result', 'result', resultOf)
  if (!VALUES_APART.includes(expected.op)) compare('result', 'value', (step) => step.result?.value)
  const inOrder = expected.order?.parallel === 1
  compare('state', 'deployment', (step) => stateOf(step, inOrder))
  compare('history', 'last entry', historyOf)
  compare('cli', 'calls', runsOf)
  compare('text', 'stderr', (step) => lines(step.result?.error?.processStderr ?? step.result?.value?.stderr))
  compare('text', 'stdout', (step) => lines(step.result?.error?.processStdout ?? step.result?.value?.stdout))
  compare('tree', 'paths', (step) => step.tree?.map(({ path }) => path.replace(/<uuid:\d+>/, '<uuid>')))
  compare('side', 'triggered', (step) =>
    step.side?.map(({ do: action, ok, error }) => ({
      do: action,
      ok,
      class: error?.class,
      stderr: error?.processStderr
    })))
}

function resultOf ({ result, after }) {
  return {
    ok: result?.ok,
    class: result?.error?.class,
    exitCode: result?.error?.exitCode,
    outputs: result?.value?.outputs,
    summary: result?.value?.summary?.resourceChanges,
    changeSummary: result?.value?.changeSummary,
    outputsAfter: after?.outputs
  }
}

/** The state after a step. Lists of dependencies are sets. */
function stateOf (step, inOrder) {
  const state = structuredClone(step.after?.deployment?.deployment ?? null)
  if (!state) return state
  if (!inOrder) state.resources?.sort((a, b) => (a.urn < b.urn ? -1 : 1))
  for (const resource of state.resources ?? []) {
    resource.dependencies?.sort()
    for (const urns of Object.values(resource.propertyDependencies ?? {})) urns.sort()
  }
  delete state.manifest
  return state
}

function historyOf ({ after }) {
  const entry = after?.lastHistory
  if (!entry) return entry
  const { kind, result, resourceChanges, version, message, config } = entry
  return { kind, result, resourceChanges, version, message, config }
}

/** Runs of the command that the Automation API made, and their exit codes. */
function runsOf ({ op, cli }) {
  return (cli ?? []).map(({ args, exitCode, stdoutJson }) => ({
    args,
    exitCode,
    json: op !== 'export' && args[1] === 'output' ? stdoutJson : undefined
  }))
}

/** Lines of a text in any order, without blank lines and lines of progress. */
function lines (text) {
  const kept = (text ?? '').split('\n').map((line) => line.trim()).filter((line) =>
    line && !/^[@.]|^(Updating|Previewing|Refreshing|Destroying)/.test(line) && !/ \d+ errors?$/.test(line)
  )
  return [...new Set(kept)].sort()
}
