/**
 * Physical names, where a cloud needs one chosen rather than generated: legal, bounded, stable, and
 * apart from other federations' and accounts'. Pure.
 */
import { createHash } from 'node:crypto'
import { type Cluster } from '../types/cluster.ts'
import { type Federation } from '../types.ts'

/** The first `length` hexadecimal digits of a hash of the parts. */
export function digest (length: number, ...parts: string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, length)
}

/** The cluster's name with the federation's in front, unless it starts with that already. */
export function qualifiedName (federation: Federation, cluster: Cluster): string {
  return cluster.name === federation.name || cluster.name.startsWith(`${federation.name}-`)
    ? cluster.name
    : `${federation.name}-${cluster.name}`
}

/**
 * Lower-case letters, digits and single dashes; a name longer than `max` is cut and ends in seven
 * digits of a hash of the whole.
 */
export function boundedName (max: number, ...parts: string[]): string {
  const whole = parts.join('-').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '')
  if (whole.length <= max) return whole
  return `${whole.slice(0, max - 8).replace(/-+$/, '')}-${digest(7, whole)}`
}

/**
 * For Azure names of letters and digits only that are unique in the world (storage accounts: 24,
 * registries: 50): readable start, hashed end.
 */
export function alphanumericName (max: number, ...parts: string[]): string {
  const plain = parts.join('').toLowerCase().replace(/[^a-z0-9]+/g, '')
  return `${plain.slice(0, max - 8)}${digest(8, ...parts)}`
}

/**
 * A UUID that is always the same for the same parts, marked as derived from a name (version 5 of
 * RFC 9562; the hash is SHA-256 cut to size).
 */
export function derivedUuid (...parts: string[]): string {
  const hex = digest(32, ...parts)
  const variant = (Number.parseInt(hex.slice(16, 17), 16) % 4 + 8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-` +
    `${hex.slice(20, 32)}`
}

/** Tags or labels of an Azure resource, whose provider has no default ones. */
export function azureTags (federation: Federation): Record<string, string> {
  return {
    ...federation.labels,
    federation: federation.name,
    owner: federation.owner,
    'managed-by': 'windlass'
  }
}
