import { type DeploymentLauncher } from '../../launcher.ts'
import { type FoundCli } from '../../stacks/cli/find.ts'
import { checkOpen, type Service } from '../service.ts'
import { launch } from './launch.ts'
import { type LiveSettings } from './live.ts'

/**
 * Launches deployments of this service, each under a span of its own, and has what may start start.
 */
export function createLauncher (
  service: Omit<Service, 'runner' | 'slots'>,
  live: LiveSettings,
  pulumi: FoundCli | undefined
): DeploymentLauncher {
  const { tracing } = service
  const parts = { ...service, live, ...(pulumi && { pulumi }) }
  return {
    async launch (request, options = {}) {
      checkOpen(service.stopping)
      const { federation, operation, mode } = request
      const work = () => launch(parts, request, options)
      const launched = await (tracing
        ? tracing.within('launch', {
          'windlass.federation': federation,
          'windlass.operation': operation,
          'windlass.mode': mode
        }, work)
        : work())
      service.dispatch()
      return launched
    }
  }
}
