/**
 * The formatter of the whole repository: dprint, set up as neostandard writes. It runs as WASM from
 * node_modules.
 */
import { readFile } from 'node:fs/promises'
import { createFromBuffer } from '@dprint/formatter'
import { getPath } from '@dprint/typescript'
import { shownTexts } from './jsx-text.ts'

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
 * not parse, or when its elements would show another text.
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
      if (after === before) {
        keepTexts(path, text, after)
        return after
      }
      before = after
    }
    throw new Error(`${path}: the formatter still changes its own result after ${mostPasses} passes`)
  }
}

/**
 * Refuses a result whose JSX elements show another text: where an element is laid out over several
 * lines, dprint drops the spaces at the beginning and the end of its text.
 */
function keepTexts (path: string, before: string, after: string): void {
  if (!path.endsWith('.tsx') || before === after) return
  const texts = shownTexts(path, after)
  const changed = shownTexts(path, before).find(({ text }, index) => text !== texts[index]?.text)
  if (changed) {
    throw new Error(
      `${path}:${changed.line}: formatting would change the shown text "${changed.text}": write a space at ` +
        "its beginning or end as {' '}"
    )
  }
}
