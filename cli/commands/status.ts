import { type Command } from 'commander'
import { statusLines } from '../view/status.ts'
import {
  clientOf,
  common,
  placeText,
  printLines,
  printList,
  type CommonOptions,
  type Context
} from './common.ts'

export function statusCommand (program: Command, { io }: Context): void {
  common(program.command('status [deployment]'), io)
    .description('show a deployment, or the latest deployments')
    .action(async (id: string | undefined, options: CommonOptions) => {
      const client = clientOf(options, io)
      if (id !== undefined) {
        const deployment = await client.deployment(id)
        return printLines(io, options, deployment, () => statusLines(deployment))
      }
      const { items } = await client.deployments(100)
      printList(io, options, items, {
        head: ['DEPLOYMENT', 'FEDERATION', 'OPERATION', 'MODE', 'STATUS', 'CREATED'],
        row: (item) => [
          item.id,
          item.federation,
          item.operation,
          placeText(item),
          item.status,
          item.createdAt
        ]
      })
    })
}
