/** The answers to Diff and DiffConfig: what changed, and what of it replaces. Pure. */
import { type DiffRequest, type DiffResponse } from '../provider.ts'
import { type WireObject } from '../wire.ts'
import { type Change, changesBetween, detailed } from './changes.ts'
import { isMadeUp } from './checking.ts'
import { decodedConfig } from './configuring.ts'
import { type Instance } from './draft.ts'
import { type PackageModel, modelOf } from './package-model.ts'
import { typeFacts } from './schema-table.ts'
import { equal, plainObject, valueAt } from './wire-values.ts'

/** Compares the configurations of a provider. */
export function diffConfigs (pack: PackageModel, request: DiffRequest): DiffResponse {
  const changes = changesBetween(request.oldInputs, request.news, request.ignoreChanges)
  const decode = (config: WireObject): WireObject => decodedConfig(config, {}, pack.pkg)
  const replacing = [
    ...pack.replacingConfig,
    ...changes.length === 0
      ? []
      : pack.replacesConfigWhen?.(decode(request.oldInputs), decode(request.news)) ?? []
  ]
  return response(changes, changes.filter((change) => replacing.includes(topOf(change))), false)
}

/** Compares the inputs of a resource. */
export function diffInputs (
  pack: PackageModel,
  instance: Instance,
  request: DiffRequest,
  now: Date
): DiffResponse {
  const { type, oldInputs, news } = request
  const model = modelOf(pack, type)
  const facts = typeFacts(pack.pkg, type)
  const changes = changesBetween(oldInputs, news, request.ignoreChanges)
  const replacing = changes.filter(({ keys, after }) =>
    !covers(model?.mutable, keys) &&
    (covers(model?.immutable, keys) ||
      covers(model?.replacesWhen?.(plainObject(oldInputs), plainObject(news)), keys) ||
      pack.replaces(keys, type, facts, instance, after))
  )
  const rule = model?.name ?? pack.nameRule(type, facts)
  const nameKept = rule !== undefined && valueAt(news, rule.property) !== undefined &&
    equal(valueAt(oldInputs, rule.property), valueAt(news, rule.property))
  const late = Object.keys(model?.overdue?.(request.olds, now) ?? {})
  const answer = response(
    changes,
    replacing,
    replacing.length > 0 && pack.deletesFirst(nameKept && !isMadeUp(news, rule), type)
  )
  return late.length === 0 ? answer : withOverdue(answer, late)
}

/** The answer for a resource that time alone would replace. */
function withOverdue (answer: DiffResponse, outputs: readonly string[]): DiffResponse {
  return {
    ...answer,
    changes: 'some',
    diffs: [...new Set([...answer.diffs, ...outputs])],
    replaces: [...new Set([...answer.replaces, ...outputs])],
    detailedDiff: {
      ...answer.detailedDiff,
      ...Object.fromEntries(
        outputs.map((name) => [name, { kind: 'UPDATE_REPLACE' as const, inputDiff: false }])
      )
    }
  }
}

/** Tells if a path is one of the paths, inside one, or around one. */
function covers (paths: string[] | undefined, keys: string): boolean {
  return paths?.some((path) => keys === path || keys.startsWith(`${path}.`) || path.startsWith(`${keys}.`)) ??
    false
}

const topOf = ({ keys }: Change): string => keys.split('.')[0] ?? keys

function response (changes: Change[], replacing: Change[], deleteBeforeReplace: boolean): DiffResponse {
  return {
    changes: changes.length > 0 ? 'some' : 'none',
    diffs: [...new Set(changes.map(topOf))],
    replaces: [...new Set(replacing.map(topOf))],
    stables: [],
    deleteBeforeReplace,
    ...changes.length > 0 && { detailedDiff: detailed(changes, (change) => replacing.includes(change)) }
  }
}
