import { Option, type Command } from 'commander'
import { type Notification } from '../../contract/notification.ts'
import { notificationStatuses } from '../../contract/words.ts'
import { print, printJson } from '../io.ts'
import { harmless, table } from '../view/text.ts'
import { clientOf, common, wholeNumber, type CommonOptions, type Context } from './common.ts'

const rowOf = (
  { id, status, receiver, type, deployment, attempts, createdAt, error }: Notification
) => [id, status, receiver, type, deployment, String(attempts), createdAt, error ?? '']

/**
 * schedules, gates, deliveries of hooks, and notifications with resend: what happens by itself, and
 * what waits for whom.
 */
export function notifyCommands (program: Command, { io }: Context): void {
  common(program.command('schedules <federation>'), io).description(
    'show what is launched by the clock, when it is due next, and what it launched last'
  ).action(async (federation: string, options: CommonOptions) => {
    const schedules = await clientOf(options, io).schedules(federation)
    if (options.json) return printJson(io.stdout, schedules)
    if (schedules.length === 0) return print(io.stdout, 'no schedules')
    print(
      io.stdout,
      harmless(
        table(
          ['NAME', 'CRON', 'TIME ZONE', 'OPERATION', 'MODE', 'NEXT', 'LAST', 'DEPLOYMENT'],
          schedules.map((
            { name, cron, timeZone, operation, mode, next, last }
          ) => [
            name,
            cron,
            timeZone,
            operation,
            mode,
            next ?? 'never',
            last?.due ?? '',
            last?.deployment ?? ''
          ])
        )
      )
    )
  })

  common(program.command('gates'), io).description('show what waits for your approval').option(
    '--all',
    'also what waits for others',
    false
  ).action(async (options: CommonOptions & { all: boolean }) => {
    const waiting = (await clientOf(options, io).approvals()).filter(({ mine }) => options.all || mine)
    if (options.json) return printJson(io.stdout, waiting)
    if (waiting.length === 0) {
      return print(
        io.stdout,
        options.all
          ? 'nothing waits for an approval'
          : 'nothing waits for your approval (--all shows what waits for others)'
      )
    }
    print(
      io.stdout,
      harmless(
        table(
          [
            'DEPLOYMENT',
            'FEDERATION',
            'OPERATION',
            'MODE',
            'PHASE',
            'MISSING',
            'LAUNCHED BY',
            'UNTIL',
            'YOURS'
          ],
          waiting.map((
            { deployment, federation, operation, mode, world, gate, launchedBy, mine, refusal }
          ) => [
            deployment,
            federation,
            operation,
            world === undefined ? mode : `${mode} in ${world}`,
            String(gate.phase),
            `${gate.missing} of ${gate.needed}`,
            launchedBy?.name ?? '',
            gate.expiresAt ?? '',
            mine ? 'yes' : `no: ${refusal ?? ''}`
          ])
        )
      )
    )
  })

  common(program.command('deliveries <hook>'), io)
    .description("show a hook's deliveries, the latest first, and what each led to")
    .option('--limit <number>', 'how many', wholeNumber(1, 1000), 100)
    .action(async (hook: string, options: CommonOptions & { limit: number }) => {
      const deliveries = await clientOf(options, io).deliveries(hook, options.limit)
      if (options.json) return printJson(io.stdout, deliveries)
      if (deliveries.length === 0) return print(io.stdout, 'no deliveries')
      print(
        io.stdout,
        harmless(
          table(
            ['RECEIVED', 'DELIVERY', 'DEPLOYMENT', 'IGNORED'],
            deliveries.map((
              { receivedAt, delivery, deployment, ignored }
            ) => [receivedAt, delivery, deployment ?? '', ignored ?? ''])
          )
        )
      )
    })

  const notifications = program.command('notifications').description(
    'what was told to others, and what could not be'
  )
  common(notifications.command('list'), io)
    .description('list notifications, the latest first')
    .addOption(new Option('--status <status>', 'only these').choices(notificationStatuses))
    .option('--limit <number>', 'how many', wholeNumber(1, 1000), 100)
    .action(async (options: CommonOptions & { status?: string, limit: number }) => {
      const { items } = await clientOf(options, io).notifications({
        status: options.status,
        limit: options.limit
      })
      if (options.json) return printJson(io.stdout, items)
      if (items.length === 0) return print(io.stdout, 'no notifications')
      print(
        io.stdout,
        harmless(
          table(
            ['NOTIFICATION', 'STATUS', 'RECEIVER', 'EVENT', 'DEPLOYMENT', 'ATTEMPTS', 'CREATED', 'ERROR'],
            items.map(rowOf)
          )
        )
      )
    })
  common(notifications.command('resend <notification>'), io).description('send one again that was given up')
    .action(async (id: string, options: CommonOptions) => {
      const sent = await clientOf(options, io).resendNotification(id)
      if (options.json) return printJson(io.stdout, sent)
      print(io.stdout, harmless(`notification ${sent.id} to ${sent.receiver} is ${sent.status}`))
    })
}
