/** The federation file's schema of drift: what a drift check does not hold against anybody. */
import { Type } from 'typebox'
import { closed, list, text } from '../../contract/schema.ts'

// Neither begins nor ends with a blank.
const pattern = '^\\S(.*\\S)?$'

const ignoreSchema = Type.Object({
  type: text('a pattern of resource types, * for any text, such as aws:autoscaling/group:Group', { pattern }),
  property: Type.Optional(
    text(
      'the path of a property and what is inside it, * for any text, such as desiredCapacity or tags.*',
      { pattern }
    )
  ),
  cluster: Type.Optional(text('the name of a cluster', { maxLength: 40, pattern })),
  reason: text('why it is ignored: ten characters or more', { maxLength: 1000, pattern: '\\S.{9,}' })
}, { ...closed, description: 'what is ignored: type, reason and, optionally, property, cluster' })

export const driftSchema = Type.Object({
  ignore: list(ignoreSchema, 'a list of what is ignored', { maxItems: 200 })
}, { ...closed, description: 'a mapping: ignore' })
