import { type FastifyInstance, type FastifyRequest } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import { type Issue } from '../../contract/problem.ts'
import { cutText } from '../../contract/text/cut.ts'
import { faultsOf, mostLevels, type JsonFault } from '../../contract/text/json-walk.ts'
import { isStorable } from '../../contract/text/storable.ts'
import { readUtf8 } from '../../contract/text/utf8.ts'
import { HttpError, invalidRequest } from '../errors.ts'
import { fieldOf, mostIssues } from '../validation.ts'

/** Units of a key that the place of an issue shows: more than any name of ours has. */
const shownKey = 60

const unstorable = { message: 'has U+0000 or half a surrogate pair', expected: 'well-formed Unicode text' }

/** Makes the issue of a fault in a body, with its place. */
function issueOf ({ path, wrong }: JsonFault): Issue {
  const pointer = path.map((step) =>
    `/${cutText(String(step), shownKey).replaceAll('~', '~0').replaceAll('/', '~1')}`
  ).join('')
  return {
    path: pointer,
    field: fieldOf(pointer),
    ...(wrong === 'depth'
      ? {
        message: `is nested deeper than ${mostLevels} levels`,
        expected: `at most ${mostLevels} levels of objects and lists`
      }
      : wrong === 'key'
      ? { message: 'holds a name with U+0000 or half a surrogate pair', expected: unstorable.expected }
      : unstorable)
  }
}

/** Parses JSON of UTF-8 bytes that a request sent; no value is changed, and none is guessed. */
function readBodies (app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    (request: FastifyRequest, body: Buffer, done) => {
      const read = readUtf8(body)
      if (!('text' in read)) {
        const { wrong, line, column } = read
        done(
          new HttpError('http-body-malformed', {
            bytes: wrong,
            line,
            column
          })
        )
        return
      }
      if (read.text.trim() === '') {
        done(null, undefined)
        return
      }
      void parse(request, read.text, (error, value: unknown) => {
        // Validators and JSON.stringify call themselves for each level.
        const faults = error ? [] : faultsOf(value).take(mostIssues).toArray()
        done(faults.length > 0 ? invalidRequest(faults.map(issueOf)) : error, value)
      })
    }
  )
}

/** Refuses parameters that are no text: names in the path are not found, queries are invalid. */
function checkParameters ({ params, query }: FastifyRequest): void {
  if (!Object.values(params as Record<string, string>).every(isStorable)) {
    throw new HttpError('http-route-not-found', {
      wrong: 'one of its parts holds a NUL character or half a surrogate pair'
    })
  }
  for (const [name, value] of Object.entries(query as Record<string, string | string[]>)) {
    if (isStorable(name) && [value].flat().every(isStorable)) continue
    const field = cutText(name, shownKey)
    throw invalidRequest([{ path: field, field, ...unstorable }])
  }
}

/**
 * Decides how requests are read: bodies are JSON in UTF-8 only (an empty one is no body) and nest
 * within bounds, integers in query strings are decimal digits, and no text has what cannot be
 * stored.
 */
export const requestsPlugin = fastifyPlugin(async (app) => {
  readBodies(app)

  app.addHook('onRequest', (request, _reply, done) => {
    checkParameters(request)
    done()
  })

  app.addHook('preValidation', (request, _reply, done) => {
    const schema = request.routeOptions.schema?.querystring as {
      properties?: Record<string, { type?: string }>
    } | undefined
    const query = request.query as Record<string, unknown>
    for (const [name, property] of Object.entries(schema?.properties ?? {})) {
      const value = query[name]
      if (property.type === 'integer' && typeof value === 'string' && /^-?\d{1,16}$/.test(value)) {
        query[name] = Number(value)
      }
    }
    done()
  })
}, { name: 'requests' })
