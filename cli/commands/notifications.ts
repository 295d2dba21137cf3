import { Option, type Command } from 'commander'
import { notificationStatuses } from '../../contract/words.ts'
import { print, printJson } from '../io.ts'
import { clientOf, common, printList, wholeNumber, type CommonOptions, type Context } from './common.ts'

export function notificationsCommand (program: Command, context: Context): void {
  const notifications = program.command('notifications')
    .description('notifications that were sent, and those that could not be')
  listCommand(notifications, context)
  resendCommand(notifications, context)
}

function listCommand (notifications: Command, { io }: Context): void {
  common(notifications.command('list'), io)
    .description('list notifications, the latest first')
    .addOption(new Option('--status <status>', 'only these').choices(notificationStatuses))
    .option('--limit <number>', 'how many', wholeNumber(1, 1000), 100)
    .action(async (options: CommonOptions & { status?: string, limit: number }) => {
      const { status, limit } = options
      const { items } = await clientOf(options, io).notifications({ status, limit })
      printList(io, options, items, {
        none: 'no notifications',
        head: ['NOTIFICATION', 'STATUS', 'RECEIVER', 'EVENT', 'DEPLOYMENT', 'ATTEMPTS', 'CREATED', 'ERROR'],
        row: (one) => [
          one.id,
          one.status,
          one.receiver,
          one.type,
          one.deployment,
          String(one.attempts),
          one.createdAt,
          one.error ?? ''
        ]
      })
    })
}

function resendCommand (notifications: Command, { io }: Context): void {
  common(notifications.command('resend <notification>'), io)
    .description('send a notification again that was given up')
    .action(async (id: string, options: CommonOptions) => {
      const sent = await clientOf(options, io).resendNotification(id)
      if (options.json) return printJson(io.stdout, sent)
      print(io.stdout, `notification ${sent.id} to ${sent.receiver} is ${sent.status}`)
    })
}

export function deliveriesCommand (program: Command, { io }: Context): void {
  common(program.command('deliveries <hook>'), io)
    .description("show a hook's deliveries, the latest first, and what each led to")
    .option('--limit <number>', 'how many', wholeNumber(1, 1000), 100)
    .action(async (hook: string, options: CommonOptions & { limit: number }) => {
      printList(io, options, await clientOf(options, io).deliveries(hook, options.limit), {
        none: 'no deliveries',
        head: ['RECEIVED', 'DELIVERY', 'DEPLOYMENT', 'IGNORED'],
        row: ({ receivedAt, delivery, deployment, ignored }) => [
          receivedAt,
          delivery,
          deployment ?? '',
          ignored ?? ''
        ]
      })
    })
}
