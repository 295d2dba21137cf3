import { resourcePolicy } from '../../policy.ts'
import { text } from '../../properties.ts'

export const backupsNotEmptied = resourcePolicy({
  name: 'storage-backups-not-emptied',
  description: 'A bucket of backups is not deleted with what is in it.',
  level: 'mandatory',
  types: ['aws:s3/bucket:Bucket', 'gcp:storage/bucket:Bucket'],
  check: ({ props, name }) =>
    /backup/.test(`${name} ${text(props, 'bucket') ?? text(props, 'name') ?? ''}`) &&
      props['forceDestroy'] === true
      ? 'set forceDestroy to false'
      : undefined
})
