/**
 * Fields that a kind does not have. The packages' compiled schemas let them pass, and a cluster
 * drops them silently; their types tell, so each object is written as a typed literal and handed to
 * the compiler, which refuses what a type does not have.
 */
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { type Finding } from './finding.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')

/** An object and the module that exports its kind's interface, `I` and the kind's name. */
export interface TypedObject {
  readonly where: string
  readonly specifier: string
  readonly kind: string
  readonly object: unknown
}

/** The same fields with the same kinds of values: of many objects of a shape one is enough. */
function shape (value: unknown): unknown {
  if (Array.isArray(value)) return [...new Set(value.map((entry) => JSON.stringify(shape(entry))))]
  if (typeof value !== 'object' || value === null) return typeof value
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, shape(field)]))
}

/**
 * "Object literal may only specify known properties", alone and with a suggestion (TypeScript's
 * diagnosticMessages.json).
 */
const excess = new Set([2353, 2561])

/** The packages' files, read once. */
const parsed = new Map<string, ts.SourceFile | undefined>()

/**
 * Findings of the compiler about fields that the kinds do not have. Schemas judge values and
 * missing fields.
 */
export function unknownFields (objects: readonly TypedObject[]): Finding[] {
  if (objects.length === 0) return []
  const distinct = [
    ...new Map(
      objects.map((
        entry
      ) => [`${entry.specifier} ${entry.kind} ${JSON.stringify(shape(entry.object))}`, entry])
    ).values()
  ]
  const imports = [...new Set(distinct.map(({ specifier }) => specifier))]
  const lines = [
    ...imports.map((specifier, index) => `import type * as m${index} from '${specifier}'`),
    ...distinct.map(({ specifier, kind, object }, index) =>
      `export const o${index}: m${imports.indexOf(specifier)}.I${kind} = ${JSON.stringify(object)}`
    )
  ]
  const file = join(root, 'test/validity/objects-as-literals.ts')
  const options: ts.CompilerOptions = {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2024,
    lib: ['lib.es2024.d.ts'],
    types: [],
    strict: true,
    noEmit: true,
    skipLibCheck: true
  }
  const host = ts.createCompilerHost(options)
  const read = host.getSourceFile.bind(host)
  host.getSourceFile = (name, target, ...rest) => {
    if (name === file) return ts.createSourceFile(file, lines.join('\n'), target, true)
    if (!parsed.has(name)) parsed.set(name, read(name, target, ...rest))
    return parsed.get(name)
  }
  const program = ts.createProgram([file], options, host)
  const source = program.getSourceFile(file)
  const unresolved = program.getSemanticDiagnostics(source).filter(({ code }) =>
    code === 2307 || code === 2694
  )
  if (unresolved.length > 0) {
    throw new Error(
      unresolved.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')).join('\n')
    )
  }
  return program.getSemanticDiagnostics(source).flatMap((diagnostic): Finding[] => {
    const where = source === undefined || diagnostic.start === undefined
      ? undefined
      : distinct[source.getLineAndCharacterOfPosition(diagnostic.start).line - imports.length]?.where
    const codes = [
      diagnostic.code,
      ...(typeof diagnostic.messageText === 'string' ? [] : codesIn(diagnostic.messageText))
    ]
    if (where === undefined || !codes.some((code) => excess.has(code))) return []
    return [{
      where,
      path: source?.text.slice(diagnostic.start, (diagnostic.start ?? 0) + (diagnostic.length ?? 0)) ?? '',
      what: ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ').slice(0, 200)
    }]
  })
}

function codesIn (chain: ts.DiagnosticMessageChain): number[] {
  return [chain.code, ...(chain.next ?? []).flatMap(codesIn)]
}
