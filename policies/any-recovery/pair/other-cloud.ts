import { resourcePolicy } from '../../policy.ts'

export const standbyInOtherCloud = resourcePolicy({
  name: 'recovery-standby-in-other-cloud',
  description: 'A standby is in another cloud than its primary where the federation requires it.',
  level: 'mandatory',
  // Asked once a stack, before any of its resources.
  types: ['pulumi:pulumi:Stack'],
  reads: 'facts',
  check: (_stack, facts) =>
    facts?.pairs.filter(({ crossCloud, primaryCloud, standbyCloud }) =>
      crossCloud && primaryCloud === standbyCloud
    )
      .map(({ primary, standby, primaryCloud }) =>
        `give ${primary} a standby in another cloud: ${standby} is in ${primaryCloud} as well`
      )
})
