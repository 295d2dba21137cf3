/** Typed access to other units' outputs, and the provider instances a program needs. */
import * as aws from '@pulumi/aws'
import { Provider as AzureProvider } from '@pulumi/azure-native/provider.js'
import * as gcp from '@pulumi/gcp'
import * as kubernetes from '@pulumi/kubernetes'
import { type Output } from '@pulumi/pulumi'
import { type PhaseName } from '../../contract/words.ts'
import { type ClusterInfrastructure } from '../outputs.ts'
import { unitRef } from '../scopes.ts'
import { type Cluster } from '../types/cluster.ts'
import { deployerAddress, deployerRoleArn } from '../types/deployers.ts'
import { type UnitContext } from '../types.ts'

/** A reader of one unit's outputs: `upstream<ClusterMesh>(context, 'mesh', name)('network')`. */
export function upstream<T> (
  context: UnitContext,
  phase: PhaseName,
  scope: string
): <K extends keyof T & string>(name: K) => Output<T[K]> {
  return (name) => context.output(unitRef(phase, scope), name)
}

/**
 * Role session names have 64 characters at most, of letters, digits and =,.@-_ (the STS AssumeRole
 * reference).
 */
function sessionName (unit: string): string {
  return `windlass-${unit}`.slice(0, 64)
}

/**
 * Tells if a unit makes the identity that the file names: phase 1 makes the deployers, and an
 * administrator, whom no file names, runs it.
 */
function makes ({ unit }: UnitContext, named: string, deployer: string): boolean {
  return named === deployer && unit.startsWith('prerequisites.')
}

/**
 * An explicit AWS provider for the cluster's region and the federation's account, which it is not
 * allowed to leave.
 */
export function awsProvider (context: UnitContext, region: string): aws.Provider {
  const { accounts, labels, name, owner } = context.federation
  const { roleArn } = accounts.aws
  return new aws.Provider(`aws-${region}`, {
    region: region as aws.Region,
    allowedAccountIds: [accounts.aws.accountId],
    // The account's own trail then says which unit did it.
    ...(roleArn !== undefined && !makes(context, roleArn, deployerRoleArn(context.federation)) &&
      { assumeRoles: [{ roleArn, sessionName: sessionName(context.unit) }] }),
    defaultTags: {
      tags: { ...labels, federation: name, owner, 'managed-by': 'windlass', unit: context.unit }
    }
  })
}

/** An explicit Google Cloud provider for the region and the federation's project. */
export function gcpProvider (context: UnitContext, region: string): gcp.Provider {
  const { accounts, labels, name, owner } = context.federation
  const { impersonateServiceAccount } = accounts.gcp
  return new gcp.Provider(`gcp-${region}`, {
    project: accounts.gcp.project,
    region,
    ...(impersonateServiceAccount !== undefined &&
      !makes(context, impersonateServiceAccount, deployerAddress(context.federation)) &&
      { impersonateServiceAccount }),
    defaultLabels: { ...labels, federation: name, owner, 'managed-by': 'windlass' }
  })
}

/** An explicit Azure provider for the region and the federation's subscription. */
export function azureProvider (context: UnitContext, region: string): AzureProvider {
  const { accounts } = context.federation
  const { subscriptionId, tenantId, clientId } = accounts.azure
  return new AzureProvider(`azure-${region}`, {
    subscriptionId,
    tenantId,
    location: region,
    ...(clientId !== undefined && { clientId, useOidc: true })
  })
}

/**
 * Settings of every Kubernetes provider. Data of Secrets and ConfigMaps changes in place: by
 * default the provider deletes the object first, and what mounts it has none for a while.
 */
export const applyInPlace = {
  enableServerSideApply: true,
  enableSecretMutable: true,
  enableConfigMapMutable: true
} as const

/**
 * A Kubernetes provider for a cluster deployed in the infrastructure phase; the unit must depend on
 * that cluster's infrastructure.
 */
export function kubernetesProvider (context: UnitContext, cluster: Cluster): kubernetes.Provider {
  return new kubernetes.Provider(`kubernetes-${cluster.name}`, {
    kubeconfig: upstream<ClusterInfrastructure>(context, 'infrastructure', cluster.name)('kubeconfig'),
    ...applyInPlace
  })
}
