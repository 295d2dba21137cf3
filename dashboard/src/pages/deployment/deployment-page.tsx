import type { Deployment } from '../../api/client.ts'
import { OrphanNote } from '../../components/orphan-note.tsx'
import { placeOf } from '../../model/place.ts'
import { navigate, pathOf, useAddress, withQuery } from '../../router.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { useMode } from '../../ui/mode.ts'
import { Tabs } from '../../ui/tabs.tsx'
import { useTitle } from '../../ui/title.ts'
import { Attention } from './attention.tsx'
import { DeploymentHead } from './deployment-head.tsx'
import { ScenarioNote } from './scenario-note.tsx'
import { UnitDrawer } from './unit-drawer/unit-drawer.tsx'
import { useDeployment } from './use-deployment.ts'
import { views } from './views.tsx'

const tabsOf = ({ id, operation }: Deployment) =>
  views.filter(({ operations }) => operations?.includes(operation) ?? true).map(({ key, title }) => ({
    key,
    title,
    to: pathOf('deployments', id, ...(key === 'units' ? [] : [key]))
  }))

/** One deployment: its facts, its progress, and its views. */
export function DeploymentPage ({ id, view }: { id: string, view: string }) {
  const opened = useAddress().query.get('unit')
  const { known, units, plan, log, now, every } = useDeployment(id)
  const { data } = known
  useTitle(data ? `${data.operation} of ${data.federation}: ${data.status}` : 'Deployment')
  useMode(data?.mode)
  const shown = views.find(({ key }) => key === view) ?? views[0]
  return (
    <Loaded known={known}>
      {(item) => (
        <div className='stack'>
          <DeploymentHead item={item} now={now} predicted={plan?.makespanSeconds} />
          <Attention item={item} />
          <ScenarioNote scenario={item.scenario} />
          <OrphanNote warnings={item.warnings} federation={item.federation} place={placeOf(item)} />
          <Tabs tabs={tabsOf(item)} shown={shown?.key} />
          <Loaded known={units}>
            {(list) => log && shown?.show({ item, units: list, plan, log, now, every })}
          </Loaded>
          {log && opened !== null && (
            <UnitDrawer
              key={opened}
              item={item}
              name={opened}
              log={log}
              now={now}
              every={every}
              predicted={plan?.units.find((unit) => unit.id === opened)?.predicted.seconds}
              onClose={() => {
                navigate(withQuery({ unit: undefined }), { replace: true })
              }}
            />
          )}
        </div>
      )}
    </Loaded>
  )
}
