/** `pulumi import`: takes existing resources into a stack's state, without a program. */
import { resolve } from 'node:path'
import { EngineError } from '../../errors.ts'
import { ExitCode, Failure } from '../../stack/failure.ts'
import { parseReference } from '../../urn.ts'
import { type Operation } from '../operation.ts'
import { update } from '../update/update.ts'
import { type ImportFile, readImportFile } from './import-file.ts'

function fail (message: string): never {
  throw new Failure(ExitCode.Failed, `error: ${message}`)
}

export async function importResources (operation: Operation): Promise<void> {
  const { args, cwd } = operation
  if (args.value('from') !== undefined) {
    throw new EngineError('RHE_UNSUPPORTED', { what: '--from of import' })
  }
  if (args.value('generate-code') !== 'false') {
    throw new EngineError('RHE_UNSUPPORTED', {
      what: 'code for imported resources (pass generateCode: false, or --generate-code=false)'
    })
  }
  const path = args.value('file')
  const inline = args.positional.length > 0 ||
    ['parent', 'provider', 'properties'].some((flag) => args.value(flag) !== undefined)
  if (path !== undefined && inline) {
    fail('an inline resource may not be specified in conjunction with an import file')
  }
  const file = path === undefined ? inlineFile(operation) : await readImportFile(resolve(cwd, path))
  await update(operation, 'import', {
    preview: args.has('preview-only'),
    imports: { file, protect: args.value('protect') !== 'false' }
  })
}

/** The one resource that a command line names. */
function inlineFile ({ args }: Operation): ImportFile {
  const missing = ['type, name, and id', 'name and id', 'id'][args.positional.length]
  if (missing !== undefined) {
    fail(
      `an inline resource must be specified if no converter or import file is used, missing ${missing}`
    )
  }
  if (args.positional.length > 3) fail('only expected at most three arguments')
  const [type = '', name = '', id = ''] = args.positional
  const nameTable: Record<string, string> = {}
  const named = (flag: 'parent' | 'provider'): string | undefined => {
    const given = args.value(flag)
    if (given === undefined) return undefined
    const at = given.indexOf('=')
    const [key, urn] = at > 0 ? [given.slice(0, at), given.slice(at + 1)] : [flag, given]
    const reference = parseReference(urn)
    if (reference) fail(`expected a URN but got a Provider Reference, use '${reference.urn}' instead`)
    if (!urn.startsWith('urn:pulumi:')) fail(`invalid ${flag} URN: '${urn}'`)
    if (key in nameTable) fail(`provider and parent must have distinct names, both were '${key}'`)
    nameTable[key] = urn
    return key
  }
  const [parent, provider] = [named('parent'), named('provider')]
  const properties = args.value('properties')?.split(',') ?? []
  return {
    nameTable,
    resources: [{ type, name, id, properties, ...(parent && { parent }), ...(provider && { provider }) }]
  }
}
