/** Google Cloud APIs that a unit needs. */
import * as gcp from '@pulumi/gcp'
import { type CustomResourceOptions } from '@pulumi/pulumi'

/**
 * Enables each of the APIs (`compute.googleapis.com`, …). They stay enabled when the unit is
 * destroyed: other units of the same project use them too.
 */
export function enableApis (
  services: readonly string[],
  options: CustomResourceOptions
): gcp.projects.Service[] {
  return services.map((service) =>
    new gcp.projects.Service(
      service.replace('.googleapis.com', '-api'),
      { service, disableOnDestroy: false },
      options
    )
  )
}
