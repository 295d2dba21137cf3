/** Functions of the `azure-native` package. */
import { type CloudRecord } from '../../store.ts'
import { type WireObject } from '../../wire.ts'
import { identifiers } from '../identifiers.ts'
import { type Invoke, type InvokeContext } from '../package-model.ts'
import { plain, secret, stringAt } from '../wire-values.ts'
import { kubeconfigOf } from './containers.ts'
import { simulatedClientId, simulatedTenantId } from './subscription.ts'
import { managedClusterType } from './types.ts'

async function clusterOf ({ args, instance, find, fail }: InvokeContext): Promise<CloudRecord> {
  const id =
    `/subscriptions/${instance.account}/resourceGroups/${stringAt(args, 'resourceGroupName')}/providers` +
    `/Microsoft.ContainerService/managedClusters/${stringAt(args, 'resourceName')}`
  const [record] = await find({
    pkg: 'azure-native',
    type: managedClusterType,
    account: instance.account,
    id
  })
  if (!record) {
    throw fail({
      status: 404,
      code: 'ResourceNotFound',
      message:
        `The Resource 'Microsoft.ContainerService/managedClusters/${stringAt(args, 'resourceName')}' under ` +
        `resource group '${stringAt(args, 'resourceGroupName')}' was not found. For more details please go ` +
        'to https://aka.ms/ARMResourceNotFoundFix'
    }, 'listCredentials')
  }
  return record
}

const credentials = (user: string): Invoke => async (context) => {
  const record = await clusterOf(context)
  const outputs = plain(record.outputs) as WireObject
  const name = `${user}_${stringAt(context.args, 'resourceGroupName')}_${record.name}`
  const kubeconfig = kubeconfigOf({ ...record, outputs }, name)
  return { kubeconfigs: secret([{ name: user, value: Buffer.from(kubeconfig).toString('base64') }]) }
}

const admin: Invoke = async (context) => {
  const record = await clusterOf(context)
  if (plain(record.inputs.disableLocalAccounts) === true) {
    throw context.fail({
      status: 400,
      code: 'BadRequest',
      message:
        'Getting static credential is not allowed because this cluster is set to disable local accounts.'
    }, 'listClusterAdminCredential')
  }
  return credentials('clusterAdmin')(context)
}

/** The functions by token. */
export const invokes: Record<string, Invoke> = {
  'azure-native:authorization:getClientConfig': async ({ instance, who }) => ({
    clientId: stringAt(instance.config, 'clientId') ?? simulatedClientId,
    objectId: await who(),
    subscriptionId: instance.account,
    tenantId: stringAt(instance.config, 'tenantId') ?? simulatedTenantId
  }),
  'azure-native:authorization:getClientToken': ({ args, instance }) => ({
    token: secret(
      'eyJ0eXAiOiJKV1QiLCJhbGciOiJub25lIn0.' +
        `${identifiers(instance.account, stringAt(args, 'endpoint') ?? '').alnum(160)}.`
    )
  }),
  'azure-native:containerservice:listManagedClusterUserCredentials': credentials('clusterUser'),
  'azure-native:containerservice:listManagedClusterMonitoringUserCredentials': credentials(
    'clusterMonitoringUser'
  ),
  'azure-native:containerservice:listManagedClusterAdminCredentials': admin
}
