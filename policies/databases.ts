/** Managed databases of the three clouds, and the settings of each that policies look at. */
import { at, type Properties } from './properties.ts'

interface Database {
  /** The change after which the internet cannot reach it; undefined when it cannot. */
  readonly open: (props: Properties) => string | undefined
  readonly unencrypted: (props: Properties) => string | undefined
  readonly unguarded: (props: Properties) => string | undefined
  /** Days that backups are kept, 0 for none, and what to change for more. */
  readonly backups: (props: Properties) => { readonly days: number, readonly fix: string }
}

const days = (value: unknown): number => typeof value === 'number' ? value : 0
const unless = (right: boolean, fix: string): string | undefined => right ? undefined : fix

const rds: Database = {
  open: (props) => unless(props['publiclyAccessible'] !== true, 'set publiclyAccessible to false'),
  unencrypted: (props) => unless(props['storageEncrypted'] === true, 'set storageEncrypted to true'),
  unguarded: (props) => unless(props['deletionProtection'] === true, 'set deletionProtection to true'),
  backups: (props) => ({ days: days(props['backupRetentionPeriod']), fix: 'set backupRetentionPeriod' })
}
const flexibleServer: Database = {
  open: (props) =>
    unless(
      at(props, 'network.publicNetworkAccess') === 'Disabled' ||
        at(props, 'network.delegatedSubnetResourceId') !== undefined,
      'set network.publicNetworkAccess to Disabled, or give it a delegated subnet'
    ),
  unencrypted: (props) =>
    unless(at(props, 'dataEncryption.type') === 'AzureKeyVault', 'set dataEncryption.type to AzureKeyVault'),
  // Azure's databases have no switch of their own: a resource's protect option keeps them.
  unguarded: () => undefined,
  backups: (props) => ({
    days: days(at(props, 'backup.backupRetentionDays')),
    fix: 'set backup.backupRetentionDays'
  })
}

export const databases: Readonly<Record<string, Database>> = {
  'aws:rds/instance:Instance': rds,
  'aws:rds/cluster:Cluster': { ...rds, open: () => undefined },
  'aws:docdb/cluster:Cluster': { ...rds, open: () => undefined },
  'aws:neptune/cluster:Cluster': { ...rds, open: () => undefined },
  'gcp:sql/databaseInstance:DatabaseInstance': {
    open: (props) =>
      unless(
        at(props, 'settings.ipConfiguration.ipv4Enabled') === false,
        'set settings.ipConfiguration.ipv4Enabled to false, with a privateNetwork'
      ),
    unencrypted: (props) => unless(props['encryptionKeyName'] !== undefined, 'set encryptionKeyName'),
    unguarded: (props) => unless(props['deletionProtection'] !== false, 'set deletionProtection to true'),
    backups: (props) => ({
      days: at(props, 'settings.backupConfiguration.enabled') === true
        ? Math.max(
          1,
          days(at(props, 'settings.backupConfiguration.backupRetentionSettings.retainedBackups')) || 7
        )
        : 0,
      fix: 'set settings.backupConfiguration.enabled'
    })
  },
  'azure-native:dbforpostgresql:Server': flexibleServer,
  'azure-native:dbformysql:Server': flexibleServer
}
