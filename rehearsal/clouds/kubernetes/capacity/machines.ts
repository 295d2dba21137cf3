/**
 * Data table: processors and memory of machine types, by the names that clouds give them, and what
 * of them a node keeps from pods. A type without a row is unknown: nothing is refused for it.
 */
import { type Site } from '../../network/site.ts'

/** A machine, in millicores and MiB. */
export interface Machine {
  readonly cpu: number
  readonly memory: number
}

const gib = 1024

/** GiB of memory for each vCPU, by family. https://aws.amazon.com/ec2/instance-types/ */
const ec2: Readonly<Record<string, number>> = { c: 2, m: 4, r: 8 }
/** Sizes of EC2 that are no number of xlarge. */
const ec2Sizes: Readonly<Record<string, number>> = { large: 2, xlarge: 4 }

/** GB for each vCPU. https://cloud.google.com/compute/docs/general-purpose-machines */
const gce: Readonly<Record<string, number>> = { standard: 4, highmem: 8, highcpu: 1 }

/**
 * GiB for each vCPU, by family.
 * https://learn.microsoft.com/azure/virtual-machines/sizes/overview
 */
const azure: Readonly<Record<string, number>> = { D: 4, E: 8, F: 2 }

function ofEc2 (type: string): Machine | undefined {
  const match = /^([cmr])\d+[a-z]*\.(?:(\d+)xlarge|(large|xlarge))$/.exec(type)
  const perCpu = ec2[match?.[1] ?? '']
  const cpus = match?.[2] === undefined ? ec2Sizes[match?.[3] ?? ''] : Number(match[2]) * 4
  return cpus === undefined || perCpu === undefined
    ? undefined
    : { cpu: cpus * 1000, memory: cpus * perCpu * gib }
}

function ofGce (type: string): Machine | undefined {
  const match = /^(?:n2|n2d|c2|c2d|e2|c3|n4)-(standard|highmem|highcpu)-(\d+)$/.exec(type)
  const perCpu = gce[match?.[1] ?? '']
  return match && perCpu !== undefined
    ? { cpu: Number(match[2]) * 1000, memory: Number(match[2]) * perCpu * gib }
    : undefined
}

function ofAzure (type: string): Machine | undefined {
  const match = /^Standard_([DEF])(\d+)[a-z]*_v\d+$/.exec(type)
  const perCpu = azure[match?.[1] ?? '']
  return match && perCpu !== undefined
    ? { cpu: Number(match[2]) * 1000, memory: Number(match[2]) * perCpu * gib }
    : undefined
}

/** Processors and memory of a machine type; undefined where no row tells. */
export function machineOf (cloud: Site['cloud'], type: string): Machine | undefined {
  return cloud === 'aws' ? ofEc2(type) : cloud === 'gcp' ? ofGce(type) : ofAzure(type)
}

/**
 * Pods of an EC2 instance whose addresses the VPC CNI gives out one by one.
 * https://github.com/aws/amazon-vpc-cni-k8s/blob/master/misc/eni-max-pods.txt (c, m and r of the
 * fifth to seventh generation).
 */
const ec2Pods: Readonly<Record<string, number>> = {
  large: 29,
  xlarge: 58,
  '2xlarge': 58,
  '4xlarge': 234,
  '8xlarge': 234,
  '12xlarge': 234
}

/** Pods that a node of a machine type takes where its pool names no number. */
export function podsOf (cloud: Site['cloud'], type: string): number {
  // GKE's and AKS' own numbers where nothing else is asked for:
  // https://cloud.google.com/kubernetes-engine/docs/concepts/alias-ips and
  // https://learn.microsoft.com/azure/aks/quotas-skus-regions (Azure CNI Overlay).
  if (cloud === 'gcp') return 110
  if (cloud === 'azure') return 250
  return ec2Pods[type.split('.')[1] ?? ''] ?? 110
}

/** Steps of a reservation: a share of each part of a whole. */
function stepped (total: number, steps: readonly (readonly [number, number])[]): number {
  let [reserved, below] = [0, 0]
  for (const [up, share] of steps) {
    reserved += Math.max(0, Math.min(total, up) - below) * share
    below = up
  }
  return reserved
}

const cpuSteps = [[1000, 0.06], [2000, 0.01], [4000, 0.005], [Infinity, 0.0025]] as const
const gkeMemory = [
  [4 * gib, 0.25],
  [8 * gib, 0.2],
  [16 * gib, 0.1],
  [128 * gib, 0.06],
  [Infinity, 0.02]
] as const

/** Millicores that AKS reserves, by cores. */
const aksCpu: readonly (readonly [number, number])[] = [[1, 60], [2, 100], [4, 140], [8, 180], [16, 260]]
  .map(([cores = 0, reserved = 0]) => [cores, reserved] as const)

/** What evicts pods when it is left, in all three clouds. */
const evicted = 100

/**
 * What of a machine a cloud keeps for itself:
 *
 * - EKS: awslabs/amazon-eks-ami nodeadm/internal/kubelet/config.go (11 MiB a pod and 255 MiB).
 * - GKE: https://cloud.google.com/kubernetes-engine/docs/concepts/plan-node-sizes
 * - AKS: https://learn.microsoft.com/azure/aks/node-resource-reservations (1.29 and later)
 *
 * What the kernel keeps of a machine's memory is not published, and is left to pods here.
 */
export function reservedOf (cloud: Site['cloud'], machine: Machine, pods: number): Machine {
  if (cloud === 'azure') {
    const cores = machine.cpu / 1000
    return {
      cpu: aksCpu.find(([most]) => cores <= most)?.[1] ?? 740,
      memory: Math.min(20 * pods + 50, machine.memory / 4) + evicted
    }
  }
  return {
    cpu: stepped(machine.cpu, cpuSteps),
    memory: (cloud === 'aws' ? 11 * pods + 255 : stepped(machine.memory, gkeMemory)) + evicted
  }
}
