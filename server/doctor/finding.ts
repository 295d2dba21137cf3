import { type Finding } from '../../contract/doctor.ts'

/** A check. When it rejects, that is a finding too. */
export interface Check {
  name: string
  look(signal: AbortSignal): Promise<Found | Found[]>
}
/** A finding of a check. */
export type Found = Omit<Finding, 'check'> & {
  /** The part that it is about; the check itself unless given. */
  check?: string
}

export const ok = (detail: string): Found => ({ level: 'ok', detail })
export const warn = (detail: string, advice: string): Found => ({ level: 'warn', detail, advice })
export const fail = (detail: string, advice: string): Found => ({ level: 'fail', detail, advice })

export const reasonOf = (error: unknown): string =>
  error instanceof AggregateError && error.errors.length > 0
    ? reasonOf(error.errors[0])
    : error instanceof Error
    ? error.message
    : String(error)
