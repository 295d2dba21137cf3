/** Rules about backups: a bucket keeps them as long as they live, and there is always one. */
import { Cron } from 'croner'
import { type Rule } from './rules.ts'
import { mistake } from './schedule-rules.ts'

const dayMs = 24 * 60 * 60_000
/**
 * Times of an expression that are looked at: a year of daily backups and more has any pause that an
 * expression of five fields makes.
 */
const times = 400

/** Days of the longest pause between two times of an expression. */
function longestPause (cron: string): number {
  const runs = new Cron(cron, { mode: '5-part', paused: true, utcOffset: 0 })
    // Any day: the first of a year that is no leap year.
    .nextRuns(times, new Date('2027-01-01T00:00:00Z')).map((run) => run.getTime())
  return Math.max(0, ...runs.slice(1).map((run, index) => run - (runs[index] ?? run))) / dayMs
}

export const backupRule: Rule = (context) => {
  const { backupSchedule, backupRetentionDays, backupBucketDays } = context.view.disasterRecovery ?? {}
  const at = (field: string) => ['disasterRecovery', field] as const
  const wrong = backupSchedule === undefined ? undefined : mistake(backupSchedule)
  if (wrong !== undefined) {
    context.report(
      'FED_BACKUP',
      at('backupSchedule'),
      'value',
      `the expression cannot be used: ${wrong}`,
      'a cron expression of five fields, such as "0 */6 * * *"'
    )
  }
  if (backupRetentionDays === undefined) return
  if (backupBucketDays !== undefined && backupBucketDays < backupRetentionDays) {
    context.report(
      'FED_BACKUP',
      at('backupBucketDays'),
      'value',
      `the bucket keeps what was replaced for ${backupBucketDays} days, and backups live ` +
        `${backupRetentionDays}`,
      `at least ${backupRetentionDays}, or backups that live ${backupBucketDays} days`
    )
  }
  if (backupSchedule === undefined || wrong !== undefined) return
  const pause = longestPause(backupSchedule)
  if (pause > backupRetentionDays) {
    context.report(
      'FED_BACKUP',
      at('backupRetentionDays'),
      'value',
      `backups live ${backupRetentionDays} days, and up to ${Math.ceil(pause)} pass until the next is made`,
      `at least ${Math.ceil(pause)}, or a backupSchedule that comes more often`
    )
  }
}
