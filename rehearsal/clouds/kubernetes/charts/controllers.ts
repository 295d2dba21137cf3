/** Data table: charts of controllers that change what is outside of the cluster. */
import { numberAt, objectAt, stringAt, valueAt } from '../../wire-values.ts'
import {
  account,
  accountName,
  appLabels,
  type Asked,
  type ChartRow,
  type ChartWebhook,
  fullName,
  given,
  type Installed,
  instead,
  ownAccount,
  placement,
  pods,
  switched
} from './chart.ts'

const cloudOf = ({ values }: Installed): string => stringAt(values, 'cloudProvider') ?? 'aws'
const autoscalerName = (release: Installed): string => {
  const name = stringAt(release.values, 'nameOverride') || `${cloudOf(release)}-cluster-autoscaler`
  return stringAt(release.values, 'fullnameOverride') ||
    (name === release.name ? name : `${release.name}-${name}`)
}

export const clusterAutoscaler: ChartRow = {
  versions: /^9\.59\.0$/,
  source: 'kubernetes/autoscaler cluster-autoscaler-chart-9.59.0 ' +
    'cluster-autoscaler/charts/cluster-autoscaler: values.yaml, templates/deployment.yaml, _helpers.tpl',
  workloads: (release) => {
    const { values } = release
    return [
      pods(release, {
        kind: 'Deployment',
        name: autoscalerName(release),
        labels: appLabels(
          release,
          stringAt(values, 'nameOverride') || `${cloudOf(release)}-cluster-autoscaler`
        ),
        replicas: numberAt(values, 'replicaCount', 1),
        priorityClassName: stringAt(values, 'priorityClassName') ?? 'system-cluster-critical',
        spec: {
          ...placement(values),
          serviceAccountName: stringAt(values, 'rbac.serviceAccount.name') || autoscalerName(release),
          securityContext: objectAt(values, 'securityContext'),
          containers: [{
            name: `${cloudOf(release)}-cluster-autoscaler`,
            securityContext: objectAt(values, 'containerSecurityContext'),
            resources: objectAt(values, 'resources')
          }]
        }
      })
    ]
  },
  brings: (release) =>
    account(
      release,
      'rbac.serviceAccount',
      stringAt(release.values, 'rbac.serviceAccount.name') || autoscalerName(release)
    )
}

const balancer = 'aws-load-balancer-controller'
const namePrefix = 'aws-load-balancer'

const outside = ({ labels }: Asked): boolean => labels['app.kubernetes.io/name'] !== balancer
const control = 'elbv2.k8s.aws/alb-target-control-agent'

/** Webhooks whose failure policy nobody can change. */
const fixedWebhooks: readonly Omit<ChartWebhook, 'service' | 'port' | 'selector'>[] = [
  {
    name: 'quicid.elbv2.k8s.aws',
    groups: [''],
    kinds: ['Pod'],
    judges: (asked) =>
      outside(asked) && asked.namespaceLabels['elbv2.k8s.aws/quic-server-id-inject'] === 'enabled',
    path: '/mutate-v1-pod-server-id'
  },
  {
    name: 'alb-target-control.namespace.elbv2.k8s.aws',
    groups: [''],
    kinds: ['Pod'],
    judges: (asked) =>
      outside(asked) && asked.namespaceLabels[`${control}-injection`] === 'enabled' &&
      asked.labels[`${control}-inject`] !== 'false',
    path: '/mutate-alb-target-control-namespace-v1-pod'
  },
  {
    name: 'alb-target-control.object.elbv2.k8s.aws',
    groups: [''],
    kinds: ['Pod'],
    judges: (asked) =>
      outside(asked) && asked.namespaceLabels[`${control}-injection`] === undefined &&
      asked.labels[`${control}-inject`] === 'true',
    path: '/mutate-alb-target-control-object-v1-pod'
  },
  {
    name: 'mtargetgroupbinding.elbv2.k8s.aws',
    groups: ['elbv2.k8s.aws'],
    kinds: ['TargetGroupBinding'],
    path: '/mutate-elbv2-k8s-aws-v1beta1-targetgroupbinding'
  },
  {
    name: 'vtargetgroupbinding.elbv2.k8s.aws',
    groups: ['elbv2.k8s.aws'],
    kinds: ['TargetGroupBinding'],
    path: '/validate-elbv2-k8s-aws-v1beta1-targetgroupbinding'
  },
  {
    name: 'vingressclassparams.elbv2.k8s.aws',
    groups: ['elbv2.k8s.aws'],
    kinds: ['IngressClassParams'],
    judges: outside,
    path: '/validate-elbv2-k8s-aws-v1beta1-ingressclassparams'
  }
]

