/**
 * What can be launched. `drift-check` compares the clouds with the state and changes neither. A
 * word of the API each: never renamed.
 */
export const operations = ['up', 'preview', 'refresh', 'destroy', 'drift-check'] as const
export type Operation = typeof operations[number]
