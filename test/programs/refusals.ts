/**
 * Refusals of programs: answers of clouds that lack a part, and files that cannot work. Runs each
 * unit, and prints the code that it was expected to refuse with, and its error, as a line of JSON.
 * A process of its own: the SDK leaves rejections of resources that were never registered to the
 * process of the program.
 */
import assert from 'node:assert/strict'
import { disasterRecovery } from '../../programs/disaster-recovery/plan.ts'
import { ProgramError } from '../../programs/errors.ts'
import { federation as federationPhase } from '../../programs/federation/plan.ts'
import { infrastructure } from '../../programs/infrastructure/plan.ts'
import { mesh } from '../../programs/mesh/plan.ts'
import { networking } from '../../programs/networking/plan.ts'
import { linkName } from '../../programs/scopes.ts'
import { type Federation, type Phase, type Scope } from '../../programs/types.ts'
import { nautilus } from '../fixtures/nautilus.ts'
import { type Given, runUnit, scopeNamed, type Upstream } from '../fixtures/programs/mock-engine.ts'
import { deployed } from './infrastructure/upstream.ts'

const file = await nautilus()
const upstream: Upstream = {
  ...deployed(file),
  'mesh.global': { rootCertificate: 'root certificate\n', rootKey: 'root key', ledgers: {} },
  'prerequisites.global': { zoneId: 'Z0123456789', nameServers: [] },
  ...Object.fromEntries(
    file.clusters.map(({ name }) => [`mesh.${name}`, {
      ingressAddress: '203.0.113.1',
      eastWestAddress: '10.0.0.10',
      network: name
    }])
  )
}

interface Refusal {
  readonly code: string
  readonly phase: Phase
  readonly kind: Scope['kind']
  readonly scope: string
  readonly federation?: Federation
  readonly upstream?: Upstream
  readonly given?: Given
}

const inAws = 'nautilus-primary-us-east'
const inAzure = 'nautilus-primary-asia-northeast'
const pair = linkName(inAws, 'nautilus-dr-us-west')
const link = file.links[0] ?? assert.fail('Nautilus has no link')
const ordered = {
  ...file,
  links: [{
    ...link,
    kind: 'interconnect' as const,
    bandwidthGbps: 10,
    circuit: {
      exchange: 'Equinix',
      asn: 65000,
      state: 'ordered' as const,
      connections: [],
      peeringLocation: 'Tokyo'
    }
  }]
}

const refusals: readonly Refusal[] = [
  {
    code: 'INFRASTRUCTURE_NO_ISSUER',
    phase: infrastructure,
    kind: 'cluster',
    scope: inAws,
    given: { 'aws:eks/cluster:Cluster': { identities: [] } }
  },
  {
    code: 'INFRASTRUCTURE_NO_KUBECONFIG',
    phase: infrastructure,
    kind: 'cluster',
    scope: inAzure,
    given: { 'azure-native:containerservice:listManagedClusterUserCredentials': { kubeconfigs: [] } }
  },
  {
    code: 'INFRASTRUCTURE_KEY',
    phase: infrastructure,
    kind: 'cluster',
    scope: inAzure,
    upstream: {
      ...upstream,
      [`prerequisites.${inAzure}`]: { ...upstream[`prerequisites.${inAzure}`], kmsKey: 'https://example' }
    }
  },
  {
    code: 'NETWORKING_NO_KEY',
    phase: networking,
    kind: 'link',
    scope: linkName(link.from, link.to),
    federation: ordered,
    given: {
      'azure-native:network:ExpressRouteCircuit': { serviceKey: '' },
      'gcp:compute/interconnectAttachment:InterconnectAttachment': { pairingKey: '' }
    }
  },
  {
    code: 'MESH_NO_TOKEN',
    phase: mesh,
    kind: 'cluster',
    scope: inAws,
    given: { 'kubernetes:core/v1:Secret': { data: {} } }
  },
  {
    code: 'MESH_NO_ADDRESS',
    phase: mesh,
    kind: 'cluster',
    scope: inAws,
    given: { 'kubernetes:core/v1:Service': { status: {} } }
  },
  {
    code: 'FEDERATION_ZONE',
    phase: federationPhase,
    kind: 'federation',
    scope: 'global',
    federation: { ...file, dns: { ...file.dns, provider: 'azure' } }
  },
  {
    code: 'DR_CLOUD_DNS_ADDRESS',
    phase: disasterRecovery,
    kind: 'federation',
    scope: 'global',
    federation: {
      ...file,
      dns: { ...file.dns, provider: 'gcp' },
      disasterRecovery: { ...file.disasterRecovery, globalFailoverSeconds: 3_600 }
    }
  },
  {
    code: 'DR_OBJECTIVE',
    phase: disasterRecovery,
    kind: 'link',
    scope: `${pair}-standby`,
    federation: { ...file, disasterRecovery: { ...file.disasterRecovery, probeIntervalSeconds: 3_600 } }
  }
]

process.on('unhandledRejection', () => {
  // The unit's own rejection says the same.
})
for (const { code, phase, kind, scope, federation = file, ...refusal } of refusals) {
  const named = scopeNamed(federation, phase, kind, scope)
  const error: unknown = await runUnit(
    phase,
    federation,
    named,
    refusal.upstream ?? upstream,
    undefined,
    refusal.given
  )
    .then(() => undefined, (reason: unknown) => reason)
  const refused = error instanceof ProgramError
  console.log(JSON.stringify({ code, found: refused ? error.code : String(error), text: String(error) }))
}
