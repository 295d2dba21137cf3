/** The providers of a run: built in, attached, or in process. */
import { type Diagnostics } from '../../events/diagnostics.ts'
import { AttachedProvider, attachedPorts } from '../../providers/attached-provider.ts'
import { BuiltinProvider } from '../../providers/builtin-provider.ts'
import { dynamicPackage, startDynamicProvider } from '../../providers/dynamic-provider.ts'
import { ProviderRegistry } from '../../providers/provider-registry.ts'
import { type RunResources } from '../../run/execute.ts'
import { type EngineServer } from '../../services/engine-server.ts'
import { stackOutputs, stackResourceOutputs } from '../stack-reference.ts'
import { type UpdateRun } from './update-run.ts'

/** Makes the registry. An attached provider wins over one in process. */
export function runProviders (
  { operation: { cwd, env, providers, store }, ref: { project }, preview }: UpdateRun,
  server: EngineServer,
  resources: RunResources,
  diagnostics: Diagnostics
): ProviderRegistry {
  const attached = attachedPorts(env['PULUMI_DEBUG_PROVIDERS'])
  return new ProviderRegistry({
    preview,
    warn: (message) => diagnostics.warning('', message),
    connect: async (pkg, version) => {
      if (pkg === 'pulumi') {
        return new BuiltinProvider({
          stackOutputs: (name) => stackOutputs(store, env, name, project),
          stackResourceOutputs: (name) => stackResourceOutputs(store, env, name, project),
          resource: (urn) => {
            const found = resources.find(urn)
            return found && { id: found.id, provider: found.provider, outputs: found.outputs ?? {} }
          }
        })
      }
      const port = attached.get(pkg)
      if (port === undefined) {
        return await providers?.connect(pkg, version) ??
          (pkg === dynamicPackage ? startDynamicProvider(server.address, { cwd, env }) : undefined)
      }
      const provider = new AttachedProvider(port, { engineAddress: server.address })
      await provider.attach()
      return provider
    }
  })
}
