/** Errors on the wire: RFC 9457 `application/problem+json`. */
import { Type, type Static } from 'typebox'
import { ref } from './schema.ts'

export const issueSchema = Type.Object({
  path: Type.String({ description: 'a JSON pointer into the body, or the name of the parameter' }),
  field: Type.String({ description: 'the same in dotted form, such as rehearsal.faults[0].kind' }),
  message: Type.String({ description: 'what is wrong' }),
  expected: Type.String({ description: 'what would be right' }),
  file: Type.Optional(Type.String({ description: 'the federation file' })),
  line: Type.Optional(Type.Integer({ description: 'the number, from 1' })),
  column: Type.Optional(Type.Integer({ description: 'the number, from 1' })),
  code: Type.Optional(Type.String({ description: 'a stable code for this kind of problem' }))
}, { $id: 'Issue', description: 'a problem in a request or a federation file' })
export type Issue = Static<typeof issueSchema>

export const problemSchema = Type.Object({
  type: Type.String({ description: 'urn:windlass:problem:{code}' }),
  title: Type.String({ description: 'the name of the status' }),
  status: Type.Integer({ description: 'the HTTP status' }),
  code: Type.String({ description: 'a stable code: clients decide by it, not by the texts' }),
  detail: Type.String({ description: 'what is wrong and what would be right' }),
  instance: Type.String({ description: 'the path of the request' }),
  retryable: Type.Boolean({ description: 'whether the same request may succeed later without a change' }),
  requestId: Type.String({ description: "the request's id, which the service's log has too" }),
  traceId: Type.Optional(
    Type.String({ description: "the request's trace, if the service sends traces" })
  ),
  errors: Type.Optional(
    Type.Array(ref(issueSchema), {
      description: 'the problems, where there can be several'
    })
  ),
  details: Type.Optional(
    Type.Record(Type.String(), Type.Unknown(), {
      description: 'further facts that depend on the code, such as the missing units'
    })
  )
}, { $id: 'Problem', description: 'why a request failed' })
export type Problem = Static<typeof problemSchema>

/** The media type of a problem. */
export const problemType = 'application/problem+json'
