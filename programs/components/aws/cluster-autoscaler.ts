/**
 * The cluster autoscaler of an EKS cluster: it changes the node groups' sizes between the file's
 * bounds. GKE and AKS bring their own.
 */
import * as aws from '@pulumi/aws'
import { type Provider as KubernetesProvider } from '@pulumi/kubernetes'
import {
  all,
  ComponentResource,
  type ComponentResourceOptions,
  type Input,
  type Output
} from '@pulumi/pulumi'
import { charts } from '../../kubernetes/charts.ts'
import { helmRelease } from '../../kubernetes/release.ts'
import { podRole } from './roles.ts'

export interface ClusterAutoscalerArgs {
  readonly clusterName: Output<string>
  readonly accountId: string
  readonly region: string
  /**
   * Of Kubernetes, such as 1.35: the autoscaler simulates that version's scheduler, so its own
   * minor version has to be the same.
   */
  readonly version: string
  readonly kubernetes: KubernetesProvider
  /** Issuer of the cluster's identities: another one is another cluster. */
  readonly issuer: Output<string>
}

const namespace = 'kube-system'
const serviceAccount = 'cluster-autoscaler'

/**
 * Registers the role that only touches the Auto Scaling groups of this cluster's node groups (EKS
 * tags them), and the chart.
 */
export class ClusterAutoscaler extends ComponentResource {
  readonly role: Output<string>

  constructor (name: string, args: ClusterAutoscalerArgs, options?: ComponentResourceOptions) {
    super('windlass:aws:ClusterAutoscaler', name, {}, options)
    const title = `${name}-autoscaler`
    const { role } = podRole(this, title, [])
    const policy = new aws.iam.RolePolicy(title, {
      role: role.name,
      policy: autoscalerPolicy(args.clusterName, args.accountId, args.region)
    }, { parent: this })
    const identity = new aws.eks.PodIdentityAssociation(title, {
      clusterName: args.clusterName,
      namespace,
      serviceAccount,
      roleArn: role.arn
    }, {
      parent: this,
      dependsOn: [policy],
      // It went with the cluster when that was made anew under its name: the issuer tells the two
      // apart.
      replacementTrigger: args.issuer,
      deleteBeforeReplace: true
    })
    helmRelease('cluster-autoscaler', {
      chart: charts.clusterAutoscaler,
      namespace,
      values: {
        fullnameOverride: 'cluster-autoscaler',
        cloudProvider: 'aws',
        awsRegion: args.region,
        autoDiscovery: { clusterName: args.clusterName },
        image: { tag: `v${args.version}.0` },
        rbac: { serviceAccount: { create: true, name: serviceAccount } },
        // One decides, the other takes over within the lease's 15 s.
        replicaCount: 2,
        priorityClassName: 'system-cluster-critical',
        resources: { requests: { cpu: '100m', memory: '300Mi' }, limits: { memory: '600Mi' } },
        extraArgs: {
          'balance-similar-node-groups': true,
          expander: 'least-waste',
          'skip-nodes-with-system-pods': false,
          'skip-nodes-with-local-storage': false
        },
        securityContext: {
          runAsNonRoot: true,
          runAsUser: 65534,
          fsGroup: 65534,
          seccompProfile: { type: 'RuntimeDefault' }
        },
        containerSecurityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] }
        }
      }
    }, { parent: this, provider: args.kubernetes, dependsOn: [identity] })
    this.role = role.arn
    this.registerOutputs({ role: this.role })
  }
}

/**
 * Rights of the autoscaler. Source: kubernetes/autoscaler, cloudprovider/aws/README.md, "Full
 * Cluster Autoscaler Features Policy".
 */
function autoscalerPolicy (clusterName: Input<string>, accountId: string, region: string): Output<string> {
  return all([clusterName]).apply(([cluster]) =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          // None of these can be limited to a resource.
          Sid: 'Look',
          Effect: 'Allow',
          Action: [
            'autoscaling:DescribeAutoScalingGroups',
            'autoscaling:DescribeAutoScalingInstances',
            'autoscaling:DescribeLaunchConfigurations',
            'autoscaling:DescribeScalingActivities',
            'autoscaling:DescribeTags',
            'ec2:DescribeImages',
            'ec2:DescribeInstanceTypes',
            'ec2:DescribeLaunchTemplateVersions',
            'ec2:GetInstanceTypesFromInstanceRequirements'
          ],
          Resource: '*'
        },
        {
          Sid: 'NodeGroups',
          Effect: 'Allow',
          Action: 'eks:DescribeNodegroup',
          Resource: `arn:aws:eks:${region}:${accountId}:nodegroup/${cluster}/*`
        },
        {
          Sid: 'Scale',
          Effect: 'Allow',
          Action: ['autoscaling:SetDesiredCapacity', 'autoscaling:TerminateInstanceInAutoScalingGroup'],
          Resource: `arn:aws:autoscaling:${region}:${accountId}:autoScalingGroup:*`,
          Condition: { StringEquals: { [`aws:ResourceTag/k8s.io/cluster-autoscaler/${cluster}`]: 'owned' } }
        }
      ]
    })
  )
}
