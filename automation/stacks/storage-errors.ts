/**
 * The errors that a stack store rejects with: rehearsal's own, handed on so that the store need not
 * reach into that room.
 */
export { LeaseLostError, StackLockedError } from '../../rehearsal/store.ts'
