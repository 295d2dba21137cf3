import { Link } from '../router.tsx'

/** Shown in place of deployments before the first one. */
export const NoDeployments = () => (
  <p className='empty'>
    No deployments yet.{' '}
    <Link to='/launch'>Launch a rehearsal</Link>: it needs no cloud account and changes nothing real.
  </p>
)
