/** Names of a resource's hooks, as programs and states have them. */

export const hookTypes = [
  'BeforeCreate',
  'AfterCreate',
  'BeforeUpdate',
  'AfterUpdate',
  'BeforeDelete',
  'AfterDelete',
  'OnError'
] as const
export type HookType = typeof hookTypes[number]
/** Names of the hooks of a resource, by when they run. */
export type HookNames = Partial<Record<HookType, string[]>>
