/** Serves the pack over the Analyzer protocol: PolicyPack starts the server and prints its port. */
import { PolicyPack } from '@pulumi/policy'
import { packName, policies } from './index.ts'

new PolicyPack(packName, { policies: [...policies] })
