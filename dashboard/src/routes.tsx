/** The pages: the addresses that each has, and its place in the bar. */
import type { ReactNode } from 'react'
import type { Permission } from '../../contract/words.ts'
import { AuditPage } from './pages/audit/audit-page.tsx'
import { DeploymentPage } from './pages/deployment/deployment-page.tsx'
import { DeploymentsPage } from './pages/deployments.tsx'
import { FederationPage } from './pages/federation/federation-page.tsx'
import { FederationsPage } from './pages/federations/federations-page.tsx'
import { LaunchPage } from './pages/launch/launch-page.tsx'
import { NotFound } from './pages/not-found.tsx'
import { NotificationsPage } from './pages/notifications.tsx'
import { TokensPage } from './pages/tokens/tokens-page.tsx'
import { WaitingPage } from './pages/waiting.tsx'
import type { Address } from './router.tsx'

interface Route {
  /** First part of the addresses. */
  name: string
  /** Entry of the bar, for those who have the permission. */
  bar?: { title: string, permission: Permission }
  show: (address: Address) => ReactNode
}

/** The service sends the page for the same addresses: server/plugins/dashboard.ts. */
export const routes: readonly Route[] = [
  {
    name: 'federations',
    bar: { title: 'Federations', permission: 'federations.read' },
    show: ({ parts: [, name, view = 'map'] }) =>
      name === undefined ? <FederationsPage /> : <FederationPage key={name} name={name} view={view} />
  },
  {
    name: 'deployments',
    bar: { title: 'Deployments', permission: 'deployments.read' },
    show: ({ parts: [, id, view = 'units'] }) =>
      id === undefined ? <DeploymentsPage /> : <DeploymentPage key={id} id={id} view={view} />
  },
  {
    name: 'waiting',
    bar: { title: 'Waiting', permission: 'deployments.read' },
    show: () => <WaitingPage />
  },
  {
    name: 'notifications',
    bar: { title: 'Notifications', permission: 'deployments.read' },
    show: () => <NotificationsPage />
  },
  {
    name: 'tokens',
    bar: { title: 'Tokens', permission: 'tokens.use' },
    show: () => <TokensPage />
  },
  {
    name: 'audit',
    bar: { title: 'Audit', permission: 'audit.read' },
    show: ({ query }) => <AuditPage key={query.toString()} />
  },
  {
    name: 'launch',
    show: ({ query }) => <LaunchPage key={query.toString()} />
  }
]

/** The first page, at `/`. */
const first = 'federations'

/** The name of the route that an address belongs to, though there may be none. */
export const routeName = ({ parts: [name = first] }: Address): string => name

/** The page of an address. */
export const pageOf = (address: Address): ReactNode =>
  routes.find(({ name }) => name === routeName(address))?.show(address) ?? <NotFound path={address.path} />
