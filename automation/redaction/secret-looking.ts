/**
 * Tells which values inside a secret document are secret. Two things say so: the name of the key,
 * or a value that nobody chose (long, and of mixed characters). Words, names of hosts and regions,
 * addresses and identifiers are not. Pure.
 */
import { shortest } from './values.ts'

/** Parts of names of keys, in lower case without separators, whose values are secret. */
const secretParts = [
  'password',
  'passwd',
  'passphrase',
  'secret',
  'token',
  'apikey',
  'accesskey',
  'privatekey',
  'accountkey',
  'sharedkey',
  'signingkey',
  'encryptionkey',
  'masterkey',
  'routingkey',
  'integrationkey',
  'licensekey',
  'keydata',
  'credential',
  'signature',
  'authorization',
  'connectionstring',
  'databaseurl',
  'webhook',
  'cookie'
]
/** Whole names, which are parts of too many others. */
const secretNames = [
  'auth',
  'bearer',
  'dsn',
  'hmac',
  'jwt',
  'key',
  'pass',
  'pin',
  'psk',
  'pw',
  'pwd',
  'salt',
  'sas',
  'sessionid',
  'sig'
]
/** Ends of names of keys that say something about a secret, and hold none. */
const about =
  /(url|uri|name|id|type|path|file|host|user|email|provider|length|policy|expiry|expires|ttl|version|enabled|publickey)$/

/** Words that people put where a secret belongs, or that are values everywhere. */
const words: ReadonlySet<string> = new Set([
  'admin',
  'administrator',
  'default',
  'development',
  'disabled',
  'enabled',
  'example',
  'localhost',
  'master',
  'password',
  'postgres',
  'production',
  'public',
  'require',
  'secret',
  'service',
  'staging',
  'system',
  'verify-full',
  'windlass'
])

/** Regions of AWS and Google, and zones in them, by the continents that they begin with. */
const regionName =
  /^(?:af|africa|ap|asia|australia|ca|cn|eu|europe|il|me|mx|northamerica|sa|southamerica|us)(?:-[a-z]+){1,3}-?\d{1,2}(?:-?[a-z])?$/
const hostName = /^[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?$/i
const address = /^(\d{1,3}(\.\d{1,3}){3}(\/\d+)?|[0-9a-f:]+:[0-9a-f:]*)(:\d+)?$/i
const mailAddress = /^[^\s@]+@[^\s@]+\.[^\s@]+$/
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const resourceName = /^(arn:|urn:|projects\/|subscriptions\/|\/subscriptions\/|sha\d+:)/i
const date = /^\d{4}-\d{2}-\d{2}/
const webAddress = /^[a-z][a-z0-9+.-]*:\/\/[^\s@?#]*$/i
const filePath = /^(\.{0,2}|[A-Za-z]:)[\\/][\w.\\/ -]*$/

/** Says whether a value is a word, a name or an address, which can be shown whatever its key. */
function isOrdinary (value: string): boolean {
  return words.has(value.toLowerCase()) || regionName.test(value)
}

/** Says whether a value names something rather than opens it. */
function isName (value: string): boolean {
  return [hostName, address, mailAddress, uuid, resourceName, date, webAddress, filePath].some((form) =>
    form.test(value)
  )
}

/** Bits of a character, by how often each occurs. */
export function entropyOf (text: string): number {
  const counts = new Map<string, number>()
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1)
  return [...counts.values()].reduce(
    (sum, count) => sum - count / text.length * Math.log2(count / text.length),
    0
  )
}

/** Characters from which a value without a telling name can be a key: 80 bits in base32. */
const shortestKey = 16
/** Bits of a character that a key has at least; hexadecimal digits have up to four, prose less. */
const keyEntropy = 3

/** Says whether a value is one that nobody chose. */
export function looksRandom (value: string): boolean {
  return value.length >= shortestKey && !/\s/.test(value) && /\d/.test(value) && /[A-Za-z]/.test(value) &&
    !isOrdinary(value) && !isName(value) && entropyOf(value) >= keyEntropy
}

/** Says whether a key's name says that its value is secret. */
export function isSecretName (key: string): boolean {
  const plain = key.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
  if (about.test(plain) && !secretNames.includes(plain) && !/(databaseurl|webhookurl)$/.test(plain)) {
    return false
  }
  return secretNames.includes(plain) || secretParts.some((part) => plain.includes(part))
}

/**
 * Says whether a value inside a secret is secret itself. `key`: what names it, if anything does.
 */
export function looksSecret (key: string | undefined, value: string): boolean {
  if (value.length < shortest || isOrdinary(value)) return false
  return (key !== undefined && isSecretName(key)) || looksRandom(value)
}
