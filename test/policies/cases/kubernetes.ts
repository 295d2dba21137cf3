/** Data table: cases of the policies about Kubernetes, charts and the mesh. */
import { resourceOf, deployment, type Cases, type Properties } from '../case.ts'

const release = (props: Properties) =>
  resourceOf('kubernetes:helm.sh/v3:Release')({
    chart: 'istiod',
    version: '1.31.0',
    repositoryOpts: { repo: 'https://blob.istio.io/istio-release/charts' },
    ...props
  })
const networkPolicy = (namespace: string, spec: Properties) =>
  resourceOf('kubernetes:networking.k8s.io/v1:NetworkPolicy')({
    metadata: { name: 'policy', namespace },
    spec
  })
const service = (annotations: Properties, ...ports: number[]) =>
  resourceOf('kubernetes:core/v1:Service')({
    metadata: { annotations },
    spec: { type: 'LoadBalancer', ports: ports.map((port) => ({ port })) }
  })
const gatewayFor = (...loadBalancerSourceRanges: string[]) =>
  resourceOf('kubernetes:core/v1:Service')({
    spec: { type: 'LoadBalancer', ports: [{ port: 15443 }], loadBalancerSourceRanges }
  })
const gateway = (tls: Properties | undefined, protocol = 'HTTPS', ...hosts: string[]) =>
  resourceOf('kubernetes:networking.istio.io/v1:Gateway')({
    spec: { servers: [{ port: { number: 443, protocol }, ...(tls && { tls }), hosts }] }
  })
const role = (rule: Properties) =>
  resourceOf('kubernetes:rbac.authorization.k8s.io/v1:Role')({ rules: [rule] })

