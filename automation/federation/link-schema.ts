/** Schema of the `links` section of a federation file. */
import { Type } from 'typebox'
import { closed, integer, list, number, oneOf, optional, text } from '../../contract/schema.ts'
import { label } from './schema-values.ts'

const circuit = Type.Object({
  exchange: text('the exchange as Azure lists it, such as Equinix'),
  asn: Type.Integer({
    minimum: 1,
    maximum: 4294967294,
    description: 'the autonomous system number of the exchange'
  }),
  state: optional(oneOf(['ordered', 'joined'])),
  connections: optional(list(
    Type.Object({
      id: text(
        'the id of a hosted connection of Direct Connect, such as dxcon-fg5678gh',
        { maxLength: 24, pattern: '^dxcon-[a-z0-9]{8,17}$' }
      ),
      vlan: integer('the VLAN that the exchange gave the connection', 1, 4094)
    }, { ...closed, description: 'a connection: id, vlan' }),
    'the two hosted connections of the AWS end',
    { minItems: 2, maxItems: 2 }
  )),
  peeringLocation: optional(text('where the circuit of the Azure end begins, such as Tokyo'))
}, {
  ...closed,
  description: 'a circuit: exchange, asn and, optionally, state, connections, peeringLocation'
})

/** A link between two clusters. */
export const linkSchema = Type.Object({
  from: label('the name of a cluster'),
  to: label('the name of a cluster'),
  kind: oneOf(['mesh', 'vpn', 'peering', 'interconnect']),
  bandwidthGbps: number('the bandwidth in Gbit/s', 0.01, 400),
  circuit: optional(circuit)
}, { ...closed, description: 'a link: from, to, kind, bandwidthGbps and, of an interconnect, circuit' })
