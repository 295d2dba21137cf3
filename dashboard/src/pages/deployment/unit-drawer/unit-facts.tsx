import { Fragment } from 'react'
import type { Unit } from '../../../api/client.ts'
import { Changes } from '../../../components/changes.tsx'
import { UnitLink } from '../../../components/unit-link.tsx'
import { phaseTitle } from '../../../model/phases.ts'
import { dateTimeSeconds, duration, elapsed } from '../../../model/time.ts'
import { CloudBadge } from '../../../ui/badge.tsx'
import { Pair } from '../../../ui/pair.tsx'

interface UnitFactsProps {
  unit: Unit
  preview: boolean
  /** Predicted seconds of the live run. */
  predicted: number | undefined
  now: number
}

const Dependencies = ({ ids }: { ids: readonly string[] }) =>
  ids.length === 0 ? 'nothing' : ids.map((id, index) => (
    <Fragment key={id}>
      {index > 0 && ', '}
      <UnitLink id={id} />
    </Fragment>
  ))

/** Facts of the unit and of its last attempt. */
export function UnitFacts ({ unit, preview, predicted, now }: UnitFactsProps) {
  const { phase, clusters, cloud, stack, attempt, startedAt, finishedAt, resourceChanges, dependsOn } = unit
  const seconds = elapsed(startedAt, finishedAt, now)
  return (
    <dl className='pairs'>
      <Pair term='Phase'>{phase} {phaseTitle(phase)}</Pair>
      <Pair term='Clusters'>
        {clusters.length > 0 ? clusters.join(', ') : 'all'} {cloud && <CloudBadge cloud={cloud} />}
      </Pair>
      <Pair term='Stack' mono>{stack}</Pair>
      <Pair term='Attempts'>{attempt}</Pair>
      {startedAt && (
        <Pair term='Started'>
          <span title={startedAt}>{dateTimeSeconds(startedAt)}</span>
        </Pair>
      )}
      {seconds !== undefined && <Pair term={finishedAt ? 'Took' : 'Running for'}>{duration(seconds)}</Pair>}
      {predicted !== undefined && <Pair term='Predicted (live)'>{duration(predicted)}</Pair>}
      <Pair term='Resources'>
        <Changes changes={resourceChanges} same preview={preview} />
      </Pair>
      <Pair term='Depends on'>
        <Dependencies ids={dependsOn} />
      </Pair>
    </dl>
  )
}
