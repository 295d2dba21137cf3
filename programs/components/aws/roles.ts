/** IAM roles of a Kubernetes cluster on AWS. */
import * as aws from '@pulumi/aws'
import { type ComponentResource } from '@pulumi/pulumi'

/**
 * The trust policy of a role, for a service of AWS or the pods that EKS Pod Identity gives it to.
 */
function trust (service: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [{
      Effect: 'Allow',
      Principal: { Service: service },
      Action: service.startsWith('pods.') ? ['sts:AssumeRole', 'sts:TagSession'] : 'sts:AssumeRole'
    }]
  })
}

/** A role with managed policies of AWS attached. */
export interface AttachedRole {
  readonly role: aws.iam.Role
  /** Resources that have to be there before the role is of use. */
  readonly attachments: aws.iam.RolePolicyAttachment[]
}

/**
 * A role that `service` (`eks.amazonaws.com`, …) takes, with AWS's managed `policies` (names, with
 * their path).
 */
export function serviceRole (
  parent: ComponentResource,
  name: string,
  service: string,
  policies: readonly string[]
): AttachedRole {
  const role = new aws.iam.Role(name, { assumeRolePolicy: trust(service) }, { parent })
  const attachments = policies.map((policy) =>
    new aws.iam.RolePolicyAttachment(`${name}-${policy.split('/').at(-1)}`, {
      role: role.name,
      policyArn: `arn:aws:iam::aws:policy/${policy}`
    }, { parent })
  )
  return { role, attachments }
}

/** A role that pods take through EKS Pod Identity, with AWS's managed `policies`. */
export function podRole (parent: ComponentResource, name: string, policies: readonly string[]): AttachedRole {
  return serviceRole(parent, name, 'pods.eks.amazonaws.com', policies)
}
