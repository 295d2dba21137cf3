import { Link } from '../router.tsx'
import { useTitle } from '../ui/title.ts'

export function NotFound ({ path }: { path: string }) {
  useTitle('Page not found')
  return (
    <div className='stack'>
      <h1>Page not found</h1>
      <p className='muted'>
        The dashboard has no page at <code>{path}</code>. <Link to='/'>Go to the federations</Link>.
      </p>
    </div>
  )
}
