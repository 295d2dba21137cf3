/** Errors on the wire: RFC 9457 `application/problem+json`. */
import { Type, type Static } from 'typebox'
import { ref } from './schema.ts'

export const issueSchema = Type.Object({
  path: Type.String({ description: 'a JSON pointer into the body, or the name of the parameter' }),
  field: Type.String({ description: 'the same for people, such as rehearsal.faults[0].kind' }),
  message: Type.String({ description: 'what is wrong' }),
  expected: Type.String({ description: 'what would be right' }),
  file: Type.Optional(Type.String({ description: 'the federation file' })),
  line: Type.Optional(Type.Integer({ description: 'counted from 1' })),
  column: Type.Optional(Type.Integer({ description: 'counted from 1' })),
  code: Type.Optional(Type.String({ description: 'a stable code of this kind of mistake' }))
}, { $id: 'Issue', description: 'one thing that is wrong in a request or a federation file' })
export type Issue = Static<typeof issueSchema>

export const problemSchema = Type.Object({
  type: Type.String({ description: 'urn:windlass:problem:{code}' }),
  title: Type.String({ description: "the status' own name" }),
  status: Type.Integer({ description: 'the HTTP status' }),
  code: Type.String({ description: 'a stable code: decide by it, never by the texts' }),
  detail: Type.String({ description: 'what is wrong here and what would be right' }),
  instance: Type.String({ description: 'the path that was asked for' }),
  retryable: Type.Boolean({ description: 'whether the same request may succeed later without a change' }),
  requestId: Type.String({ description: "the request's id: it is in the service's log too" }),
  traceId: Type.Optional(
    Type.String({ description: 'the trace that the request belongs to, where the service sends traces' })
  ),
  errors: Type.Optional(
    Type.Array(ref(issueSchema), {
      description: 'each thing that is wrong, where there can be several'
    })
  ),
  details: Type.Optional(
    Type.Record(Type.String(), Type.Unknown(), {
      description: 'further facts, by the code: the missing units, the status that does not allow it'
    })
  )
}, { $id: 'Problem', description: 'what went wrong and what to do about it' })
export type Problem = Static<typeof problemSchema>

/** The media type of a problem. */
export const problemType = 'application/problem+json'
