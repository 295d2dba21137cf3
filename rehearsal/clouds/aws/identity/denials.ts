/**
 * Refusals in IAM's words. Source: IAM User Guide, "Troubleshoot access denied error messages";
 * EC2's prefix and code: EC2 API Reference, "Common client errors".
 */
import { type Failure } from '../../draft.ts'

/** Reason of a refusal, as IAM says it. */
export type Reason = 'no policy' | 'explicit deny' | 'boundary' | 'no resource policy' | 'resource deny'

const reasons: Record<Reason, (action: string) => string> = {
  'no policy': (action) => `because no identity-based policy allows the ${action} action`,
  'explicit deny': () => 'with an explicit deny in an identity-based policy',
  'no resource policy': (action) => `because no resource-based policy allows the ${action} action`,
  'resource deny': () => 'with an explicit deny in a resource-based policy',
  boundary: (action) => `because no permissions boundary allows the ${action} action`
}

/** Codes and statuses of services whose own differ from AccessDeniedException, 400. */
const codes: Record<string, { code: string, status: number }> = {
  ec2: { code: 'UnauthorizedOperation', status: 403 },
  iam: { code: 'AccessDenied', status: 403 },
  s3: { code: 'AccessDenied', status: 403 },
  sts: { code: 'AccessDenied', status: 403 },
  route53: { code: 'AccessDenied', status: 403 },
  eks: { code: 'AccessDeniedException', status: 403 }
}

/** Refusal of an action; `service` is the one that was called, `who` the caller's ARN. */
export function denial (
  service: string,
  { who, action, resource, reason }: { who: string, action: string, resource: string, reason: Reason }
): Failure {
  const { code, status } = codes[service] ?? { code: 'AccessDeniedException', status: 400 }
  const where = resource === '*' && service === 'ec2' ? '' : ` on resource: ${resource}`
  return {
    status,
    code,
    message: `${service === 'ec2' ? 'You are not authorized to perform this operation. ' : ''}User: ${who} ` +
      `is not authorized to perform: ${action}${where} ${reasons[reason](action)}`
  }
}
