import type { Deployment, FederationSummary } from '../../api/client.ts'
import { PhaseMarks } from '../../components/phase-marks.tsx'
import { count } from '../../model/figures.ts'
import { placeName } from '../../model/place.ts'
import { Link, pathOf } from '../../router.tsx'
import { ModeBadge, StateBadge } from '../../ui/badge.tsx'
import { Note } from '../../ui/note.tsx'
import { Ago } from '../../ui/now.tsx'

/** Errors of a file that are shown: the command line lists all of them. */
const shownErrors = 6

const FileErrors = ({ errors = [] }: Pick<FederationSummary, 'errors'>) => (
  <Note state='failed'>
    <ul>
      {errors.slice(0, shownErrors).map(({ file, line, column, code, path, message, expected }) => (
        <li key={`${line}:${column}:${code}`}>
          <code>{file}:{line}</code> {path} {message}: expected {expected}
        </li>
      ))}
    </ul>
  </Note>
)

/** Places that are shown of a federation without a file: the command line lists all of them. */
const shownPlaces = 6

interface WithoutFileProps {
  name: string
  deployed: NonNullable<FederationSummary['deployed']>
}

/** The places in which something is deployed of a federation that has no file any more. */
const WithoutFile = ({ name, deployed }: WithoutFileProps) => (
  <Note state='failed'>
    <p>Its file is gone, and something is still deployed:</p>
    <ul>
      {deployed.slice(0, shownPlaces).map(({ mode, world, units }) => {
        const query = new URLSearchParams({
          federation: name,
          operation: 'destroy',
          mode,
          ...(world !== undefined && { world })
        })
        return (
          <li key={`${mode} ${world ?? ''}`}>
            {count(units, 'unit')} in {placeName({ mode, ...(world !== undefined && { world }) })}{' '}
            <Link to={`/launch?${query.toString()}`}>Destroy</Link>
          </li>
        )
      })}
    </ul>
  </Note>
)

function LatestDeployment ({ item }: { item: Deployment }) {
  return (
    <>
      <p className='row tight'>
        <StateBadge state={item.status} />
        <Link to={pathOf('deployments', item.id)}>{item.operation} in {placeName(item)}</Link>
        <ModeBadge mode={item.mode} />
        <span className='muted'>
          <Ago time={item.createdAt} />
        </span>
      </p>
      <PhaseMarks phases={item.phases} />
    </>
  )
}

const Actions = ({ name }: { name: string }) => (
  <p className='row tight'>
    <Link className='button small' to={pathOf('federations', name)}>Map</Link>
    <Link className='button small' to={pathOf('federations', name, 'plan')}>Plan</Link>
    <Link className='button small' to={`/launch?federation=${encodeURIComponent(name)}`}>Launch</Link>
  </p>
)

interface FederationCardProps {
  item: FederationSummary
  /** The latest deployment that may have changed something; undefined when there is none. */
  latest: Deployment | undefined
}

/** A federation with its last deployment, or with what is wrong in its file. */
export const FederationCard = ({ item, latest }: FederationCardProps) => (
  <li className='card inside-card'>
    <h2>
      {item.deployed ? item.name : <Link to={pathOf('federations', item.name)}>{item.name}</Link>}
    </h2>
    <p className='muted'>
      {item.clusters === undefined ? '' : `${count(item.clusters, 'cluster')} · `}
      {item.deployed ? 'no file' : <code>{item.file}</code>}
    </p>
    {item.deployed
      ? <WithoutFile name={item.name} deployed={item.deployed} />
      : !item.valid && <FileErrors errors={item.errors} />}
    {latest
      ? <LatestDeployment item={latest} />
      : item.valid && <p className='muted'>Not deployed yet.</p>}
    {item.valid && <Actions name={item.name} />}
  </li>
)
