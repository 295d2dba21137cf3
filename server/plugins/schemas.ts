import fastifyPlugin from 'fastify-plugin'
import {
  actorSchema,
  createdTokenSchema,
  sessionSchema,
  grantSchema,
  tokenSchema
} from '../../contract/access.ts'
import { auditEntrySchema, verificationSchema } from '../../contract/audit.ts'
import { resourceChangeSchema } from '../../contract/change.ts'
import { deploymentCostSchema, planCostSchema, unitCostSchema } from '../../contract/cost.ts'
import {
  deploymentSchema,
  failureSchema,
  resourceChangesSchema,
  unitSchema
} from '../../contract/deployment.ts'
import { driftCountsSchema, driftFindingSchema } from '../../contract/drift.ts'
import { eventSchema } from '../../contract/event.ts'
import {
  federationSchema,
  federationSummarySchema,
  planSchema,
  stackSchema
} from '../../contract/federation.ts'
import { gateSchema, openGateSchema, waitingSchema } from '../../contract/gate.ts'
import { readinessSchema } from '../../contract/health.ts'
import { hookAnswerSchema, hookDeliverySchema } from '../../contract/hook.ts'
import { notificationSchema } from '../../contract/notification.ts'
import { policyFindingSchema } from '../../contract/policy-finding.ts'
import { issueSchema, problemSchema } from '../../contract/problem.ts'
import { scheduleSchema } from '../../contract/schedule.ts'
import { validationCheckSchema, validationSchema } from '../../contract/validation.ts'
import {
  launchWarningSchema,
  windowOverrideSchema,
  windowReportSchema,
  windowWaitSchema
} from '../../contract/window.ts'

/** The wire schemas that routes point at by name. */
export const schemasPlugin = fastifyPlugin(async (app) => {
  for (
    const schema of [
      issueSchema,
      problemSchema,
      actorSchema,
      grantSchema,
      tokenSchema,
      createdTokenSchema,
      sessionSchema,
      resourceChangesSchema,
      failureSchema,
      deploymentCostSchema,
      unitCostSchema,
      planCostSchema,
      openGateSchema,
      gateSchema,
      waitingSchema,
      resourceChangeSchema,
      driftCountsSchema,
      driftFindingSchema,
      windowWaitSchema,
      windowOverrideSchema,
      launchWarningSchema,
      windowReportSchema,
      deploymentSchema,
      unitSchema,
      eventSchema,
      federationSummarySchema,
      federationSchema,
      planSchema,
      stackSchema,
      readinessSchema,
      policyFindingSchema,
      hookAnswerSchema,
      hookDeliverySchema,
      notificationSchema,
      scheduleSchema,
      validationCheckSchema,
      validationSchema,
      auditEntrySchema,
      verificationSchema
    ]
  ) app.addSchema(schema)
}, { name: 'schemas' })
