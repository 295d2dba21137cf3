/**
 * Tests what workloads have to call, on the clouds of a whole deployment, which the caller made by
 * the time these tests run: all of it arrives, and each call is missed once its way is taken out.
 */
import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { matchesName } from '../../../../contract/text/names.ts'
import { type DutyName, duties } from '../../../../rehearsal/clouds/duties/table.ts'
import { unmetDuties } from '../../../../rehearsal/clouds/duties/unmet.ts'
import { Routes } from '../../../../rehearsal/clouds/network/routes.ts'
import { World } from '../../../../rehearsal/clouds/network/world.ts'
import { plainObject } from '../../../../rehearsal/clouds/wire-values.ts'
import type { CloudRecord } from '../../../../rehearsal/store.ts'
import { unitOf } from '../../../campaigns/removals/bare.ts'
import { Measures } from '../../../campaigns/removals/measures.ts'
import { removalsOf, without } from '../../../campaigns/removals/removal.ts'
import { permitted, sampled } from '../../../campaigns/removals.ts'
import { nautilus } from '../../../fixtures/nautilus.ts'

const policy = 'kubernetes:networking.k8s.io/v1:NetworkPolicy'
const authorization = 'kubernetes:security.istio.io/v1:AuthorizationPolicy'
const [aws, gcp, hub] = ['nautilus-primary-us-east', 'nautilus-primary-eu-west', 'nautilus-hub-us-west']

/** An object of a cluster, or a place in it, without which a duty is not done. */
interface Removal {
  readonly cluster: string
  readonly type: string
  /** `namespace/name`. */
  readonly id: string
  /** Place of what is taken out; the whole object when absent. */
  readonly place?: readonly (string | number)[]
  /** The resource is in a cloud's account, and `id` is its name there or in the program. */
  readonly outside?: true
  /** Cluster whose workloads miss it; the object's own when absent. */
  readonly missedIn?: string
}

const rule = (cluster: string | undefined, id: string, ...place: (string | number)[]): Removal => ({
  cluster: cluster ?? '',
  type: policy,
  id,
  ...(place.length > 0 && { place: ['spec', ...place] })
})
const ledger = `ledger-${aws}/allow-ledger`

/** What is taken out, by the duty that misses it. */
const removals: Readonly<Record<DutyName, Removal>> = {
  'name-lookup': rule(aws, 'trading/allow-dns'),
  'cached-lookup': rule(gcp, 'trading/allow-dns', 'egress', 0, 'to', 1),
  'proxy-configuration': rule(aws, 'istio-system/allow-istiod', 'ingress', 0),
  'mesh-call': rule(aws, 'trading/allow-mesh', 'ingress', 0, 'ports', 0),
  'mesh-failover': rule(aws, 'istio-system/allow-gateways', 'egress', 1),
  'gateway-delivery': rule(aws, 'istio-system/allow-gateways', 'egress', 0),
  'identity-asked': { cluster: aws ?? '', type: authorization, id: 'trading/federation-only' },
  'api-through-gateway': rule(gcp, 'istio-system/allow-east-west', 'egress', 0),
  'metrics-read': rule(aws, 'trading/allow-telemetry', 'ingress', 0),
  'traces-sent': rule(aws, 'trading/allow-telemetry', 'egress', 0),
  'metrics-written': {
    ...rule(hub, 'monitoring/hub-allow-peers', 'ingress', 0, 'ports', 0),
    missedIn: aws ?? ''
  },
  'sources-asked': {
    cluster: hub ?? '',
    type: authorization,
    id: 'monitoring/metrics-from-monitoring',
    place: ['spec', 'rules', 0]
  },
  'traces-handed-on': {
    missedIn: aws ?? '',
    cluster: hub ?? '',
    type: authorization,
    id: 'monitoring/traces-from-monitoring',
    place: ['spec', 'rules', 0]
  },
  'ledger-inside': rule(aws, ledger, 'egress', 1),
  'ledger-operated': rule(aws, ledger, 'ingress', 1),
  'ledger-followed': {
    ...rule(gcp, `ledger-${gcp}/allow-ledger`, 'ingress', 0, 'from', 1),
    missedIn: 'nautilus-dr-eu-central'
  },
  'ledger-used': rule(aws, ledger, 'ingress', 0, 'from', 2),
  'api-call': rule(aws, 'istio-system/allow-istiod', 'egress', 0),
  'bucket-reached': {
    cluster: aws ?? '',
    type: 'gcp:storage/bucket:Bucket',
    id: 'nautilus-dr-us-west-backups-nautilus-trading',
    outside: true
  },
  'identity-given': {
    cluster: aws ?? '',
    type: 'aws:eks/addon:Addon',
    id: 'eks-pod-identity-agent',
    outside: true
  },
  'private-way': {
    cluster: gcp ?? '',
    type: 'gcp:compute/networkPeering:NetworkPeering',
    id: 'nautilus-analytics-us-to-nautilus-primary-eu-west',
    outside: true
  },
  'endpoint-open': {
    cluster: aws ?? '',
    type: 'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule',
    id: 'nautilus-primary-us-east-endpoints-https',
    outside: true
  },
  'api-on': {
    cluster: gcp ?? '',
    type: 'gcp:projects/service:Service',
    id: 'containerscanning-api',
    outside: true
  },
  'stranger-kept-out': rule(aws, 'istio-system/default-deny'),
  'stranger-kept-in': rule(aws, 'dr-nautilus-primary-asia-northeast/only-the-ingress'),
  'pods-admitted': {
    cluster: aws ?? '',
    type: 'kubernetes:apps/v1:Deployment',
    id: `windlass/responder-${aws}`,
    place: ['spec', 'template', 'spec', 'containers', 0, 'securityContext', 'capabilities', 'drop', 0]
  },
  'balancer-health': rule(aws, 'istio-system/allow-ingress', 'ingress', 1)
}

