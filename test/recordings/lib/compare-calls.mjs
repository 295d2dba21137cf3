// Compares provider calls: by URN, and in their order where it is total.
import { groupBy, stableText } from './differences.mjs'

/** Calls whose number is the engine's own business. */
const UNCOUNTED = /:(handshake|attach|getPluginInfo|cancel):/

/** Calls with a total order when nothing runs at once; deletes run in layers. */
const ORDERED_METHODS = ['create', 'update', 'read']

/** `before` are the resources in the state before the step. */
export function compareCalls (differences, index, expected, actual, before) {
  const [groups, others] = [bySubject(expected), bySubject(actual)]
  for (const subject of new Set([...Object.keys(groups), ...Object.keys(others)])) {
    if (UNCOUNTED.test(subject + ':')) continue
    differences.compare('rpc', index, subject, groups[subject], others[subject])
  }
  if (expected.order?.parallel === 1) {
    const inOrder = !/refresh|destroy/i.test(expected.op)
    const order = (step) => (inOrder ? orderOf(step) : [])
    differences.compare('rpcOrder', index, 'order', order(expected), order(actual))
  }
  checkDeletes(differences, index, actual, before)
}

/** Calls without their times, by URN; those without one by package, method and arguments. */
function bySubject ({ rpc = [] }) {
  const calls = rpc.map(({ n, start, end, ...call }) => call)
  return groupBy(
    calls,
    ({ urn, pkg, method, args }) => urn ?? `${pkg}:${method}:${method === 'invoke' ? stableText(args) : ''}`
  )
}

function orderOf ({ rpc = [] }) {
  return rpc.filter(({ method }) => ORDERED_METHODS.includes(method))
    .map(({ method, urn }) => `${method} ${urn}`)
}

/** Reports resources that are deleted before their dependents are gone. */
function checkDeletes (differences, index, { rpc = [] }, before) {
  const deletes = {}
  for (const call of rpc) if (call.method === 'delete') deletes[call.urn] ??= call
  for (const { urn, dependencies, parent } of before) {
    for (const dependency of [...(dependencies ?? []), ...(parent ? [parent] : [])]) {
      if (!deletes[urn] || !deletes[dependency]) continue
      if (deletes[dependency].start < deletes[urn].end) {
        differences.add('rpcOrder', index, dependency, `deleted before its dependent ${urn} was gone`)
      }
    }
  }
}
