/** Checks what the earlier phases deployed for one cluster. */
import { type CustomResourceOptions, output, type Output, unsecret } from '@pulumi/pulumi'
import { kubernetesProvider, upstream } from '../components/upstream.ts'
import {
  type ClusterBackups,
  type ClusterFederation,
  type ClusterInfrastructure,
  type ClusterMesh,
  type ClusterMonitoring,
  type ClusterNetworking,
  type ClusterPrerequisites,
  type Resolved,
  type ValidationReport
} from '../outputs.ts'
import { clusterOf } from '../scopes.ts'
import { type PhaseProgram, type UnitContext } from '../types.ts'
import { clusterChecks, type ClusterFacts, clusterQuestions } from './cluster-checks.ts'
import { observingJob } from './observing-job.ts'
import { probeJob } from './probe-job.ts'
import { keepReport } from './report.ts'
import { probeLabel, responder } from './responder.ts'

function facts (
  context: UnitContext,
  name: string,
  measured: {
    readonly probes: Output<ClusterFacts['probes']>
    readonly observed: Output<ClusterFacts['observed']>
  }
): Output<ClusterFacts> {
  const prerequisites = upstream<ClusterPrerequisites>(context, 'prerequisites', name)
  const networking = upstream<ClusterNetworking>(context, 'networking', name)
  const federation = upstream<ClusterFederation>(context, 'federation', name)
  const monitoring = upstream<ClusterMonitoring>(context, 'monitoring', name)
  const backups = upstream<ClusterBackups>(context, 'disaster-recovery', name)
  return output({
    prerequisites: output({
      kmsKey: prerequisites('kmsKey'),
      logBucket: prerequisites('logBucket'),
      backupBucket: prerequisites('backupBucket'),
      resourceGroup: prerequisites('resourceGroup'),
      registry: prerequisites('registry')
    }),
    infrastructure: infrastructureFacts(context, name),
    networking: output({
      transitGateway: networking('transitGateway'),
      transitRouteTable: networking('transitRouteTable'),
      router: networking('router'),
      vpnGateway: networking('vpnGateway'),
      vpnAddresses: networking('vpnAddresses'),
      gatewaySecurityGroup: networking('gatewaySecurityGroup'),
      tuning: networking('tuning')
    }),
    mesh: meshFacts(context, name),
    federation: output({
      remoteClusters: federation('remoteClusters'),
      defaultDeny: federation('defaultDeny'),
      virtualServices: federation('virtualServices')
    }),
    monitoring: output({
      prometheus: monitoring('prometheus'),
      alerts: monitoring('alerts'),
      traces: monitoring('traces')
    }),
    backups: output({
      schedule: backups('schedule'),
      bucket: backups('bucket'),
      bucketCloud: backups('bucketCloud'),
      retentionDays: backups('retentionDays')
    }),
    ...measured
  })
}

// Whether a secret output is there is no secret.

function infrastructureFacts (context: UnitContext, name: string): Output<ClusterFacts['infrastructure']> {
  const infrastructure = upstream<ClusterInfrastructure>(context, 'infrastructure', name)
  return output({
    networkId: infrastructure('networkId'),
    networkName: infrastructure('networkName'),
    resourceGroup: infrastructure('resourceGroup'),
    privateSubnets: infrastructure('privateSubnets'),
    publicSubnets: infrastructure('publicSubnets'),
    intraSubnets: infrastructure('intraSubnets'),
    routeTables: infrastructure('routeTables'),
    clusterName: infrastructure('clusterName'),
    storageKey: infrastructure('storageKey'),
    clusterId: infrastructure('clusterId'),
    endpoint: infrastructure('endpoint'),
    oidcIssuer: infrastructure('oidcIssuer'),
    nodeSecurityGroup: infrastructure('nodeSecurityGroup'),
    nodeGroups: infrastructure('nodeGroups'),
    hasKubeconfig: unsecret(infrastructure('kubeconfig').apply((text) => text.includes('server')))
  })
}

function meshFacts (context: UnitContext, name: string): Output<ClusterFacts['mesh']> {
  const mesh = upstream<ClusterMesh>(context, 'mesh', name)
  return output({
    network: mesh('network'),
    meshId: mesh('meshId'),
    eastWestAddress: mesh('eastWestAddress'),
    ingressAddress: mesh('ingressAddress'),
    istioVersion: mesh('istioVersion'),
    intermediateCertificate: mesh('intermediateCertificate'),
    mtlsMode: mesh('mtlsMode'),
    apiServer: mesh('apiServer'),
    rootCertificate: mesh('rootCertificate'),
    certificateValidity: mesh('certificateValidity'),
    minTlsVersion: mesh('minTlsVersion'),
    hasReaderToken: unsecret(mesh('readerToken').apply((token) => token !== ''))
  })
}

/**
 * Three pods ask the responder: one as services do, one without a sidecar, one that no policy
 * admits.
 */
function probes (
  context: UnitContext,
  cluster: string,
  options: CustomResourceOptions
): Output<ClusterFacts['probes']> {
  const targets = [cluster]
  const ask = (
    name: string,
    meshed: boolean,
    labels: Record<string, string>,
    tries: number
  ): Output<number | null> =>
    probeJob(context, { name, meshed, labels, targets, tries }, options).apply((results) =>
      results[cluster] ?? null
    )
  return output({
    admitted: ask('probe-admitted', true, probeLabel, 30),
    plaintext: ask('probe-plaintext', false, probeLabel, 2),
    denied: ask('probe-denied', true, {}, 2)
  })
}

export const program: PhaseProgram = (context): Resolved<ValidationReport> => {
  const { federation, scope } = context
  const cluster = clusterOf(federation, scope.name)
  const provider = kubernetesProvider(context, cluster)
  const { space, ready } = responder(context, cluster, provider)
  const measuring = { provider, dependsOn: ready }
  const found = facts(context, cluster.name, {
    probes: probes(context, cluster.name, measuring),
    observed: observingJob(context, { name: 'observe', questions: clusterQuestions(cluster) }, measuring)
  })
  const { checks } = keepReport(
    context,
    'windlass-validation',
    found.apply((known) => clusterChecks(federation, cluster, known)),
    { provider, dependsOn: [space] }
  )
  return { checks }
}
