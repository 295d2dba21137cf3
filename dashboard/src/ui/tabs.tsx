import { Link } from '../router.tsx'

interface TabsProps {
  tabs: readonly { key: string, title: string, to: string }[]
  /** Key of the tab that is shown. */
  shown: string | undefined
}

/** Links to the views of a page. */
export const Tabs = ({ tabs, shown }: TabsProps) => (
  <nav className='tabs' aria-label='Views'>
    {tabs.map(({ key, title, to }) => (
      <Link key={key} to={to} {...(key === shown && { 'aria-current': 'page' })}>{title}</Link>
    ))}
  </nav>
)
