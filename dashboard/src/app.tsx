/** The frame of every page: bar, banners and content. */
import { useEffect, useRef, type RefObject } from 'react'
import { Account } from './components/account.tsx'
import { AwayBanner } from './components/away-banner.tsx'
import { may, mustSignIn, type Session } from './model/access.ts'
import { SignIn } from './pages/sign-in.tsx'
import { Link, useAddress, type Address } from './router.tsx'
import { pageOf, routeName, routes } from './routes.tsx'
import { Logo, RocketIcon } from './ui/icons.tsx'
import { useShownMode } from './ui/mode.ts'
import { useSession } from './ui/session.ts'
import { ThemeSwitch } from './ui/theme.tsx'

/** Names the pages that the session may see, and holds what is on all of them. */
function Bar ({ session, shown }: { session: Session | undefined, shown: string }) {
  return (
    <header className='bar'>
      <Link className='brand' to='/'>
        <Logo />Windlass
      </Link>
      <nav aria-label='Pages'>
        {routes.map(({ name, bar }) =>
          bar && may(session, bar.permission) && (
            <Link key={name} to={`/${name}`} {...(name === shown && { 'aria-current': 'page' })}>
              {bar.title}
            </Link>
          )
        )}
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
  )
}

/** Moves the keyboard and the view to the beginning of a page that was gone to. */
function usePageStart ({ parts }: Address): RefObject<HTMLElement | null> {
  const main = useRef<HTMLElement>(null)
  const first = useRef(true)
  const place = parts.slice(0, 2).join('/')
  useEffect(() => {
    if (!first.current) {
      main.current?.focus({ preventScroll: true })
      window.scrollTo(0, 0)
    }
    first.current = false
  }, [place])
  return main
}

export function App () {
  const address = useAddress()
  const session = useSession()
  const main = usePageStart(address)
  const mode = useShownMode()
  return (
    <>
      <a className='skip' href='#content'>Skip to the content</a>
      <Bar session={session} shown={routeName(address)} />
      {mode === 'live' && (
        <p className='banner live' role='note'>
          LIVE: actions on this page change real clouds and cost real money
        </p>
      )}
      <AwayBanner />
      <main className='content' id='content' tabIndex={-1} ref={main}>
        <div className='wide'>
          {session === undefined
            ? <p className='empty'>Loading…</p>
            : mustSignIn(session)
            ? <SignIn session={session} />
            : pageOf(address)}
        </div>
      </main>
    </>
  )
}
