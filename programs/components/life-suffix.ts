/** Ends of names that a cloud does not give twice. */
import { type CustomResourceOptions, type Output } from '@pulumi/pulumi'
import { RandomId } from '@pulumi/random'

/** Bytes of an end: two lives of one name in one account do not meet. */
const byteLength = 4

/**
 * Registers the end of a name: eight hexadecimal digits that stay as long as what they name, and
 * are others once it was destroyed and is made again. For names that stay taken after a deletion.
 */
export function lifeSuffix (name: string, { parent }: CustomResourceOptions): Output<string> {
  return new RandomId(`${name}-suffix`, { byteLength }, parent ? { parent } : {}).hex
}
