/** Secrets of clusters, and the texts in them. */
import { type CloudRecord } from '../../store.ts'
import { objectAt, plain } from '../wire-values.ts'
import { type AgedWorld } from './aged-world.ts'

const secretType = 'kubernetes:core/v1:Secret'

export function secretsOf ({ records }: AgedWorld): CloudRecord[] {
  return records.filter(({ type }) => type === secretType)
}

/** Values of a Secret as its readers see them. */
export function textsIn ({ inputs, outputs }: CloudRecord): string[] {
  const given = plain(inputs)
  const made = plain(outputs)
  const strings = (values: unknown[]): string[] => values.filter((value) => typeof value === 'string')
  const encoded = strings([
    ...Object.values(objectAt(given, 'data')),
    ...Object.values(objectAt(made, 'data'))
  ]).map((text) => Buffer.from(text, 'base64').toString('utf8'))
  return [...new Set([...strings(Object.values(objectAt(given, 'stringData'))), ...encoded])]
}
