/** The rule of a hook that something fits. Pure. */
import picomatch from 'picomatch'
import { type Launch } from '../../contract/launch.ts'
import { type Hook, type HookRule } from './file.ts'
import { type Told } from './payload.ts'

/**
 * Says whether a name fits one of the patterns; no patterns: any name. Negations and groups are not
 * patterns here, and dots are letters.
 */
function fits (patterns: readonly string[] | undefined, name: string | undefined): boolean {
  if (patterns === undefined) return true
  return name !== undefined &&
    picomatch([...patterns], { dot: true, nonegate: true, noextglob: true, nobrace: true })(name)
}

/**
 * A push whose changes are not all known fits: it is better to deploy once too often than to miss a
 * change.
 */
const touches = ({ paths }: HookRule, changed: readonly string[] | undefined): boolean =>
  paths === undefined || changed === undefined || changed.some((path) => fits(paths, path))

/** The launch of the first rule that fits, or why there is none. */
export function launchFor (hook: Hook, told: Told): Launch | { ignored: string } {
  if ('ignored' in told) return told
  const { on, repository, branch, tag, paths } = told
  if (
    hook.repositories && !hook.repositories.some((name) => name.toLowerCase() === repository?.toLowerCase())
  ) return { ignored: `${repository ?? 'a repository without a name'} is not among the hook's repositories` }
  const near = hook.rules.filter((rule) =>
    rule.on === on && fits(rule.branches, branch) && fits(rule.tags, tag)
  )
  const rule = near.find((one) => touches(one, paths))
  if (rule) return rule.launch
  const what = on === 'tag'
    ? `the tag ${tag ?? ''}`
    : `${on === 'push' ? 'a push to' : 'a pull request for'} ${branch ?? 'no branch'}`
  return {
    ignored: near.length > 0 ? `${what} changed no file that a rule names` : `no rule is about ${what}`
  }
}
