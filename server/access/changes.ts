import { isDeepStrictEqual } from 'node:util'
import { type AccessSettings } from '../../automation/index.ts'

/**
 * The names of the parts of an access file that differ: `issuers.<name>`, `accounts`,
 * `sessions`, `limits`, `url`, `proxies`. Pure.
 */
export function changedParts (before: AccessSettings, after: AccessSettings): string[] {
  const changed = (['url', 'proxies', 'accounts', 'sessions', 'limits'] as const).filter((part) =>
    !isDeepStrictEqual(before[part], after[part])
  ) as string[]
  const names = [...new Set([...before.issuers, ...after.issuers].map(({ name }) => name))]
  const issuerOf = ({ issuers }: AccessSettings, name: string) =>
    issuers.find((issuer) => issuer.name === name)
  return [
    ...changed,
    ...names.filter((name) => !isDeepStrictEqual(issuerOf(before, name), issuerOf(after, name))).map((name) =>
      `issuers.${name}`
    )
  ]
}
