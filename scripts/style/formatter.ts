/**
 * The formatter of the whole repository: dprint, set up as neostandard writes. It runs as WASM from
 * node_modules.
 */
import { readFile } from 'node:fs/promises'
import { createFromBuffer } from '@dprint/formatter'
import { getPath } from '@dprint/typescript'

/** Columns of a line of code. */
export const lineWidth = 110

// A rule that breaks a line may make room for another: texts settle after two passes, three at most
// so far.
const mostPasses = 5

const spaced = Object.fromEntries(
  ['functionDeclaration', 'functionExpression', 'method', 'constructor', 'getAccessor', 'setAccessor'].map(
    (kind) => [`${kind}.spaceBeforeParentheses`, true]
  )
)

/** The rules, by dprint's names. */
const rules = {
  semiColons: 'asi',
  quoteStyle: 'preferSingle',
  'jsx.quoteStyle': 'preferSingle',
  trailingCommas: 'never',
  operatorPosition: 'sameLine',
  'conditionalExpression.operatorPosition': 'nextLine',
  'conditionalType.operatorPosition': 'nextLine',
  nextControlFlowPosition: 'sameLine',
  bracePosition: 'sameLine',
  useBraces: 'whenNotSingleLine',
  quoteProps: 'preserve',
  'arrowFunction.useParentheses': 'maintain',
  'functionExpression.spaceAfterFunctionKeyword': true,
  'typeLiteral.separatorKind.singleLine': 'comma',
  'module.sortImportDeclarations': 'maintain',
  'module.sortExportDeclarations': 'maintain',
  'importDeclaration.sortNamedImports': 'maintain',
  'exportDeclaration.sortNamedExports': 'maintain',
  ...spaced
}

/**
 * Formats the text of a file; `path` tells its language. Throws with the place when the text does
 * not parse.
 */
export type Format = (path: string, text: string) => string

/** Loads the formatter. Throws when it does not know a rule. */
export async function loadFormatter (): Promise<Format> {
  const formatter = createFromBuffer(await readFile(getPath()))
  formatter.setConfig({ lineWidth, indentWidth: 2, newLineKind: 'lf' }, rules)
  const [unknown] = formatter.getConfigDiagnostics()
  if (unknown) throw new Error(`the formatter refuses its rule ${unknown.propertyName}: ${unknown.message}`)
  return (path, text) => {
    let before = text
    for (let pass = 0; pass < mostPasses; pass++) {
      const after = formatter.formatText({ filePath: path, fileText: before })
      if (after === before) return after
      before = after
    }
    throw new Error(`${path}: the formatter still changes its own result after ${mostPasses} passes`)
  }
}
