/**
 * Velero's backups over time. It writes a backup's objects under `{prefix}/backups/{name}/` and
 * files of volumes into a kopia repository under `{prefix}/kopia/{namespace}/`, whose first blob
 * (`kopia.repository`) and packs serve every later backup
 * (https://velero.io/docs/main/file-system-backup/, https://kopia.io/docs/advanced/architecture/).
 */
import { type AgingHappened } from '../../../contract/aging.ts'
import { type CloudRecord } from '../../store.ts'
import { type WireObject } from '../../wire.ts'
import { plain, stringAt, stringsAt, valueAt, valuesAt } from '../wire-values.ts'
import { type AgedWorld, type Found, isWithin, placeOf, type Seen, timesIn } from './aged-world.ts'
import { type BucketPath, type BucketRule, rulesOf } from './bucket-rules.ts'
import { secretsOf, textsIn } from './secrets.ts'

const scheduleType = 'kubernetes:velero.io/v1:Schedule'
const excluded = 'velero.io/exclude-from-backup'

interface Backup {
  readonly record: CloudRecord
  readonly cron: string
  readonly template: WireObject
  /** When the first was made. */
  readonly first: number
}

export function backupsIn (world: AgedWorld): Seen {
  const backups = world.records.filter(({ type }) => type === scheduleType).flatMap((record): Backup[] => {
    const spec = plain(record.inputs)
    const cron = stringAt(spec, 'spec.schedule') ?? ''
    const template = valueAt(spec, 'spec.template') as WireObject | undefined ?? {}
    const first = world.next(cron, Date.parse(record.created))
    return first === undefined ? [] : [{ record, cron, template, first }]
  })
  // Every cluster has the same few.
  const counted = new Map<string, number>()
  const times = (cron: string): number => {
    const known = counted.get(cron) ?? timesIn(world, (after) => world.next(cron, after))
    counted.set(cron, known)
    return known
  }
  return {
    findings: backups.flatMap((backup) => [...lost(world, backup), ...copied(world, backup)]),
    happened: backups.map((backup) => happened(world, backup, times(backup.cron)))
  }
}

function happened (world: AgedWorld, { record, cron, template }: Backup, times: number): AgingHappened {
  const { unit } = placeOf(world, record)
  const ttl = daysOf(template)
  return {
    kind: 'backup',
    name: record.id,
    ...(unit !== undefined && { unit }),
    times,
    what: `made backups by ${cron}${ttl === undefined ? '' : `, each of which was deleted after ${ttl} days`}`
  }
}

/** Days that a backup lives. */
function daysOf (template: WireObject): number | undefined {
  const hours = /^(\d+)h/.exec(stringAt(template, 'ttl') ?? '')?.[1]
  return hours === undefined ? undefined : Number(hours) / 24
}

/** The place that a cluster's backups go to, as Velero's release there says. */
function targetOf ({ records }: AgedWorld, { account }: CloudRecord): BucketPath | undefined {
  const release = records.find((record) =>
    record.account === account && record.type === 'kubernetes:helm.sh/v3:Release' &&
    stringAt(plain(record.inputs), 'chart') === 'velero'
  )
  const [location] = valuesAt(plain(release?.inputs), 'values.configuration.backupStorageLocation[]')
  const bucket = stringAt(location, 'bucket')
  if (bucket === undefined) return undefined
  const prefix = stringAt(location, 'prefix')
  return {
    provider: stringAt(location, 'provider') ?? '',
    bucket,
    account: stringAt(location, 'config.storageAccount') ?? '',
    path: prefix === undefined ? '' : `${prefix}/`
  }
}

/** Whatever a rule of the bucket deletes that backups still need. */
function lost (world: AgedWorld, backup: Backup): Found[] {
  const target = targetOf(world, backup.record)
  if (!target) return []
  const under = (folder: string) => rulesOf(world, { ...target, path: `${target.path}${folder}/` })
  const files = valueAt(backup.template, 'defaultVolumesToFsBackup') === true ? under('kopia') : []
  const ttl = daysOf(backup.template)
  const early = under('backups').filter((rule) => ttl !== undefined && rule.days < ttl)
  const finding = (rule: BucketRule, code: 'backup-repository-expired' | 'backup-expired-early'): Found[] => {
    const at = rule.deletes(backup.first)
    if (!isWithin(world, at)) return []
    const { unit } = placeOf(world, rule.record)
    const whose = `${backup.record.id} at ${backup.record.account}`
    const deletes = `bucket ${target.bucket} deletes what is ${rule.days} days old`
    return [{
      code,
      effect: 'breaks',
      at,
      urn: rule.record.token,
      ...(unit !== undefined && { unit }),
      message: code === 'backup-repository-expired'
        ? `${deletes}, and with it the repository of the backups ${whose}: none of them can be restored`
        : `${deletes}, and the backups ${whose} are kept for ${ttl ?? '?'}`,
      right: code === 'backup-repository-expired'
        ? 'no rule for what is current: Velero deletes what is too old, and a rule for older versions ' +
          'deletes the rest'
        : `at least ${ttl ?? '?'} days, or no rule for what is current`,
      source: rule.source
    }]
  }
  return [
    ...files.flatMap((rule) => finding(rule, 'backup-repository-expired')),
    ...early.flatMap((rule) => finding(rule, 'backup-expired-early'))
  ]
}

/** Secrets that backups carry into their bucket. */
function copied (world: AgedWorld, { record, template, first }: Backup): Found[] {
  if (!isWithin(world, first) || stringsAt(template, 'excludedResources[]').includes('secrets')) return []
  const namespaces = stringsAt(template, 'includedNamespaces[]')
  const without = stringsAt(template, 'excludedNamespaces[]')
  const secrets = secretsOf(world).filter((secret) => {
    const namespace = secret.id.split('/')[0] ?? ''
    const labels = valueAt(plain(secret.inputs), 'metadata.labels') as WireObject | undefined
    return secret.account === record.account && !without.includes(namespace) &&
      (namespaces.length === 0 || namespaces.includes('*') || namespaces.includes(namespace)) &&
      labels?.[excluded] !== 'true' && isCredential(secret)
  })
  return secrets.length === 0
    ? []
    : [{
      code: 'credential-in-backup',
      effect: 'exposes',
      at: first,
      ...placeOf(world, record),
      message: `${record.id} copies ${secrets.length} ${secrets.length === 1 ? 'Secret' : 'Secrets'} with ` +
        `credentials into its bucket: ${secrets.slice(0, 5).map(({ id }) => id).join(', ')}` +
        (secrets.length > 5 ? ' and more' : ''),
      right: `the label ${excluded}: "true" on what is made anew, or secrets among excludedResources`,
      source: 'https://velero.io/docs/main/resource-filtering/'
    }]
}

/** Tells if a Secret proves who somebody is: a token, or a private key. */
function isCredential (secret: CloudRecord): boolean {
  return stringAt(plain(secret.inputs), 'type') === 'kubernetes.io/service-account-token' ||
    textsIn(secret).some((text) => /-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text) || /"?token"?:/.test(text))
}
