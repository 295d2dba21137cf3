/** Serves the pack over the Analyzer protocol: PolicyPack starts the server and prints its port. */
import { PolicyPack } from '@pulumi/policy'
import { packName, policies } from './index.ts'

/** Serves from the moment it is made. */
export const pack = new PolicyPack(packName, { policies: [...policies] })
