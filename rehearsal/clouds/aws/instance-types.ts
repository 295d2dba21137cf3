/**
 * vCPUs of EC2 instance types, by their size suffix: https://aws.amazon.com/ec2/instance-types/.
 */
const sizes: Record<string, number> = {
  nano: 2,
  micro: 2,
  small: 2,
  medium: 2,
  large: 2,
  xlarge: 4,
  metal: 96
}

/**
 * vCPUs of an instance type: 16 for `c6i.4xlarge`. An unknown size counts as 2, the fewest that a
 * node can have.
 */
export function vcpusOf (type: string): number {
  const size = type.split('.')[1] ?? ''
  const times = /^(\d+)xlarge$/.exec(size)
  return times ? Number(times[1]) * 4 : sizes[size] ?? 2
}
