// Differences between what the real engine did in a program and what another one did, by step.
const isMap = (v) => v !== null && typeof v === 'object' && !Array.isArray(v)
function differences (left, right, path, out) {
  if (JSON.stringify(left) === JSON.stringify(right)) return
  if (isMap(left) && isMap(right)) {
    for (const k of new Set([...Object.keys(left), ...Object.keys(right)])) {
      differences(left[k], right[k], `${path}.${k}`, out)
    }
    return
  }
  if (
    Array.isArray(left) && Array.isArray(right) && left.every((x) => isMap(x) && x.urn) &&
    right.every((x) => isMap(x) && x.urn)
  ) {
    const key = (x) => `${x.urn.split('::').slice(2).join('::')}${x.delete ? ' (delete)' : ''}`
    const l = Object.fromEntries(left.map((x) => [key(x), x])),
      r = Object.fromEntries(right.map((x) => [key(x), x]))
    for (const k of new Set([...Object.keys(l), ...Object.keys(r)])) {
      differences(l[k], r[k], `${path}[${k}]`, out)
    }
    return
  }
  if (Array.isArray(left) && Array.isArray(right) && left.length === right.length) {
    left.forEach((x, n) => differences(x, right[n], `${path}[${n}]`, out))
    return
  }
  const text = (v) => v === undefined ? '(absent)' : JSON.stringify(v).slice(0, 400)
  out.push(`${path}\n      real ${text(left)}\n      mine ${text(right)}`)
}
// Frames of Node's stack name files of the machine that ran the program, not what an engine says.
const withoutFrames = (text) => text.replace(/\\n {4}at [\s\S]*$|\n {4}at [\s\S]*$/, '')
const diagnostics = (list) => [...list ?? []].map(withoutFrames).sort()
// Of an error's text only the lines that say why; rows of the progress display are another matter.
const error = (e) => {
  if (!e) return e
  const why = e.why.filter((l) => /^(error:|RHE)/.test(l))
  return { ...e, why: [...new Set(why.length ? why : e.why)].sort() }
}
// The order of dependencies means nothing.
const states = (list) =>
  list?.map((r) => ({ ...r, ...r.dependencies && { dependencies: [...r.dependencies].sort() } }))
const calls = (list) => {
  const by = {}
  for (const c of list ?? []) (by[`${c.method} ${c.name}`] ??= []).push(c)
  return by
}
/** The differences of one program; none when both did the same. */
export function compareProgram (left, right) {
  const found = []
  for (let n = 0; n < Math.max(left.steps.length, right.steps.length); n++) {
    const [l, r] = [left.steps[n], right.steps[n]]
    if (!l || !r) {
      found.push(`${n} ${(l ?? r).label}: only ${l ? 'real' : 'mine'}`)
      continue
    }
    const out = []
    const view = (x) => ({
      ...x,
      ...x.error && { error: error(x.error) },
      ...x.state && { state: states(x.state) },
      diagnostics: diagnostics(x.diagnostics),
      calls: calls(x.calls)
    })
    differences(view(l), view(r), '', out)
    // When a step fails on one side only, the rest of it follows from that.
    const shown = l.ok !== r.ok ? out.filter((t) => /^\.(ok|error|value)/.test(t)) : out
    for (const text of shown) found.push(`${n} ${l.label}: ${text}`)
  }
  return found
}
