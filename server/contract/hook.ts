/** What a webhook is answered with. */
import { Type, type Static } from 'typebox'
import { deploymentSchema } from './deployment.ts'
import { ref } from './schema.ts'

export const hookAnswerSchema = Type.Object({
  hook: Type.String({ description: "the hook's name" }),
  delivery: Type.String({ description: "the delivery's id" }),
  replayed: Type.Boolean({ description: 'whether it was received before: the answer is the same' }),
  deployment: Type.Optional(ref(deploymentSchema)),
  ignored: Type.Optional(Type.String({ description: 'why nothing is deployed' }))
}, { $id: 'HookAnswer', description: "what became of a webhook's delivery: a deployment, or why there is none" })
export type HookAnswerBody = Static<typeof hookAnswerSchema>
