/** A route as one value: what it asks for, what it answers, and how. */
import { type TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import {
  type ContextConfigDefault,
  type FastifyContextConfig,
  type FastifyRequest,
  type FastifySchema,
  type RawReplyDefaultExpression,
  type RawRequestDefaultExpression,
  type RawServerDefault,
  type RouteGenericInterface,
  type RouteHandlerMethod
} from 'fastify'
import { type Automation } from '../../automation/index.ts'
import { type SessionParts } from '../access/caller.ts'

/** Parts of the service that handlers work with. */
export interface RouteParts {
  automation: Automation
  /** Absent where the service authenticates nobody. */
  sessions?: SessionParts
  /** Times of event streams; the usual ones unless given. */
  streams?: StreamTimes
}

/** Parts of a handler that uses these ports of the automation room. */
export interface Uses<Port> {
  automation: Port
}

export interface StreamTimes {
  /** Silence after which a stream sends a heartbeat. */
  heartbeatMilliseconds?: number
  /** Time between checks that the reader of a stream is still permitted to read it. */
  recheckMilliseconds?: number
}

/** Schemas of a request and its answers, and what the API document says of the route. */
interface RouteSchema extends FastifySchema {
  operationId: string
  summary: string
  description: string
  tags: readonly string[]
}

/** Examples of the API document. Tests hold each to its schema. */
export interface RouteExamples {
  /** Bodies of requests, by name. */
  body?: Record<string, { summary: string, value: unknown }>
  /** Parameters that are not among the common ones (`openapi/parameters.ts`), by name. */
  parameters?: Record<string, unknown>
  /** Answers as JSON, by status. */
  answers?: Record<number, unknown>
  /** Answers in other forms, by media type. */
  forms?: Record<string, string>
}

interface Definition {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  url: string
  config: FastifyContextConfig & Required<Pick<FastifyContextConfig, 'permission'>>
  /** `false` where HEAD is not answered: an endless answer has no length to tell. */
  exposeHeadRoute?: false
  /** Bytes of the largest body, where it is not the service's usual limit. */
  bodyLimit?: number
  /** Refuses a request before its body is read. */
  before?: (parts: RouteParts) => (request: FastifyRequest) => void
  /** The body stays bytes, whatever its type: for bodies that are signed. */
  bytes?: true
  examples?: RouteExamples
}

export interface Route<Parts = RouteParts> extends Definition {
  schema: RouteSchema
  /** Creates the handler from the parts that it names. */
  handler: (parts: Parts) => RouteHandlerMethod
}

type TypedHandler<Schema extends FastifySchema> = RouteHandlerMethod<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  RouteGenericInterface,
  ContextConfigDefault,
  Schema,
  TypeBoxTypeProvider
>

/** Types the handler's request and answer by the route's schemas. */
export function route<const Schema extends RouteSchema, Parts = unknown> (
  definition: Definition & { schema: Schema, handler: (parts: Parts) => TypedHandler<Schema> }
): Route<Parts> {
  // What the handler takes is what the schemas validate.
  return definition as unknown as Route<Parts>
}
