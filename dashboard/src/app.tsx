/** The frame of every page, and which page an address is. */
import { useEffect, useRef, type ReactNode } from 'react'
import { useAway } from './api/connection.ts'
import { refresh } from './api/resource.ts'
import { may, mustSignIn, type Permission } from './model/access.ts'
import { clock } from './model/time.ts'
import { AuditPage } from './pages/audit.tsx'
import { DeploymentPage } from './pages/deployment.tsx'
import { DeploymentsPage } from './pages/deployments.tsx'
import { FederationPage } from './pages/federation.tsx'
import { FederationsPage } from './pages/federations.tsx'
import { LaunchPage } from './pages/launch.tsx'
import { NotificationsPage } from './pages/notifications.tsx'
import { Account, SignIn } from './pages/sign-in.tsx'
import { TokensPage } from './pages/tokens.tsx'
import { WaitingPage } from './pages/waiting.tsx'
import { Link, useAddress, type Address } from './router.tsx'
import { Logo, RocketIcon } from './ui/icons.tsx'
import { useShownMode, useTitle } from './ui/mode.ts'
import { useSession } from './ui/session.ts'
import { ThemeSwitch } from './ui/theme.tsx'

function NotFound ({ path }: { path: string }) {
  useTitle('Not found')
  return (
    <div className='stack'>
      <h1>There is no such page</h1>
      <p className='muted'>
        <code>{path}</code> is no address of this dashboard. <Link to='/'>Go to the federations</Link>.
      </p>
    </div>
  )
}

function page ({ parts, path, query }: Address): ReactNode {
  const [room, name, view] = parts
  if (room === undefined || (room === 'federations' && name === undefined)) return <FederationsPage />
  if (room === 'federations' && name !== undefined) {
    return <FederationPage key={name} name={name} view={view ?? 'map'} />
  }
  if (room === 'deployments' && name === undefined) return <DeploymentsPage />
  if (room === 'deployments' && name !== undefined) {
    return <DeploymentPage key={name} id={name} view={view ?? 'units'} />
  }
  if (room === 'launch') return <LaunchPage key={query.toString()} />
  if (room === 'waiting') return <WaitingPage />
  if (room === 'notifications') return <NotificationsPage />
  if (room === 'tokens') return <TokensPage />
  if (room === 'audit') return <AuditPage key={query.toString()} />
  return <NotFound path={path} />
}

const rooms: { to: string, title: string, permission: Permission }[] = [
  { to: '/federations', title: 'Federations', permission: 'federations.read' },
  { to: '/deployments', title: 'Deployments', permission: 'deployments.read' },
  { to: '/waiting', title: 'Waiting', permission: 'deployments.read' },
  { to: '/notifications', title: 'Notifications', permission: 'deployments.read' },
  { to: '/tokens', title: 'Tokens', permission: 'tokens.use' },
  { to: '/audit', title: 'Audit', permission: 'audit.read' }
]

/** Tells that the service is away, and reads all again once it is back. */
function Connection () {
  const away = useAway()
  const was = useRef(away)
  useEffect(() => {
    if (was.current !== undefined && away === undefined) refresh()
    was.current = away
  }, [away])
  return (
    <div role='status'>
      {away !== undefined && (
        <p className='banner away'>
          The service does not answer since{' '}
          {clock(away)}. What is shown is from before; this page goes on by itself once it is back.
        </p>
      )}
    </div>
  )
}

export function App () {
  const address = useAddress()
  const session = useSession()
  const main = useRef<HTMLElement>(null)
  const first = useRef(true)
  const place = address.parts.slice(0, 2).join('/')
  useEffect(() => {
    // After going to another page, the keyboard goes on at its beginning.
    if (!first.current) {
      main.current?.focus({ preventScroll: true })
      window.scrollTo(0, 0)
    }
    first.current = false
  }, [place])
  const mode = useShownMode()
  const here = `/${address.parts[0] ?? ''}`
  return (
    <>
      <a className='skip' href='#content'>Skip to the content</a>
      <header className='bar'>
        <Link className='brand' to='/'>
          <Logo />Windlass
        </Link>
        <nav aria-label='Pages'>
          {rooms.filter(({ permission }) => may(session, permission)).map(({ to, title }) => (
            <Link
              key={to}
              to={to}
              {...((here === to || (here === '/' && to === '/federations')) && { 'aria-current': 'page' })}
            >
              {title}
            </Link>
          ))}
        </nav>
        <div className='tools'>
          {session && <Account session={session} />}
          <ThemeSwitch />
          {may(session, 'deployments.launch') && (
            <Link className='button primary' to='/launch'>
              <RocketIcon />Launch
            </Link>
          )}
        </div>
      </header>
      {mode === 'live' && (
        <p className='banner live' role='note'>
          LIVE: what is shown and done here acts on real clouds and costs real money
        </p>
      )}
      <Connection />
      <main className='content' id='content' tabIndex={-1} ref={main}>
        <div className='wide'>
          {session === undefined
            ? <p className='empty'>Loading…</p>
            : mustSignIn(session)
            ? <SignIn session={session} />
            : page(address)}
        </div>
      </main>
    </>
  )
}
