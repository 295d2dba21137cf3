import { Link, withQuery } from '../router.tsx'

/** Opens a unit beside what the page shows. */
export const UnitLink = ({ id }: { id: string }) => <Link to={withQuery({ unit: id })} replace>{id}</Link>
