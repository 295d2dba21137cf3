/**
 * Checks Kubernetes objects against the structural schemas of their kinds: types, required fields,
 * patterns, and fields that a kind does not have.
 */
import { readFile } from 'node:fs/promises'
import { Compile } from 'typebox/schema'
import { type Finding } from './finding.ts'
import { modules } from './kubernetes-kinds.ts'
import { type Registered } from './registered.ts'
import { unknownFields } from './unknown-fields.ts'

interface Invalid {
  readonly path?: string
  readonly instancePath?: string
  readonly message?: string
}
type Kind = new(object: unknown) => { validate: () => void }

/** An object of the cluster, as opposed to a Helm release or a provider. */
export function isObject ({ type, inputs }: Registered): boolean {
  return type.startsWith('kubernetes:') && !type.startsWith('kubernetes:helm.sh/') &&
    typeof inputs['apiVersion'] === 'string' && typeof inputs['kind'] === 'string'
}

const named = (path: string): string => path.replace(/^(data)?\//, '').replaceAll('/', '.')

/** Kinds that have no package: data files of this room describe them. By API group and version. */
const described: Readonly<Record<string, { readonly owner: string, readonly file: string }>> = {
  'velero.io/v1': { owner: 'Velero', file: './velero-kinds.json' },
  'postgresql.cnpg.io/v1': { owner: 'CloudNativePG', file: './cnpg-kinds.json' }
}

type DescribedCheck = (kind: string, object: unknown) => Omit<Finding, 'where'>[]

async function describedCheck (
  { owner, file: path }: { owner: string, file: string }
): Promise<DescribedCheck> {
  const file = JSON.parse(await readFile(new URL(path, import.meta.url), 'utf8')) as {
    kinds: Record<string, object>
  }
  const compiled = new Map(Object.entries(file.kinds).map(([kind, schema]) => [kind, Compile(schema)]))
  return (kind, object) => {
    const schema = compiled.get(kind)
    if (!schema) return [{ path: 'kind', what: `${owner} has no kind ${kind}` }]
    const [valid, errors] = schema.Errors(object)
    // A field that is not allowed is told twice: by itself and by the object that has it.
    return valid
      ? []
      : errors.filter(({ keyword }) => keyword !== 'additionalProperties').map((error) => ({
        path: named(error.instancePath),
        what: error.keyword === 'boolean'
          ? 'the kind has no such field'
          : `${error.message} ${JSON.stringify(error.params)}`
      }))
  }
}

/** Findings about the objects among the resources. A kind without a schema is a finding. */
export async function objectFindings (resources: readonly Registered[]): Promise<Finding[]> {
  const objects = resources.filter(isObject)
  const checks = new Map(
    await Promise.all(
      Object.entries(described).map(async ([apiVersion, one]) =>
        [apiVersion, await describedCheck(one)] as const
      )
    )
  )
  const findings: Finding[] = []
  const typed: { where: string, specifier: string, kind: string, object: unknown }[] = []
  for (const { urn, inputs } of objects) {
    const [apiVersion, kind] = [String(inputs['apiVersion']), String(inputs['kind'])]
    const check = checks.get(apiVersion)
    if (check) {
      findings.push(...check(kind, inputs).map((finding) => ({ where: urn, ...finding })))
      continue
    }
    const module = modules[apiVersion]
    const Model = (await module?.load())?.[kind] as Kind | undefined
    if (!module || !Model) {
      findings.push({
        where: urn,
        path: 'apiVersion',
        what: `no schema is known for ${apiVersion} ${kind}: add it to kubernetes-kinds.ts`
      })
      continue
    }
    try {
      new Model(structuredClone(inputs)).validate()
    } catch (error) {
      const invalid = (error as { errors?: Invalid[] }).errors
      if (!invalid) throw error
      findings.push(
        ...invalid.map(({ path, instancePath, message }) => ({
          where: urn,
          path: named(path ?? instancePath ?? ''),
          what: message ?? 'invalid'
        }))
      )
    }
    typed.push({ where: urn, specifier: module.specifier, kind, object: inputs })
  }
  return [...findings, ...unknownFields(typed)]
}
