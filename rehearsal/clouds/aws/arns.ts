/** ARNs of what the simulated AWS makes. */
import { type Draft, type Place } from '../draft.ts'
import { tokenParts, kebab } from '../tokens.ts'

/** Services whose ARNs have another name than the Pulumi module. */
const services: Record<string, string> = {
  alb: 'elasticloadbalancing',
  cloudwatch: 'logs',
  ebs: 'ec2',
  ec2transitgateway: 'ec2',
  efs: 'elasticfilesystem',
  lb: 'elasticloadbalancing',
  vpc: 'ec2',
  ec2clientvpn: 'ec2'
}

/** The partition of a region: China and GovCloud have their own. */
export function partitionOf (region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn'
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws'
}

/** `arn:aws:SERVICE:REGION:ACCOUNT:RESOURCE`; an empty region for global services. */
export function arn (service: string, place: Place, resource: string, region = place.region): string {
  return `arn:${partitionOf(place.region)}:${service}:${region}:${place.account}:${resource}`
}

/** The service part of a type's ARN. */
export function serviceOf (type: string): string {
  const { module } = tokenParts(type)
  return services[module] ?? module
}

/** The ARN of a type without a model: `service:region:account:kebab-type/id`. */
export function conventionalArn (draft: Draft): string {
  return arn(serviceOf(draft.type), draft, `${kebab(tokenParts(draft.type).name)}/${draft.id}`)
}
