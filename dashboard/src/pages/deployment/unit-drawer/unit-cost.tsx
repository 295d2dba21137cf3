import type { Unit } from '../../../api/client.ts'
import { money, moneyChange } from '../../../model/figures.ts'
import { typeName } from '../../../model/resource-names.ts'
import { FirstRows } from '../../../ui/first-rows.tsx'
import { Table } from '../../../ui/table.tsx'

const columns = ['Resource type', 'Meter', { title: 'A month', end: true }]

/** The unit's cost by resource type and meter, and what has no price. */
export function UnitCost (
  { cost: { monthly, difference, lines, unpriced } }: { cost: NonNullable<Unit['cost']> }
) {
  return (
    <section>
      <h3>
        Monthly cost: {money(monthly)} <span className='muted'>({moneyChange(difference)})</span>
      </h3>
      <FirstRows list={lines} what='lines'>
        {(shown) => (
          <Table columns={columns}>
            {shown.map((line, index) => (
              <tr key={index}>
                <td className='mono break'>{typeName(line.type)}{line.count > 1 && ` ×${line.count}`}</td>
                <td className='break'>
                  {line.meter}
                  {line.kind === 'usage' && <span className='muted'>{' '}(by usage)</span>}
                </td>
                <td className='end'>{money(line.monthly)}</td>
              </tr>
            ))}
          </Table>
        )}
      </FirstRows>
      {unpriced.length > 0 && (
        <p className='hint'>
          Without a price: {unpriced.map(({ type, reason }) => `${typeName(type)} (${reason})`).join('; ')}
        </p>
      )}
    </section>
  )
}