export const kubernetesCases: Cases = {
  'kubernetes-pinned-images': [
    {
      right: deployment({ image: 'registry.k8s.io/pause:3.10' }),
      wrong: deployment({ image: 'docker.io/library/nginx:latest' }),
      says: 'nginx:latest'
    },
    {
      right: deployment({ image: 'localhost:5000/app@sha256:0123' }),
      wrong: deployment({ image: 'localhost:5000/app' }),
      says: 'names no version'
    }
  ],
  'kubernetes-requests-and-limits': [{
    right: deployment({ resources: { requests: { cpu: '1', memory: '1Gi' }, limits: { memory: '1Gi' } } }),
    wrong: deployment({ resources: { requests: { cpu: '1', memory: '1Gi' } } }),
    says: 'limits.memory'
  }],
  'kubernetes-non-root': [{
    right: deployment({}, { securityContext: { runAsNonRoot: true } }),
    wrong: deployment({ securityContext: { runAsNonRoot: false } }, {
      securityContext: { runAsNonRoot: true }
    }),
    says: 'runAsNonRoot'
  }],
  'kubernetes-unprivileged': [{
    right: deployment({}),
    wrong: deployment({ securityContext: { privileged: true } }),
    says: 'privileged'
  }, {
    right: deployment({}, { hostNetwork: false }),
    wrong: deployment({}, { hostPID: true }),
    says: 'hostPID'
  }],
  'kubernetes-no-plain-secrets': [
    {
      right: deployment({
        env: [{ name: 'DB_PASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } }]
      }),
      wrong: deployment({ env: [{ name: 'DB_PASSWORD', value: 'hunter2' }] }),
      says: 'env[0] (DB_PASSWORD)'
    },
    {
      right: deployment({ env: [{ name: 'MODE', value: 'fast' }] }),
      wrong: deployment({ env: [{ name: 'DATABASE', value: 'postgres://user:hunter2@db/x' }] }),
      says: 'secretKeyRef'
    }
  ],
  'kubernetes-no-secrets-in-config-maps': [{
    right: resourceOf('kubernetes:core/v1:ConfigMap')({ data: { mode: 'fast' } }),
    wrong: resourceOf('kubernetes:core/v1:ConfigMap')({
      data: { 'tls.key': '-----BEGIN EC PRIVATE KEY-----\nx' }
    }),
    says: 'data.tls.key'
  }],
  'kubernetes-secrets-not-backed-up': [{
    right: resourceOf('kubernetes:core/v1:Secret')({
      metadata: { name: 'cacerts', labels: { 'velero.io/exclude-from-backup': 'true' } }
    }),
    wrong: resourceOf('kubernetes:core/v1:Secret')({ metadata: { name: 'cacerts' } }),
    says: 'velero.io/exclude-from-backup'
  }],
  'kubernetes-pod-security': [{
    right: resourceOf('kubernetes:core/v1:Namespace')({
      metadata: { labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } }
    }),
    wrong: resourceOf('kubernetes:core/v1:Namespace')({ metadata: { name: 'trading' } }),
    says: 'pod-security'
  }],
  'kubernetes-public-edges-only': [
    {
      right: service({ 'service.beta.kubernetes.io/aws-load-balancer-type': 'nlb' }, 443),
      wrong: service({ 'service.beta.kubernetes.io/aws-load-balancer-type': 'nlb' }, 15021, 443),
      says: '15021'
    },
    {
      right: service({ 'networking.gke.io/load-balancer-type': 'Internal' }, 15443),
      wrong: service({}, 8080),
      says: '8080'
    },
    {
      right: gatewayFor('198.51.100.1/32', '198.51.100.2/32'),
      wrong: gatewayFor('198.51.100.1/32', '0.0.0.0/0'),
      says: '15443'
    },
    {
      right: service({ 'service.beta.kubernetes.io/aws-load-balancer-security-groups': 'sg-1' }, 15443),
      wrong: gatewayFor(),
      says: 'loadBalancerSourceRanges'
    }
  ],
  'kubernetes-rbac-no-wildcards': [
    {
      right: role({ apiGroups: [''], resources: ['configmaps'], verbs: ['get'] }),
      wrong: role({ apiGroups: [''], resources: ['*'], verbs: ['get'] }),
      says: 'resources of rules[0]'
    },
    {
      right: resourceOf('kubernetes:rbac.authorization.k8s.io/v1:RoleBinding')({
        roleRef: { name: 'reader' }
      }),
      wrong: resourceOf('kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding')({
        roleRef: { name: 'cluster-admin' }
      }),
      says: 'cluster-admin'
    }
  ],
  'kubernetes-default-deny': [
    {
      right: [
        networkPolicy('trading', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }),
        networkPolicy('trading', {
          podSelector: { matchLabels: { app: 'x' } },
          policyTypes: ['Ingress'],
          ingress: [{}]
        })
      ],
      wrong: [
        networkPolicy('trading', {
          podSelector: { matchLabels: { app: 'x' } },
          policyTypes: ['Ingress'],
          ingress: [{}]
        })
      ],
      says: 'trading'
    },
    {
      right: [networkPolicy('trading', { podSelector: {}, policyTypes: ['Ingress'] })],
      wrong: [],
      says: 'deny by default',
      facts: { phase: 'federation', scope: 'primary' }
    },
    {
      right: [networkPolicy('monitoring', { podSelector: {}, policyTypes: ['Ingress'] })],
      wrong: [],
      says: 'the namespaces of monitoring in primary',
      facts: { phase: 'monitoring', scope: 'primary' }
    }
  ],
  'kubernetes-no-open-policies': [{
    right: networkPolicy('trading', { ingress: [{ from: [{ podSelector: {} }] }] }),
    wrong: networkPolicy('trading', { ingress: [{}] }),
    says: 'spec.ingress[0]'
  }],
  'mesh-strict-mtls': [
    {
      right: resourceOf('kubernetes:security.istio.io/v1:PeerAuthentication')({
        spec: { mtls: { mode: 'STRICT' } }
      }),
      wrong: resourceOf('kubernetes:security.istio.io/v1:PeerAuthentication')({
        spec: { mtls: { mode: 'PERMISSIVE' } }
      }),
      says: 'STRICT'
    },
    {
      right: resourceOf('kubernetes:networking.istio.io/v1:DestinationRule')({
        spec: { trafficPolicy: { tls: { mode: 'ISTIO_MUTUAL' } } }
      }),
      wrong: resourceOf('kubernetes:networking.istio.io/v1:DestinationRule')({
        spec: { trafficPolicy: { tls: { mode: 'DISABLE' } } }
      }),
      says: 'DISABLE'
    }
  ],
  'mesh-gateway-tls': [
    {
      right: gateway({ mode: 'SIMPLE', minProtocolVersion: 'TLSV1_3' }),
      wrong: gateway({ mode: 'SIMPLE', minProtocolVersion: 'TLSV1_2' }),
      says: 'TLSV1_3'
    },
    {
      right: gateway({ mode: 'SIMPLE', minProtocolVersion: 'TLSV1_2' }, 'HTTPS', 'health-a.example.com'),
      wrong: gateway(
        { mode: 'SIMPLE', minProtocolVersion: 'TLSV1_2' },
        'HTTPS',
        'health-a.example.com',
        'example.com'
      ),
      says: 'TLSV1_3'
    },
    {
      right: gateway(
        { mode: 'SIMPLE', minProtocolVersion: 'TLSV1_2' },
        'HTTPS',
        'health-a.example.com',
        'any.health.example.com'
      ),
      wrong: gateway({ mode: 'SIMPLE', minProtocolVersion: 'TLSV1_2' }, 'HTTPS', 'any.example.com'),
      says: 'TLSV1_3'
    },
    {
      right: gateway({ mode: 'AUTO_PASSTHROUGH' }, 'TLS'),
      wrong: gateway(undefined, 'HTTP'),
      says: 'httpsRedirect'
    }
  ],
  'helm-pinned-charts': [{ right: release({}), wrong: release({ version: '^1.31' }), says: 'version' }],
  'helm-pinned-images': [{
    right: release({ values: { image: { tag: '1.31.0' } } }),
    wrong: release({ values: { image: { tag: 'latest' } } }),
    says: 'values.image.tag'
  }],
  'helm-secure-repositories': [{
    right: release({}),
    wrong: release({ repositoryOpts: { repo: 'http://charts.example.com' } }),
    says: 'https'
  }]
}
