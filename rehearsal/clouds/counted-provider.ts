/** A provider whose calls count as activity of its clouds. */
import { type CreateRequest, type Provider } from '../provider.ts'
import { type Activity } from './activity.ts'

/**
 * The same provider, with every call about a resource counted while it goes on. `note` hears of
 * each resource to be made.
 */
export function counted (
  provider: Provider,
  activity: Activity,
  note: (request: CreateRequest) => void
): Provider {
  return {
    getPluginInfo: () => provider.getPluginInfo(),
    checkConfig: (request) => provider.checkConfig(request),
    diffConfig: (request) => provider.diffConfig(request),
    configure: (request) => provider.configure(request),
    check: (request) => activity.of(() => provider.check(request)),
    diff: (request) => activity.of(() => provider.diff(request)),
    create: (request, signal) => {
      if (!request.preview) note(request)
      return activity.of(() => provider.create(request, signal))
    },
    read: (request, signal) => activity.of(() => provider.read(request, signal)),
    update: (request, signal) => activity.of(() => provider.update(request, signal)),
    delete: (request, signal) => activity.of(() => provider.delete(request, signal)),
    invoke: (request) => activity.of(() => provider.invoke(request)),
    cancel: () => provider.cancel(),
    ...(provider.close && { close: () => provider.close?.() ?? Promise.resolve() }),
    ...(provider.lookup && { lookup: (request) => provider.lookup?.(request) ?? Promise.resolve(undefined) })
  }
}
