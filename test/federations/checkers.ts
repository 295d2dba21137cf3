/** Health checks of DNS services, as their checkers ask them. */
import assert from 'node:assert/strict'
import { publicReach } from '../../rehearsal/clouds/network/public.ts'
import { settingsOf } from '../../rehearsal/clouds/network/records.ts'
import { World } from '../../rehearsal/clouds/network/world.ts'
import { stringAt, stringsAt, valueAt, valuesAt } from '../../rehearsal/clouds/wire-values.ts'
import type { CloudRecord } from '../../rehearsal/store.ts'

interface Question {
  readonly host: string
  readonly path: string
  readonly address?: string
}

/** Questions of the checks: by names, and in Cloud DNS of addresses by one name. */
function questionsOf (world: World): Question[] {
  const route53 = world.of('aws:route53/healthCheck:HealthCheck').map(settingsOf)
    .filter((check) => stringAt(check, 'type') === 'HTTPS')
    .map((check) => ({ host: stringAt(check, 'fqdn') ?? '', path: stringAt(check, 'resourcePath') ?? '/' }))
  const trafficManager = world.of('azure-native:trafficmanager:Profile').map(settingsOf).flatMap((profile) =>
    stringsAt(profile, 'endpoints[].target').map((host) => ({
      host,
      path: stringAt(profile, 'monitorConfig.path') ?? '/'
    }))
  )
  const checks = new Map(
    world.of('gcp:compute/healthCheck:HealthCheck').map((one) => [one.id, settingsOf(one)])
  )
  const cloudDns = world.of('gcp:dns/recordSet:RecordSet').map(settingsOf).flatMap((set) => {
    const policy = valueAt(set, 'routingPolicy')
    const check = checks.get(stringAt(policy, 'healthCheck') ?? '')
    return [
      ...stringsAt(policy, 'primaryBackup.primary.externalEndpoints[]'),
      ...valuesAt(policy, 'primaryBackup.backupGeos[]').flatMap((geo) =>
        stringsAt(geo, 'healthCheckedTargets.externalEndpoints[]')
      )
    ].map((address) => ({
      address,
      host: stringAt(check, 'httpsHealthCheck.host') ?? address,
      path: stringAt(check, 'httpsHealthCheck.requestPath') ?? '/'
    }))
  })
  return [...route53, ...trafficManager, ...cloudDns]
}

/** Fails unless every check of a DNS service gets an answer in TLS 1.2. */
export function assertCheckersAnswered (records: readonly CloudRecord[]): void {
  const world = new World(records)
  for (const question of questionsOf(world)) {
    const verdict = publicReach(world, { ...question, newest: 'TLSV1_2' })
    assert.ok(verdict.reached, JSON.stringify({ question, verdict }))
  }
}
