/** Sizes of instance types, read from their names by each cloud's own rule. Pure. */
import { type CloudName } from '../../contract/words.ts'
import { type NodePool } from '../types/cluster.ts'

/**
 * Thrown when an instance type's name does not follow its cloud's naming rule. Retrying does not
 * help.
 */
function unreadable (cloud: CloudName, instanceType: string, example: string): RangeError {
  return new RangeError(
    `instance type ${instanceType} is not of the form that ${cloud} uses, such as ${example}`
  )
}

/**
 * Virtual CPUs of an instance type. AWS: `large` has 2, `xlarge` 4, `Nxlarge` 4 N, smaller ones 2
 * at most; Google Cloud: the last number; Azure: the first number after the family's letters.
 * Throws a RangeError for names of another form.
 */
export function vcpus (cloud: CloudName, instanceType: string): number {
  switch (cloud) {
    case 'aws': {
      const size = /^[a-z0-9-]+\.(?:(\d+)?(xlarge)|(large|medium|small|micro|nano))$/.exec(instanceType)
      if (!size) throw unreadable(cloud, instanceType, 'c6i.4xlarge')
      return size[2] ? 4 * Number(size[1] ?? 1) : 2
    }
    case 'gcp': {
      const count = /^[a-z]\d+[a-z]*-[a-z0-9]+-(\d+)[a-z]?(?:-lssd)?$/.exec(instanceType)?.[1]
      if (count) return Number(count)
      if (/^(e2-(micro|small|medium)|f1-micro|g1-small)$/.test(instanceType)) return 2
      throw unreadable(cloud, instanceType, 'c2-standard-8')
    }
    case 'azure': {
      const count = /^Standard_[A-Z]+(\d+)/.exec(instanceType)?.[1]
      if (!count) throw unreadable(cloud, instanceType, 'Standard_F8s_v2')
      return Number(count)
    }
  }
}

/** A pool at its largest, in virtual CPUs: what a quota has to allow. */
export function maxVcpus (cloud: CloudName, pool: NodePool): number {
  return pool.max * vcpus(cloud, pool.instanceType)
}
