/**
 * What a deployment found and changed: resources, cost, policies, validation, and what was asked
 * for.
 */
import { useState } from 'react'
import type { Deployment, PolicyFinding, Unit, Validation } from '../api/client.ts'
import { ApiError } from '../api/client.ts'
import {
  findings as findingsResource,
  units as unitsResource,
  validation as validationResource
} from '../api/queries.ts'
import { useResource } from '../api/resource.ts'
import { phaseTitle } from '../model/phases.ts'
import { count, money, moneyChange, typeName, urnParts } from '../model/words.ts'
import { Link, withQuery } from '../router.tsx'
import { Card, Changes, Loaded, Scroll, StateBadge } from '../ui/parts.tsx'

const changed = ({ resourceChanges: { create, update, replace, delete: gone } }: Unit) =>
  create + update + replace + gone
const UnitLink = ({ id }: { id: string }) => <Link to={withQuery({ unit: id })} replace>{id}</Link>

/** Resource changes by phase, and by unit with what they change in cost. */
export function ChangesView ({ item, every }: { item: Deployment, every: number }) {
  return (
    <Loaded known={useResource(unitsResource(item.id), every)}>
      {(units) => <ChangesReport item={item} units={units} />}
    </Loaded>
  )
}

function ChangesReport ({ item, units }: { item: Deployment, units: readonly Unit[] }) {
  const preview = item.operation === 'preview'
  const touched = units.filter((unit) => changed(unit) > 0 || Math.abs(unit.cost?.difference ?? 0) >= 0.005)
  const most = Math.max(1, ...touched.map(changed))
  const sum = (list: readonly Unit[], kind: keyof Unit['resourceChanges']) =>
    list.reduce((total, { resourceChanges }) => total + resourceChanges[kind], 0)
  return (
    <div className='stack'>
      <Card title='By phase' bare>
        <Scroll label='Changes by phase'>
          <table className='table'>
            <thead>
              <tr>
                <th scope='col'>Phase</th>
                <th scope='col' className='end'>Create</th>
                <th scope='col' className='end'>Update</th>
                <th scope='col' className='end'>Replace</th>
                <th scope='col' className='end'>Delete</th>
                <th scope='col' className='end'>Unchanged</th>
                <th scope='col' className='end'>Cost a month</th>
                <th scope='col' className='end'>Difference</th>
              </tr>
            </thead>
            <tbody>
              {item.phases.map(({ number }) => {
                const list = units.filter(({ phase }) => phase === number)
                const cost = item.cost?.perPhase.find(({ phase }) => phase === number)
                return (
                  <tr key={number}>
                    <td className='nowrap'>
                      <span className='muted'>{number}</span> {phaseTitle(number)}
                    </td>
                    {(['create', 'update', 'replace', 'delete', 'same'] as const).map((kind) => (
                      <td key={kind} className='end'>
                        {sum(list, kind) || <span className='muted'>0</span>}
                      </td>
                    ))}
                    <td className='end'>{cost ? money(cost.monthly) : '–'}</td>
                    <td className='end'>{cost ? moneyChange(cost.difference) : '–'}</td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </Scroll>
      </Card>
      <Card
        title={`By unit: ${count(touched.length, 'unit')} ` +
          `${preview ? 'would change something' : 'changed something'}`}
        bare
      >
        {touched.length === 0
          ? <p className='empty'>No unit {preview ? 'would change' : 'changed'} anything.</p>
          : (
            <Scroll label='Changes by unit'>
              <table className='table'>
                <thead>
                  <tr>
                    <th scope='col'>Unit</th>
                    <th scope='col'>Changes</th>
                    <th scope='col' className='bar-column'>
                      <span className='hidden'>Share</span>
                    </th>
                    <th scope='col' className='end'>Cost a month</th>
                    <th scope='col' className='end'>Difference</th>
                    <th scope='col'>Dearest</th>
                  </tr>
                </thead>
                <tbody>
                  {touched.toSorted((a, b) => changed(b) - changed(a)).map((unit) => (
                    <tr key={unit.id}>
                      <td>
                        <UnitLink id={unit.id} />
                      </td>
                      <td>
                        <Changes changes={unit.resourceChanges} preview={preview} />
                      </td>
                      <td className='bar-column'>
                        <span className='share'>
                          <i style={{ width: `${changed(unit) / most * 100}%` }} />
                        </span>
                      </td>
                      <td className='end'>{unit.cost ? money(unit.cost.monthly) : '–'}</td>
                      <td className='end'>{unit.cost ? moneyChange(unit.cost.difference) : '–'}</td>
                      <td className='break muted'>
                        {unit.cost?.lines[0] &&
                          `${typeName(unit.cost.lines[0].type)} ${unit.cost.lines[0].meter}`}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Scroll>
          )}
      </Card>
      {item.cost && (
        <p className='hint'>
          At list prices: {money(item.cost.before)} a month before, {money(item.cost.monthly)}{' '}
          after ({money(item.cost.range.min)} to {money(item.cost.range.max)} with autoscaling);{' '}
          {money(item.cost.usage)} of it follows use, {count(item.cost.unpriced, 'part')} without a price.
        </p>
      )}
    </div>
  )
}

/** Findings of one policy together: the rule once, then each place. */
function grouped (list: readonly PolicyFinding[]) {
  const groups = new Map<
    string,
    {
      policy: string
      enforcement: PolicyFinding['enforcement']
      rule: string
      places: Map<string, PolicyFinding>
    }
  >()
  for (const finding of list) {
    const group = groups.get(finding.policy) ??
      {
        policy: finding.policy,
        enforcement: finding.enforcement,
        rule: finding.message.split('\n')[0] ?? '',
        places: new Map()
      }
    // A unit that was tried again says the same again.
    group.places.set(`${finding.unit} ${finding.urn ?? ''} ${finding.message}`, finding)
    groups.set(finding.policy, group)
  }
  return [...groups.values()].sort((a, b) =>
    b.enforcement.localeCompare(a.enforcement) || a.policy.localeCompare(b.policy)
  )
}

export function FindingsView ({ item, every }: { item: Deployment, every: number }) {
  const known = useResource(findingsResource(item), every)
  return (
    <Loaded known={known}>
      {(list) =>
        list.length === 0
          ? (
            <p className='empty card'>
              {item.eventsFrom === undefined
                ? 'No policy was violated.'
                : 'What policies found was removed with the events, which are kept for a time.'}
            </p>
          )
          : (
            <div className='stack'>
              {grouped(list).map(({ policy, enforcement, rule, places }) => (
                <Card
                  key={policy}
                  title={policy}
                  bare
                  aside={
                    <>
                      <StateBadge state={enforcement === 'mandatory' ? 'failed' : 'waiting'}>
                        {enforcement}
                      </StateBadge>
                      <span className='muted push'>{count(places.size, 'place')}</span>
                    </>
                  }
                >
                  <p className='inside rule'>{rule}</p>
                  <Scroll label={`Places of ${policy}`}>
                    <table className='table'>
                      <thead>
                        <tr>
                          <th scope='col'>Unit</th>
                          <th scope='col'>Resource</th>
                          <th scope='col'>What to change</th>
                        </tr>
                      </thead>
                      <tbody>
                        {[...places.values()].map((finding) => (
                          <tr key={finding.seq}>
                            <td>
                              <UnitLink id={finding.unit} />
                            </td>
                            <td className='mono break'>
                              {finding.urn
                                ? `${typeName(urnParts(finding.urn).type)} ${urnParts(finding.urn).name}`
                                : 'the stack'}
                            </td>
                            <td className='break'>{finding.message.split('\n').slice(1).join(' ') || '–'}</td>
                          </tr>
                        ))}
                      </tbody>
                    </table>
                  </Scroll>
                </Card>
              ))}
            </div>
          )}
    </Loaded>
  )
}

type Check = Validation['units'][number]['checks'][number]
const verdict = ({ passed, required }: Check) =>
  passed
    ? { state: 'succeeded', word: 'passed' } as const
    : required
    ? { state: 'failed', word: 'failed' } as const
    : { state: 'waiting', word: 'missed' } as const
const withUnit = (value: string | number, unit: string | undefined) =>
  typeof value === 'number'
    ? `${value.toLocaleString('en-US')}${unit === undefined ? '' : ` ${unit}`}`
    : value

function ValidationReport ({ report }: { report: Validation }) {
  const [which, setWhich] = useState<'measured' | 'all' | 'trouble'>('measured')
  const rows = report.units.flatMap(({ unit, checks }) => checks.map((check) => ({ unit, check })))
  const shown = rows.filter(({ check }) =>
    which === 'all' || !check.passed || (which === 'measured' && typeof check.measured === 'number')
  )
  const rank = ({ check }: typeof rows[number]) => check.passed ? 2 : check.required ? 0 : 1
  const kinds = [...new Set(rows.map(({ check }) => check.kind))]
  return (
    <div className='stack'>
      <dl className='figures card inside-card'>
        <div>
          <dt>Verdict</dt>
          <dd>
            <StateBadge state={report.passed ? 'succeeded' : report.complete ? 'failed' : 'waiting'}>
              {report.passed ? 'passed' : report.complete ? 'failed' : 'incomplete'}
            </StateBadge>
          </dd>
        </div>
        <div>
          <dt>Passed</dt>
          <dd>{report.counts.passed}</dd>
        </div>
        <div>
          <dt>Failed</dt>
          <dd>{report.counts.failed}</dd>
        </div>
        <div>
          <dt>Advisory missed</dt>
          <dd>{report.counts.advisory}</dd>
        </div>
        {kinds.map((kind) => (
          <div key={kind}>
            <dt>{kind}</dt>
            <dd>
              {rows.filter(({ check }) => check.kind === kind && check.passed).length} /{' '}
              {rows.filter(({ check }) => check.kind === kind).length}
            </dd>
          </div>
        ))}
      </dl>
      {report.units.map(({ unit, error }) =>
        error && (
          <p key={unit} className='note' data-state='failed'>
            <span>
              <UnitLink id={unit} />: {error.message}
            </span>
          </p>
        )
      )}
      <Card
        title={count(shown.length, 'check')}
        bare
        aside={
          <label className='row tight push'>
            <span className='label'>Show</span>
            <select
              className='input narrow'
              value={which}
              onChange={(event) => {
                setWhich(event.target.value as typeof which)
              }}
            >
              <option value='measured'>what was measured or missed</option>
              <option value='trouble'>what was missed</option>
              <option value='all'>all {rows.length}</option>
            </select>
          </label>
        }
      >
        <Scroll label='Checks'>
          <table className='table'>
            <thead>
              <tr>
                <th scope='col'>Result</th>
                <th scope='col'>Kind</th>
                <th scope='col'>Check</th>
                <th scope='col'>Unit</th>
                <th scope='col' className='end'>Measured</th>
                <th scope='col' className='end'>Target</th>
                <th scope='col'>Why</th>
              </tr>
            </thead>
            <tbody>
              {shown.toSorted((a, b) => rank(a) - rank(b)).map(({ unit, check }) => {
                const { state, word } = verdict(check)
                return (
                  <tr key={`${unit} ${check.name}`}>
                    <td>
                      <StateBadge state={state}>{word}</StateBadge>
                    </td>
                    <td>{check.kind}</td>
                    <td className='break'>{check.name}</td>
                    <td>
                      <UnitLink id={unit} />
                    </td>
                    <td className='figure'>{withUnit(check.measured, check.unit)}</td>
                    <td className='figure'>{withUnit(check.target, check.unit)}</td>
                    <td className='break muted'>{check.why}</td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </Scroll>
      </Card>
    </div>
  )
}

export function ValidationView ({ item, every }: { item: Deployment, every: number }) {
  const known = useResource(validationResource(item.id), every)
  if (known.error instanceof ApiError && known.error.problem.status === 404) {
    return <p className='empty card'>There is no report yet: phase 8 makes it.</p>
  }
  return <Loaded known={known}>{(report) => <ValidationReport report={report} />}</Loaded>
}

/** What was asked for, as the API takes it. */
export const RequestView = ({ item }: { item: Deployment }) => (
  <Card title='Request'>
    <pre className='code'>{JSON.stringify(item.request, null, 2)}</pre>
  </Card>
)
