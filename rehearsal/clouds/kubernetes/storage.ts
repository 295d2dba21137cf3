/** Volumes of claims: whether anything makes them. Pure. */
import { type CloudQuery } from '../../store.ts'
import { objectAt, stringAt } from '../wire-values.ts'
import { type ClusterView } from './cluster-view.ts'
import { type Claim } from './workloads.ts'

const classType = 'kubernetes:storage.k8s.io/v1:StorageClass'
const addonType = 'aws:eks/addon:Addon'
const byDefault = 'storageclass.kubernetes.io/is-default-class'

/** Drivers of disks, which one node mounts at a time, and what each says of more. */
const disks: Readonly<Record<string, string>> = {
  // kubernetes-sigs/aws-ebs-csi-driver, pkg/driver/controller.go
  'ebs.csi.aws.com': 'Volume capabilities MULTI_NODE_MULTI_WRITER not supported. Only AccessModes' +
    '[ReadWriteOnce] supported.',
  // kubernetes-sigs/gcp-compute-persistent-disk-csi-driver, pkg/gce-pd-csi-driver/utils.go
  'pd.csi.storage.gke.io': 'VolumeCapabilities is invalid: specified multi writer with mount access type',
  // kubernetes-sigs/azuredisk-csi-driver, pkg/azuredisk/controllerserver.go
  'disk.csi.azure.com': 'Volume capability not supported: mountVolume is not supported for access mode: ' +
    'MULTI_NODE_MULTI_WRITER'
}

/**
 * Classes that clouds make in each cluster. EKS' has not been the default since Kubernetes 1.30
 * (https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions-standard.html).
 */
const brought: readonly [RegExp, readonly string[], boolean][] = [
  [/\.eks\.amazonaws\.com$/, ['gp2'], false],
  [/\.azmk8s\.io$/, [
    'default',
    'managed-csi',
    'managed-csi-premium',
    'azurefile-csi',
    'azurefile-csi-premium'
  ], true],
  [/./, ['standard', 'standard-rwo', 'premium-rwo'], true]
]

/**
 * Classes of clouds that make volumes at once; the others wait for a pod
 * (https://cloud.google.com/kubernetes-engine/docs/concepts/persistent-volumes#storageclasses,
 * https://learn.microsoft.com/azure/aks/concepts-storage#storage-classes).
 */
const immediate: ReadonlySet<string> = new Set(['standard', 'azurefile-csi', 'azurefile-csi-premium'])

/**
 * What keeps pulumi-kubernetes waiting for a claim of a program (provider/pkg/await/awaiters.go,
 * `untilCoreV1PersistentVolumeClaimReady`): a claim whose class waits for a pod need not be bound.
 */
export function unreadyClaim (claim: Claim, view: ClusterView): string | undefined {
  const { storageClass } = claim
  const classes = view.of(classType)
  const found = classes.find(({ record, object }) =>
    storageClass === undefined
      ? objectAt(object, 'metadata.annotations')[byDefault] === 'true'
      : record.name === storageClass
  )
  const waits = found
    ? stringAt(found.object, 'volumeBindingMode') === 'WaitForFirstConsumer'
    : storageClass !== undefined && broughtBy(view).names.includes(storageClass) &&
      !immediate.has(storageClass)
  return waits ? undefined : unboundClaim(claim, view)
}

function broughtBy ({ account }: ClusterView): { names: readonly string[], hasDefault: boolean } {
  const [, names = [], hasDefault = false] = brought.find(([host]) => host.test(account)) ?? []
  return { names, hasDefault }
}

/** Queries for all that decides whether claims of a cluster get volumes. */
export function storageQueries (account: string): CloudQuery[] {
  const region = /\.([a-z0-9-]+)\.eks\.amazonaws\.com$/.exec(account)?.[1]
  return [
    { pkg: 'kubernetes', account, type: classType },
    ...region === undefined ? [] : [{ pkg: 'aws', type: addonType, region }]
  ]
}

/** What keeps a claim from a volume, in the cluster's words; undefined when nothing known does. */
export function unboundClaim (
  { name, storageClass, accessModes }: Claim,
  view: ClusterView
): string | undefined {
  const classes = view.of(classType)
  const { names: own, hasDefault } = broughtBy(view)
  const found = storageClass === undefined
    ? classes.find(({ object }) => objectAt(object, 'metadata.annotations')[byDefault] === 'true')
    : classes.find(({ record }) => record.name === storageClass)
  if (!found) {
    if (storageClass === undefined) {
      return hasDefault
        ? undefined
        : `claim "${name}": no persistent volumes available for this claim and no storage class is set`
    }
    return own.includes(storageClass)
      ? undefined
      : `claim "${name}": storageclass.storage.k8s.io "${storageClass}" not found`
  }
  const provisioner = stringAt(found.object, 'provisioner') ?? ''
  const refusal = disks[provisioner]
  if (refusal !== undefined && accessModes.includes('ReadWriteMany')) {
    return `claim "${name}": failed to provision volume with StorageClass "${found.record.name}": rpc ` +
      `error: code = InvalidArgument desc = ${refusal}`
  }
  return provisioner === 'ebs.csi.aws.com' && !hasDriver(view)
    ? `claim "${name}": Waiting for a volume to be created either by the external provisioner ` +
      `'${provisioner}' or manually by the system administrator`
    : undefined
}

/** Tells if an EKS cluster has the driver of its disks, which it does not bring by itself. */
function hasDriver (view: ClusterView): boolean {
  const site = view.world.at(view.account)
  return view.world.of(addonType).some(({ inputs, region }) =>
    inputs.addonName === 'aws-ebs-csi-driver' &&
    (!site || (inputs.clusterName === site.name && region === site.region))
  )
}
