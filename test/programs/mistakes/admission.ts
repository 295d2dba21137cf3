/** Mistakes about what Kubernetes admits. */
import { changing, type Mistake } from './mistake.ts'

const cluster = 'nautilus-dr-us-west'
const gke = `networking.${cluster}`

export const admissionMistakes: readonly Mistake[] = [
  {
    name: 'node daemons of a critical class outside kube-system, without a quota on GKE',
    clusters: [cluster, 'nautilus-primary-us-east'],
    first: [],
    unit: gke,
    // A quota of another class is none for theirs.
    transform: changing('kubernetes:core/v1:ResourceQuota', (props) => ({
      ...props,
      spec: {
        hard: { pods: '1G' },
        scopeSelector: {
          matchExpressions: [{ scopeName: 'PriorityClass', operator: 'In', values: ['batch'] }]
        }
      }
    })),
    refusal:
      /timed out waiting for the condition[\s\S]*Error creating: insufficient quota to match these scopes: \[\{PriorityClass In \[system-node-critical system-cluster-critical\]\}\]/
  },
  {
    name: 'a container twice under one name',
    clusters: [cluster, 'nautilus-primary-us-east'],
    first: [],
    unit: gke,
    transform: changing('kubernetes:apps/v1:DaemonSet', (props) => {
      const spec = props['spec'] as { template: { spec: { containers: object[] } } }
      const { template } = spec
      const { containers } = template.spec
      return {
        ...props,
        spec: {
          ...spec,
          template: { ...template, spec: { ...template.spec, containers: [...containers, ...containers] } }
        }
      }
    }),
    refusal: /\.spec\.template\.spec\.containers: duplicate entries for key \[name="tuned"\]/
  },
  {
    name: 'pods that ask for more than any node of the cluster has',
    clusters: [cluster, 'nautilus-primary-us-east'],
    first: [],
    unit: gke,
    transform: changing('kubernetes:apps/v1:DaemonSet', (props) => {
      const spec = props['spec'] as { template: { spec: { containers: object[] } } }
      const { template } = spec
      const containers = template.spec.containers.map((container) => ({
        ...container,
        resources: { requests: { cpu: '8', memory: '16Mi' } }
      }))
      return {
        ...props,
        spec: { ...spec, template: { ...template, spec: { ...template.spec, containers } } }
      }
    }),
    refusal:
      /timed out waiting for the condition[\s\S]*0\/6 nodes are available: 6 Insufficient cpu\. preemption/
  },
  {
    name: 'pods whose ConfigMap nobody makes',
    clusters: [cluster, 'nautilus-primary-us-east'],
    first: [],
    unit: gke,
    transform: changing('kubernetes:core/v1:ConfigMap', (props) => ({
      ...props,
      metadata: { ...(props['metadata'] as object), namespace: 'default' }
    })),
    refusal: /MountVolume\.SetUp failed for volume "tuning" : configmap "node-tuning-script" not found/
  }
]