/** Declares the tests. `deployed` is called when they run. */
export function dutiesSuite (deployed: () => Promise<readonly CloudRecord[]>): void {
  suite('duties of workloads', () => {
    let records: readonly CloudRecord[] = []
    before(async () => {
      records = await deployed()
    })

    const unmet = (of: readonly CloudRecord[], cluster?: string): DutyName[] => {
      const world = new World(of)
      const routes = new Routes(world)
      return world.sites.filter(({ name }) => cluster === undefined || name === cluster)
        .flatMap((site) => unmetDuties(world, routes, site)).map(({ duty }) => duty)
    }

    test('every workload reaches what it has to call', () => {
      assert.deepEqual(unmet(records), [])
    })

    test('every duty misses the rule that lets it be done, and names its source', () => {
      const endpoints = new Map(new World(records).sites.map(({ name, endpoint }) => [name, endpoint]))
      for (const [duty, removal] of Object.entries(removals)) {
        const { cluster, type, id, place, outside, missedIn = cluster } = removal
        const is = (record: CloudRecord): boolean =>
          record.type === type &&
          (outside
            ? [record.name, record.token.split('::').at(-1)].includes(id)
            : record.id === id && record.account === endpoints.get(cluster))
        assert.ok(records.some(is), `${duty}: there is no ${id} in ${cluster}`)
        const left = records.flatMap((record) => {
          if (!is(record)) return [record]
          const { pkg, account, region, name, token } = record
          const outputs = place && without(record.outputs, place) as CloudRecord['outputs']
          return outputs === undefined
            ? []
            : [{ ...record, pkg, type, account, region, id, name, token, inputs: record.inputs, outputs }]
        })
        assert.ok(
          unmet(left, missedIn).includes(duty as DutyName),
          `${duty} does not miss ${id} ${String(place)}`
        )
        assert.match(duties[duty as DutyName].source, /^https:/)
      }
    })

    test('a sample of openings and ways out is missed by what phase 8 measures', async () => {
      const federation = await nautilus()
      const may = await permitted()
      const measures = new Measures(records)
      const all = records.filter(({ token, type }) =>
        type === 'gcp:compute/routerNat:RouterNat' ||
        (type === policy && unitOf(token).startsWith('federation.'))
      ).flatMap(({ token, type, inputs }) =>
        removalsOf(unitOf(token), [{ urn: token, type, custom: true, inputs: plainObject(inputs) }])
      )
      for (const kind of ['rule', 'port', 'route'] as const) {
        const cases = sampled(all, federation, { seed: 1, runs: 2, only: [kind] }).filter(({ name }) =>
          !may.some((one) => matchesName(one.removal, name))
        )
        assert.ok(cases.length > 0, `nothing of the kind ${kind} can be taken out`)
        for (const { name, removal } of cases) {
          assert.notEqual(measures.missedBy(removal), undefined, `nobody misses ${name}`)
        }
      }
    })
  })
}
