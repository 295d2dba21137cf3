import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { problemSchema } from '../../contract/problem.ts'
import { answerCheck, type ApiDocument } from '../fixtures/answers.ts'

const thing = {
  type: 'object',
  required: ['id'],
  properties: {
    id: { type: 'string' },
    notes: { type: 'object', additionalProperties: true, properties: {} }
  }
}
const refusal = {
  allOf: [{ $ref: '#/components/schemas/Problem' }, {
    type: 'object',
    properties: { code: { type: 'string', enum: ['thing-not-found'] } }
  }]
}
const document: ApiDocument = {
  paths: {
    '/things/{id}': {
      get: {
        responses: {
          200: {
            content: {
              'application/json': { schema: { type: 'array', items: { $ref: '#/components/schemas/Thing' } } }
            }
          },
          404: { content: { 'application/problem+json': { schema: refusal } } }
        }
      }
    }
  },
  components: { schemas: { Thing: thing, Problem: problemSchema } }
}
const problem = {
  type: 'urn:windlass:problem:thing-not-found',
  title: 'Not Found',
  status: 404,
  code: 'thing-not-found',
  detail: 'there is no thing 7',
  instance: '/things/7',
  retryable: false,
  requestId: '1'
}

suite('the check of answers', () => {
  const check = answerCheck(document)
  const wrong = (body: unknown, status = 200, path = '/things/7') =>
    check({
      method: 'GET',
      path,
      status,
      contentType: `application/${status === 200 ? '' : 'problem+'}json; charset=utf-8`,
      body
    })

  test('passes what is like its schema', () => {
    assert.equal(wrong([{ id: '7', notes: { any: 1 } }]), undefined)
    assert.equal(wrong(problem, 404), undefined)
    assert.equal(wrong(problem, 404, '/nothing'), undefined)
  })

  test('refuses a field too many, at any depth', () => {
    assert.match(wrong([{ id: '7', size: 1 }]) ?? '', /GET \/things\/7, 200.*size/s)
    assert.match(wrong({ ...problem, hint: 'x' }, 404) ?? '', /hint/)
  })

  test('refuses a field too few, and a value of another type', () => {
    assert.match(wrong([{}]) ?? '', /required properties id/)
    assert.match(wrong([{ id: 7 }]) ?? '', /must be string/)
    assert.match(wrong({ ...problem, code: 'other' }, 404) ?? '', /code/)
  })

  test('refuses a status that its route does not document', () => {
    assert.match(wrong([], 201) ?? '', /is not documented/)
  })
})
