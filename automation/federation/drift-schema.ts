/** The federation file's schema of drift: what a drift check does not hold against anybody. */
import { Type } from 'typebox'

const closed = { additionalProperties: false } as const
const text = (what: string, maxLength: number, pattern = '^\\S(.*\\S)?$') =>
  Type.String({ minLength: 1, maxLength, pattern, description: what })

const ignoreSchema = Type.Object({
  type: text('a pattern of resource types, * for any text, such as aws:autoscaling/group:Group', 200),
  property: Type.Optional(
    text(
      'the path of a property and what is inside it, * for any text, such as desiredCapacity or tags.*',
      200
    )
  ),
  cluster: Type.Optional(text('the name of a cluster', 40)),
  reason: text('why it is ignored: ten characters or more', 1000, '\\S.{9,}')
}, { ...closed, description: 'what is ignored: type, reason and, when wanted, property, cluster' })

export const driftSchema = Type.Object({
  ignore: Type.Array(ignoreSchema, { maxItems: 200, description: 'a list of what is ignored' })
}, { ...closed, description: 'a mapping: ignore' })
