/** Jaeger in the hub, where every cluster's OpenTelemetry collector sends its traces. */
import * as kubernetes from '@pulumi/kubernetes'
import { type CustomResourceOptions, type Resource } from '@pulumi/pulumi'
import { objectLabels } from '../kubernetes/objects.ts'
import { type UnitContext } from '../types.ts'
import { monitoringNamespace } from './hub.ts'
import { hubVolumes, storageSize } from './volumes.ts'

const image = 'docker.io/jaegertracing/jaeger:2.11.0'
/**
 * A week: traces are for finding causes while they are remembered. Only metrics are kept for the
 * file's retention.
 */
const retentionHours = 168

/** Jaeger's configuration: it is an OpenTelemetry collector with a store. */
export function jaegerConfiguration (): Record<string, unknown> {
  return {
    service: {
      extensions: ['healthcheckv2', 'jaeger_storage', 'jaeger_query'],
      pipelines: {
        traces: { receivers: ['otlp'], processors: ['batch'], exporters: ['jaeger_storage_exporter'] }
      }
    },
    extensions: {
      healthcheckv2: { use_v2: true, http: { endpoint: '0.0.0.0:13133' } },
      jaeger_storage: {
        backends: {
          traces: {
            badger: {
              directories: { keys: '/badger/keys', values: '/badger/values' },
              ephemeral: false,
              ttl: { spans: `${retentionHours}h` }
            }
          }
        }
      },
      jaeger_query: { storage: { traces: 'traces' } }
    },
    receivers: {
      otlp: { protocols: { grpc: { endpoint: '0.0.0.0:4317' }, http: { endpoint: '0.0.0.0:4318' } } }
    },
    processors: { batch: {} },
    exporters: { jaeger_storage_exporter: { trace_storage: 'traces' } }
  }
}

const ports = [
  { name: 'grpc-otlp', containerPort: 4317 },
  { name: 'http-otlp', containerPort: 4318 },
  { name: 'http-query', containerPort: 16686 }
]

/** Registers Jaeger with a volume of its own and the Service that collectors send to. */
export function jaeger (context: UnitContext, options: CustomResourceOptions): Resource {
  const labels = { ...objectLabels(context, 'tracing'), app: 'jaeger' }
  const metadata = { name: 'jaeger', namespace: monitoringNamespace, labels }
  const configuration = new kubernetes.core.v1.ConfigMap('jaeger', {
    metadata,
    data: { 'jaeger.yaml': JSON.stringify(jaegerConfiguration(), null, 2) }
  }, options)
  const stateful = new kubernetes.apps.v1.StatefulSet('jaeger', {
    metadata,
    spec: {
      serviceName: 'jaeger-collector',
      replicas: hubVolumes.traces.count,
      selector: { matchLabels: { app: 'jaeger' } },
      template: {
        metadata: { labels: { ...labels, 'sidecar.istio.io/inject': 'true' } },
        spec: jaegerPod(configuration)
      },
      volumeClaimTemplates: [{
        metadata: { name: 'badger' },
        spec: {
          accessModes: ['ReadWriteOnce'],
          resources: { requests: { storage: storageSize(hubVolumes.traces) } }
        }
      }]
    }
  }, options)
  return new kubernetes.core.v1.Service('jaeger-collector', {
    metadata: { name: 'jaeger-collector', namespace: monitoringNamespace, labels },
    spec: {
      selector: { app: 'jaeger' },
      ports: ports.map(({ name, containerPort }) => ({
        name,
        port: containerPort,
        targetPort: containerPort,
        protocol: 'TCP'
      }))
    }
  }, { ...options, dependsOn: [stateful] })
}

function jaegerPod (configuration: kubernetes.core.v1.ConfigMap): kubernetes.types.input.core.v1.PodSpec {
  return {
    automountServiceAccountToken: false,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 10001,
      fsGroup: 10001,
      seccompProfile: { type: 'RuntimeDefault' }
    },
    containers: [{
      name: 'jaeger',
      image,
      args: ['--config=/etc/jaeger/jaeger.yaml'],
      ports,
      readinessProbe: { httpGet: { path: '/status', port: 13133 }, periodSeconds: 10 },
      livenessProbe: {
        httpGet: { path: '/status', port: 13133 },
        initialDelaySeconds: 30,
        periodSeconds: 15
      },
      resources: { requests: { cpu: '500m', memory: '1Gi' }, limits: { memory: '4Gi' } },
      securityContext: {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] }
      },
      volumeMounts: [
        { name: 'configuration', mountPath: '/etc/jaeger', readOnly: true },
        { name: 'badger', mountPath: '/badger' }
      ]
    }],
    volumes: [{ name: 'configuration', configMap: { name: configuration.metadata.name } }]
  }
}
