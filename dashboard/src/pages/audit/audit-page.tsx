import { auditPage } from '../../api/queries.ts'
import { useResource } from '../../api/resource.ts'
import { Link, useAddress, withQuery } from '../../router.tsx'
import { Card } from '../../ui/card.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Page } from '../../ui/page.tsx'
import { AuditTable } from './audit-table.tsx'
import { auditFilter, AuditFilters } from './filters.tsx'
import { Verification } from './verification.tsx'

/** Milliseconds between reads of the latest page; older ones never change. */
const auditPause = 15_000

interface PagerProps {
  /** True on the latest page. */
  latest: boolean
  /** Asks for the next page; undefined on the oldest. */
  next: string | undefined
}

const Pager = ({ latest, next }: PagerProps) => (
  <p className='inside row'>
    {!latest && <Link className='button small' to={withQuery({ before: undefined })}>Latest</Link>}
    {next !== undefined && <Link className='button small' to={withQuery({ before: next })}>Older</Link>}
  </p>
)

/** The audit log: its integrity, and its entries with the latest first. */
export function AuditPage () {
  const filter = auditFilter(useAddress().query)
  const latest = filter.before === undefined
  const known = useResource(auditPage(filter), latest ? auditPause : undefined)
  return (
    <Page title='Audit log'>
      <Verification />
      <Card title='Entries' bare>
        <AuditFilters />
        <Loaded known={known}>
          {({ items, next }) => (
            <>
              <AuditTable items={items} />
              <Pager latest={latest} next={next === undefined ? undefined : String(next)} />
            </>
          )}
        </Loaded>
      </Card>
    </Page>
  )
}
