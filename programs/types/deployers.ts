/**
 * The identities that deploy a federation's phases 2 to 8, by their names: phase 1 makes them, and
 * rehearsals act as them. Pure.
 */
import { type CloudName } from '../../contract/words.ts'
import { boundedName } from '../components/naming.ts'
import { type Federation } from '../types.ts'

/** Name of the AWS role and of the Azure identity. */
export function deployerName (federation: Federation): string {
  return `${federation.name}-deploy`
}

/** Id of the service account on Google Cloud, which takes 30 letters. */
export function deployerAccountId (federation: Federation): string {
  return boundedName(30, federation.name, 'deploy')
}

/** Resource group of the Azure identity. */
export function accountGroupName (federation: Federation): string {
  return `${federation.name}-audit`
}

/** ARN of the role on AWS. */
export function deployerRoleArn (federation: Federation): string {
  return `arn:aws:iam::${federation.accounts.aws.accountId}:role/${deployerName(federation)}`
}

/** Address of the service account on Google Cloud. */
export function deployerAddress (federation: Federation): string {
  return `${deployerAccountId(federation)}@${federation.accounts.gcp.project}.iam.gserviceaccount.com`
}

/**
 * The identities by cloud: a role's ARN, a service account's address, a managed identity's resource
 * id.
 */
export function deployersOf (federation: Federation): Readonly<Record<CloudName, string>> {
  return {
    aws: deployerRoleArn(federation),
    gcp: deployerAddress(federation),
    azure: `/subscriptions/${federation.accounts.azure.subscriptionId}/resourceGroups/` +
      `${accountGroupName(federation)}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/` +
      deployerName(federation)
  }
}

/**
 * The identities by cloud that the service itself has from phase 2 on: the deployers, or, where the
 * file names whom to act as, somebody who may do nothing else (null).
 */
export function serviceIdentities (federation: Federation): Readonly<Record<CloudName, string | null>> {
  const { aws, gcp, azure } = federation.accounts
  const deployers = deployersOf(federation)
  return {
    aws: aws.roleArn === undefined ? deployers.aws : null,
    gcp: gcp.impersonateServiceAccount === undefined ? deployers.gcp : null,
    azure: azure.clientId === undefined ? deployers.azure : null
  }
}

/**
 * Client ids by which the file names identities that phase 1 makes on Azure, with their resource
 * ids.
 */
export function namedApplications (federation: Federation): Readonly<Record<string, string>> {
  const { clientId } = federation.accounts.azure
  return clientId === undefined ? {} : { [clientId]: deployersOf(federation).azure }
}