/** Webhooks of the controller whose failure policy is Fail, with what switches them off. */
function balancerWebhooks (release: Installed): ChartWebhook[] {
  const { values } = release
  const called = {
    service: `${namePrefix}-webhook-service`,
    port: numberAt(values, 'webhookBindPort', 9443),
    selector: appLabels(release, balancer)
  }
  const ingresses: ChartWebhook = {
    ...called,
    groups: ['networking.k8s.io'],
    kinds: ['Ingress'],
    name: 'vingress.elbv2.k8s.aws',
    path: '/validate-networking-v1-ingress'
  }
  const services: ChartWebhook = {
    ...called,
    groups: [''],
    kinds: ['Service'],
    judges: outside,
    name: 'mservice.elbv2.k8s.aws',
    path: '/mutate-v1-service'
  }
  const fails = (path: string): boolean => (stringAt(values, path) ?? 'Fail') === 'Fail'
  const judgesIngresses = valueAt(values, 'webhookConfig.disableIngressValidation') !== true &&
    fails('webhookConfig.ingressValdationFailurePolicy')
  const judgesServices = valueAt(values, 'enableServiceMutatorWebhook') !== false &&
    fails('serviceMutatorWebhookConfig.failurePolicy')
  return [
    ...fixedWebhooks.map((one): ChartWebhook => ({ ...one, ...called })),
    ...judgesIngresses ? [ingresses] : [],
    ...judgesServices ? [services] : []
  ]
}

export const loadBalancerController: ChartRow = {
  versions: /^3\.5\.0$/,
  source: 'aws/eks-charts 5239609 stable/aws-load-balancer-controller (3.5.0): values.yaml, ' +
    'templates/deployment.yaml, webhook.yaml',
  workloads: (release) => {
    const { values } = release
    return [
      pods(release, {
        kind: 'Deployment',
        name: fullName(release, balancer),
        labels: appLabels(release, stringAt(values, 'nameOverride') || balancer),
        replicas: numberAt(values, 'replicaCount', 2),
        priorityClassName: stringAt(values, 'priorityClassName') ?? 'system-cluster-critical',
        spec: {
          ...placement(values),
          serviceAccountName: accountName(release, balancer),
          hostNetwork: switched(values, 'hostNetwork', false),
          securityContext: instead(values, 'podSecurityContext', { fsGroup: 65_534 }),
          containers: [{
            name: balancer,
            securityContext: given(values, 'securityContext', {
              readOnlyRootFilesystem: true,
              runAsNonRoot: true,
              allowPrivilegeEscalation: false
            }),
            resources: objectAt(values, 'resources')
          }]
        }
      })
    ]
  },
  brings: (release) => ownAccount(release, balancer),
  // kubernetes-sigs/aws-load-balancer-controller, pkg/aws/cloud.go, getVpcID
  needsMetadata: ({ values }) => {
    const told = [stringAt(values, 'vpcId') ?? '', ...Object.keys(objectAt(values, 'vpcTags'))].join('')
    return told !== '' || switched(values, 'hostNetwork', false)
      ? undefined
      : 'failed to get VPC ID: failed to fetch VPC ID from instance metadata'
  },
  webhooks: balancerWebhooks
}
