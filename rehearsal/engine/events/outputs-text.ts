/** The outputs of a stack as an operation prints them (pulumi `display/object_diff.go`). */
import { type WireObject, type WireValue, unknownValue } from '../../wire.ts'
import { isObject, isSecret, sameValue } from '../values/wire-values.ts'
import { type StepMetadata } from './engine-event.ts'

type Mark = '' | '+ ' | '- ' | '~ '

/** Spaces of a level, the last two of which the mark takes. */
function indentation (level: number, mark: Mark): string {
  const spaces = '    '.repeat(level)
  return mark === '' ? spaces : spaces.slice(0, -2) + mark
}

function valueText (value: WireValue, level: number): string {
  const [inner, outer] = [indentation(level + 1, ''), indentation(level, '')]
  if (isSecret(value)) return '[secret]'
  if (value === unknownValue) return '[unknown]'
  if (value === null) return '<null>'
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]'
    const members = value.map((member, n) => `${inner}[${n}]: ${valueText(member, level + 1)}\n`)
    return `[\n${members.join('')}${outer}]`
  }
  if (!isObject(value)) return JSON.stringify(value)
  const keys = Object.keys(value)
  return keys.length === 0 ? '{}' : `{\n${keyLines(value, level + 1)}${outer}}`
}

function widthOf (keys: readonly string[]): number {
  return Math.max(0, ...keys.map(({ length }) => length))
}

/** Lines of an object's members, each with its end. */
function keyLines (values: WireObject, level: number): string {
  const keys = Object.keys(values).sort()
  const width = widthOf(keys)
  return keys.map((key) =>
    `${indentation(level, '')}${key.padEnd(width)}: ${valueText(values[key] ?? null, level)}\n`
  ).join('')
}

/** Lines of one member that may differ. `sames`: also where it does not. */
function changeLines (
  title: string,
  old: WireValue | undefined,
  value: WireValue | undefined,
  options: { level: number, sames: boolean }
): string {
  const { level, sames } = options
  const line = (mark: Mark, text: string): string => `${indentation(level, mark)}${title}: ${text}\n`
  if (value === undefined) return old === undefined ? '' : line('- ', valueText(old, level))
  if (old === undefined) return line('+ ', valueText(value, level))
  if (sameValue(old, value)) return sames ? line('', valueText(value, level)) : ''
  if (isObject(old) && isObject(value) && !isSecret(old) && !isSecret(value)) {
    const inner = objectLines(old, value, { level: level + 1, sames: true })
    return `${line('~ ', '{')}${inner}${indentation(level, '')}}\n`
  }
  if (Array.isArray(old) && Array.isArray(value)) {
    const inner = Array.from(
      { length: Math.max(old.length, value.length) },
      (_, n) => changeLines(`[${n}]`, old[n], value[n], { level: level + 1, sames: true })
    )
    return `${line('~ ', '[')}${inner.join('')}${indentation(level, '')}]\n`
  }
  const plain = (member: WireValue): boolean =>
    isSecret(member) || (!isObject(member) && !Array.isArray(member))
  if (plain(old) && plain(value)) return line('~ ', `${valueText(old, level)} => ${valueText(value, level)}`)
  return line('- ', valueText(old, level)) + line('+ ', valueText(value, level))
}

function objectLines (
  olds: WireObject,
  news: WireObject,
  options: { level: number, sames: boolean }
): string {
  const keys = [...new Set([...Object.keys(olds), ...Object.keys(news)])].sort()
  const width = widthOf(keys)
  return keys.map((key) => changeLines(key.padEnd(width), olds[key], news[key], options)).join('')
}

/** The outputs of a stack after its step: all of them, and in previews those that change. */
export function outputsText ({ old, new: state }: StepMetadata, preview: boolean): string {
  if (old?.initErrors) return ''
  const news = state?.outputs ?? {}
  return old ? objectLines(old.outputs, news, { level: 1, sames: !preview }) : keyLines(news, 1)
}
