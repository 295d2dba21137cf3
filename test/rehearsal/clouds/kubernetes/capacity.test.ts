/** Nodes and what pods ask of them: sizes, reservations, labels, taints, and room for all. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { poolsOf } from '../../../../rehearsal/clouds/kubernetes/capacity/node-pools.ts'
import { unschedulable } from '../../../../rehearsal/clouds/kubernetes/capacity/scheduling.ts'
import { ClusterView } from '../../../../rehearsal/clouds/kubernetes/cluster-view.ts'
import { type Workload } from '../../../../rehearsal/clouds/kubernetes/workloads.ts'
import { type CloudRecord } from '../../../../rehearsal/store.ts'
import { type WireObject } from '../../../../rehearsal/wire.ts'
import { account, eks, inside, record } from './records.ts'

const group = (rest: WireObject): CloudRecord =>
  record('aws:eks/nodeGroup:NodeGroup', 'workers', {
    clusterName: 'c',
    instanceTypes: ['m6i.large'],
    scalingConfig: { desiredSize: 2, maxSize: 3, minSize: 1 },
    labels: { workload: 'batch' },
    ...rest
  })

const autoscaler = inside('helm.sh/v3:Release', 'autoscaler', { chart: 'cluster-autoscaler', version: '0' })

function asking (requests: WireObject, rest: Partial<Workload> = {}, spec: WireObject = {}): Workload {
  const container = { name: 'it', resources: { requests } }
  return {
    kind: 'Deployment',
    name: 'it',
    namespace: 'there',
    replicas: 1,
    claims: [],
    pod: { metadata: { labels: { app: 'it' } }, spec: { ...spec, containers: [container] } },
    ...rest
  }
}

const why = (workload: Workload, ...records: CloudRecord[]): string | undefined =>
  unschedulable(workload, new ClusterView([eks, ...records], account))

test('a pod that asks for more than a node has left after the reservations is not placed', () => {
  // 8 GiB less 11 MiB for each of 29 pods, 255 MiB and 100 MiB: 7,518 MiB. 2 cores less 70
  // millicores.
  assert.equal(why(asking({ memory: '7518Mi', cpu: '1930m' }), group({})), undefined)
  assert.match(
    why(asking({ memory: '7519Mi' }), group({})) ?? '',
    /^0\/2 nodes are available: 2 Insufficient memory\. preemption: 0\/2 nodes are available/
  )
  assert.match(why(asking({ cpu: '1931m' }), group({})) ?? '', /2 Insufficient cpu/)
})

test('an autoscaler brings nodes, up to the most of each pool', () => {
  const pods = asking({ cpu: '1500m' }, { replicas: 3 })
  assert.match(why(pods, group({})) ?? '', /^0\/2 nodes are available: 2 Insufficient cpu/)
  assert.equal(why(pods, group({}), autoscaler), undefined)
  assert.match(why({ ...pods, replicas: 4 }, group({}), autoscaler) ?? '', /^0\/3 nodes/)
})

test('pods of other workloads and of every node take their part first', () => {
  const daemon = inside('apps/v1:DaemonSet', 'agent', {
    spec: { template: { spec: { containers: [{ resources: { limits: { cpu: '1' } } }] } } }
  })
  assert.equal(why(asking({ cpu: '930m' }), group({}), daemon), undefined)
  assert.match(why(asking({ cpu: '931m' }), group({}), daemon) ?? '', /2 Insufficient cpu/)
})

test('pods of every node are judged by what all nodes run, wherever the scheduler puts the others', () => {
  const other = inside('apps/v1:Deployment', 'other', {
    spec: { replicas: 2, template: { spec: { containers: [{ resources: { requests: { cpu: '900m' } } }] } } }
  })
  const daemon = asking({ cpu: '1' }, { kind: 'DaemonSet', name: 'agent' })
  assert.equal(why(daemon, group({}), other), undefined)
})

test('labels, taints and anti-affinity decide which nodes count', () => {
  const taints = [{ key: 'only', value: 'batch', effect: 'NO_SCHEDULE' }]
  assert.match(
    why(asking({}), group({ taints })) ?? '',
    /2 node\(s\) had untolerated taint \{only: batch\}/
  )
  const tolerations = [{ key: 'only', value: 'batch', effect: 'NoSchedule' }]
  assert.equal(why(asking({}, {}, { tolerations }), group({ taints })), undefined)
  assert.match(
    why(asking({}, {}, { nodeSelector: { workload: 'trading' } }), group({})) ?? '',
    /2 node\(s\) didn't match Pod's node affinity\/selector/
  )
  const apart = {
    affinity: {
      podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [{
          topologyKey: 'kubernetes.io/hostname',
          labelSelector: { matchLabels: { app: 'it' } }
        }]
      }
    }
  }
  assert.match(why(asking({}, { replicas: 3 }, apart), group({})) ?? '', /didn't match pod anti-affinity/)
})

test('huge pages and addresses of a node are counted, and unknown machines refuse nothing', () => {
  const script = 'echo 1024 > /sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages\n'
  const userData = Buffer.from(script).toString('base64')
  const template = record('aws:ec2/launchTemplate:LaunchTemplate', 'lt-1', { userData })
  const paged = group({ launchTemplate: { id: 'lt-1' } })
  assert.equal(why(asking({ 'hugepages-2Mi': '2Gi' }), paged, template), undefined)
  assert.match(why(asking({ 'hugepages-2Mi': '1Gi' }), group({})) ?? '', /2 Insufficient hugepages-2Mi/)
  assert.match(why(asking({ memory: '6Gi' }), paged, template) ?? '', /2 Insufficient memory/)
  assert.match(why(asking({}, { replicas: 59 }), group({})) ?? '', /2 Too many pods/)
  assert.equal(why(asking({ cpu: '900' }), group({ instanceTypes: ['x9.huge'] })), undefined)
})

test("a mesh's sidecars ask for their own part", () => {
  const mesh = inside('helm.sh/v3:Release', 'istiod', { chart: 'istiod', version: '0', namespace: 'istio' })
  const meshed = asking({ cpu: '1850m' })
  const labeled: Workload = {
    ...meshed,
    pod: { ...meshed.pod, metadata: { labels: { app: 'it', 'sidecar.istio.io/inject': 'true' } } }
  }
  assert.equal(why(meshed, group({}), mesh), undefined)
  assert.match(why(labeled, group({}), mesh) ?? '', /2 Insufficient cpu/)
})

test('pools of all clouds tell their nodes, labels and what pods get', () => {
  const world = new ClusterView([
    record('gcp:container/cluster:Cluster', 'g', { endpoint: '34.1.2.3' }),
    record('gcp:container/nodePool:NodePool', 'pool', {
      cluster: 'g',
      initialNodeCount: 1,
      nodeLocations: ['a', 'b', 'c'],
      autoscaling: { totalMaxNodeCount: 6 },
      nodeConfig: { machineType: 'n2-standard-8', labels: { workload: 'hub' } }
    }),
    record('azure-native:containerservice:ManagedCluster', 'z', {
      fqdn: 'z.azmk8s.io',
      agentPoolProfiles: [{
        name: 'one',
        vmSize: 'Standard_D8s_v5',
        count: 1,
        maxCount: 6,
        enableAutoScaling: true,
        maxPods: 110,
        mode: 'System',
        nodeTaints: ['CriticalAddonsOnly=true:NoSchedule']
      }]
    })
  ], '34.1.2.3').world
  const [gke] = poolsOf(world, world.at('34.1.2.3') ?? assert.fail())
  assert.deepEqual([gke?.nodes, gke?.most, gke?.labels.workload], [3, 6, 'hub'])
  // 32 GB: 25 % of 4, 20 % of 4, 10 % of 8, 6 % of 16; and 100 MiB.
  assert.equal(Math.round(gke?.allocatable?.memory ?? 0), 29_023)
  assert.equal(gke?.allocatable?.cpu, 7910)
  const [aks] = poolsOf(world, world.at('z.azmk8s.io') ?? assert.fail())
  assert.deepEqual(aks?.taints, [{ key: 'CriticalAddonsOnly', value: 'true', effect: 'NoSchedule' }])
  assert.deepEqual([aks?.most, aks?.allocatable?.cpu, aks?.allocatable?.memory], [6, 7820, 30_418])
})
