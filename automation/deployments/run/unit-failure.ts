import { type Failure } from '../../../contract/deployment.ts'

/** The failure of a unit before or beside its engine, by stable code. */
export function unitFailure (
  code: 'upstream-missing' | 'event-flood' | 'secrets-missing' | 'internal',
  unit: string,
  message: string
): Failure {
  return { code, message, retryable: code === 'internal', unit }
}
