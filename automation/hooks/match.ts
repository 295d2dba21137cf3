/** The rule of a hook that something fits. Pure. */
import { type Launch } from '../../contract/launch.ts'
import { fitsAny, type Steps } from '../pattern.ts'
import { type Hook, type HookRule } from './file.ts'
import { type Told } from './payload.ts'

/**
 * Characters of a name that is held against patterns: Linux takes no longer path, and Git keeps
 * branches and tags as files.
 */
const longestName = 4096

/**
 * Steps of work on the files of one push: a fifth of a second at most. 60,000 paths against twenty
 * patterns such as `federations/**` take fewer.
 */
export const mostSteps = 20_000_000

/** Says whether a name fits one of the patterns; no patterns: any name. */
const fits = (patterns: readonly string[] | undefined, name: string | undefined): boolean =>
  patterns === undefined || (name !== undefined && name.length <= longestName && fitsAny(patterns, name))

/**
 * A push whose changes are not all known fits: it is better to deploy once too often than to miss a
 * change. That holds also when there are more files than can be looked at, or longer names.
 */
const touches = ({ paths }: HookRule, changed: readonly string[] | undefined, steps: Steps): boolean =>
  paths === undefined || changed === undefined ||
  changed.some((path) => steps.count > mostSteps || path.length > longestName || fitsAny(paths, path, steps))

/**
 * The launch of the first rule that fits, or why there is none. `steps` counts the work on the
 * files of a push.
 */
export function launchFor (
  hook: Hook,
  told: Told,
  steps: Steps = { count: 0 }
): Launch | { ignored: string } {
  if ('ignored' in told) return told
  const { on, repository, branch, tag, paths } = told
  if (
    hook.repositories && !hook.repositories.some((name) => name.toLowerCase() === repository?.toLowerCase())
  ) return { ignored: `${repository ?? 'a repository without a name'} is not among the hook's repositories` }
  const near = hook.rules.filter((rule) =>
    rule.on === on && fits(rule.branches, branch) && fits(rule.tags, tag)
  )
  const rule = near.find((one) => touches(one, paths, steps))
  if (rule) return rule.launch
  const what = on === 'tag'
    ? `the tag ${tag ?? ''}`
    : `${on === 'push' ? 'a push to' : 'a pull request for'} ${branch ?? 'no branch'}`
  return {
    ignored: near.length > 0 ? `${what} changed no file that a rule names` : `no rule is about ${what}`
  }
}
