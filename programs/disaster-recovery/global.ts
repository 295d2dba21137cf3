/**
 * The records that lead clients to a standby, for all pairs: they stand in the cloud of the
 * federation's DNS, which may be that of a primary, so no pair's side holds them.
 */
import { output } from '@pulumi/pulumi'
import { type FederationRecovery, type Resolved } from '../outputs.ts'
import { type PhaseProgram } from '../types.ts'
import { failoverDns } from './failover-dns.ts'

export const program: PhaseProgram = (context): Resolved<FederationRecovery> => ({
  failovers: output(failoverDns(context))
})
