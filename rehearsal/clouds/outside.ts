/** Changes to resources as if somebody made them in a cloud's own console. Pure. */
import { type WireObject, type WireValue } from '../wire.ts'
import { isObject, isSecret, secret } from './wire-values.ts'

/**
 * The steps of a path such as `tags.owner`, `rules[0].port` or `labels["app.kubernetes.io/name"]`;
 * undefined for other text.
 */
export function stepsOf (path: string): (string | number)[] | undefined {
  const steps: (string | number)[] = []
  let rest = path
  while (rest !== '') {
    const match = /^\["((?:[^"\\]|\\.)+)"\]|^\[(\d{1,6})\]|^(\.?)([^.[\]"]+)/.exec(rest)
    if (!match) return undefined
    const [whole, quoted, index, dot, name] = match
    // A dot stands before every name but the first, and nowhere else.
    if (name !== undefined && (dot === '.') !== (steps.length > 0)) return undefined
    steps.push(
      quoted !== undefined
        ? quoted.replaceAll(/\\(.)/g, '$1')
        : index !== undefined
        ? Number(index)
        : name ?? ''
    )
    rest = rest.slice(whole.length)
  }
  return steps.length > 0 ? steps : undefined
}

/**
 * A property map with another value at a path. A secret stays a secret. Lists grow by one item at
 * most: a path beyond that changes nothing.
 */
export function withProperty (properties: WireObject, path: string, value: WireValue): WireObject {
  const changed = set(properties, stepsOf(path) ?? [], value)
  return isObject(changed) ? changed : properties
}

/** A property map without what is at a path; an item of a list goes, and those after it move up. */
export function withoutProperty (properties: WireObject, path: string): WireObject {
  const changed = cut(properties, stepsOf(path) ?? [])
  return isObject(changed) ? changed : properties
}

function cut (current: WireValue, [step, ...rest]: readonly (string | number)[]): WireValue {
  if (isSecret(current)) return secret(cut(current.value, step === undefined ? [] : [step, ...rest]))
  if (Array.isArray(current) && typeof step === 'number') {
    return rest.length === 0
      ? current.filter((_, index) => index !== step)
      : current.map((item, index) => index === step ? cut(item, rest) : item)
  }
  if (!isObject(current) || typeof step !== 'string' || !(step in current)) return current
  const { [step]: inner, ...others } = current
  return rest.length === 0 ? others : { ...current, [step]: cut(inner ?? null, rest) }
}

function set (
  current: WireValue | undefined,
  [step, ...rest]: readonly (string | number)[],
  value: WireValue
): WireValue {
  if (isSecret(current)) return secret(set(current.value, step === undefined ? [] : [step, ...rest], value))
  if (step === undefined) return value
  if (typeof step === 'number') {
    const list = Array.isArray(current) ? current : []
    return step > list.length
      ? list
      : [...list.slice(0, step), set(list[step], rest, value), ...list.slice(step + 1)]
  }
  const map = isObject(current) ? current : {}
  return { ...map, [step]: set(map[step], rest, value) }
}
