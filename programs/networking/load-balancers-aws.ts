/**
 * The AWS Load Balancer Controller: makes the network load balancers of Services, which EKS'
 * built-in controller gives no security groups and no way straight to pods.
 */
import * as aws from '@pulumi/aws'
import type * as kubernetes from '@pulumi/kubernetes'
import { all, type Output, type Resource } from '@pulumi/pulumi'
import { boundedName, qualifiedName } from '../components/naming.ts'
import { upstream } from '../components/upstream.ts'
import { charts } from '../kubernetes/charts.ts'
import { helmRelease } from '../kubernetes/release.ts'
import { type ClusterInfrastructure } from '../outputs.ts'
import { type Cluster } from '../types/cluster.ts'
import { type UnitContext } from '../types.ts'
import { controllerPolicy } from './load-balancer-rights.ts'

const namespace = 'kube-system'
const account = 'aws-load-balancer-controller'

/** Installs the controller with an identity of its own. */
export function loadBalancerController (
  context: UnitContext,
  cluster: Cluster,
  inside: { readonly provider: aws.Provider },
  provider: kubernetes.Provider
): Resource {
  const infrastructure = upstream<ClusterInfrastructure>(context, 'infrastructure', cluster.name)
  const [clusterName, vpcId] = [infrastructure('clusterName'), infrastructure('networkId')]
  const role = new aws.iam.Role('load-balancers', {
    // Whoever deploys may make roles by the federation's and its clusters' names only.
    name: boundedName(64, qualifiedName(context.federation, cluster), 'load-balancers'),
    description: `${context.federation.name}: load balancers of ${cluster.name}`,
    assumeRolePolicy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{
        Effect: 'Allow',
        Principal: { Service: 'pods.eks.amazonaws.com' },
        Action: ['sts:AssumeRole', 'sts:TagSession']
      }]
    })
  }, inside)
  const policy: Output<string> = all([clusterName, vpcId, infrastructure('nodeSecurityGroup')]).apply((
    [name, vpc, group]
  ) =>
    JSON.stringify(controllerPolicy({
      region: cluster.region,
      accountId: context.federation.accounts.aws.accountId,
      clusterName: name,
      vpcId: vpc,
      nodeSecurityGroup: group
    }))
  )
  const rights = new aws.iam.RolePolicy('load-balancers', { role: role.name, policy }, inside)
  const identity = new aws.eks.PodIdentityAssociation('load-balancers', {
    clusterName,
    namespace,
    serviceAccount: account,
    roleArn: role.arn
  }, {
    ...inside,
    // It went with the cluster when that was made anew under its name: the issuer tells the two
    // apart.
    replacementTrigger: infrastructure('oidcIssuer'),
    deleteBeforeReplace: true
  })
  return helmRelease(account, {
    chart: charts.loadBalancerController,
    namespace,
    values: {
      clusterName,
      // Given here, since pods cannot ask their node's metadata service.
      region: cluster.region,
      vpcId,
      serviceAccount: { create: true, name: account },
      // Services name their controller themselves: without this one, making any other must still
      // work.
      enableServiceMutatorWebhook: false,
      enableShield: false,
      enableWaf: false,
      enableWafv2: false,
      createIngressClassResource: false,
      ingressClassParams: { create: false },
      podDisruptionBudget: { maxUnavailable: 1 },
      resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } }
    }
  }, { provider, dependsOn: [rights, identity] })
}
