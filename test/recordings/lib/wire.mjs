// Property values as they travel in protobuf Structs: an unknown is the string UNKNOWN, a secret is
// `{ [SIG]: SECRET_SIG, value }`.

export const UNKNOWN = '04da6b54-80e4-46f7-96ec-b56ff0331ba9'
export const SIG = '4dabf18193072939515e22adb298388d'
export const SECRET_SIG = '1b47061264138c4ac30d75fd1eb44270'

export const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value)

const mapMembers = (object, map) =>
  Object.fromEntries(Object.entries(object).map(([key, member]) => [key, map(member)]))

/** The value without the marks of secrets. */
export function unsecret (value) {
  if (Array.isArray(value)) return value.map(unsecret)
  if (!isObject(value)) return value
  return value[SIG] === SECRET_SIG ? unsecret(value.value) : mapMembers(value, unsecret)
}

/** The value with its keys in order, for comparisons as JSON. */
export function sorted (value) {
  if (Array.isArray(value)) return value.map(sorted)
  if (!isObject(value)) return value
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]))
}

/** The value without undefined members; an undefined element of a list is null. */
export function withoutUndefined (value) {
  if (Array.isArray(value)) {
    return value.map((item) => (item === undefined ? null : withoutUndefined(item)))
  }
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([key, member]) => [key, withoutUndefined(member)])
  )
}
