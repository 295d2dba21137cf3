/** Names and ids that the examples of the API document share. */
import { type Actor } from '../../../contract/access.ts'

export const deploymentId = '0b9f2c1e-7a34-4c55-9d57-3f6f5f0f7a10'
export const cluster = 'nautilus-primary-us-east'
export const unitId = `infrastructure.${cluster}`
export const stackName = `nautilus.${unitId}`
export const urn = `urn:pulumi:${stackName}::windlass::aws:ec2/vpc:Vpc::network`
export const resource = { type: 'aws:ec2/vpc:Vpc', name: 'network' }
export const tokenId = '5c0d1f3a-2f0e-4a55-8c31-6b1d1f0c9e42'
export const notificationId = '5d0c7f6e-3b0c-4f0e-8a3f-6f1f5b8b0e11'
export const localActor: Actor = { subject: 'local', name: 'local', kind: 'local' }
