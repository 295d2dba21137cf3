/** The text of JSX elements, spaces included, which formatting may not change. Pure. */
import ts from 'typescript'

/** An element that shows text of its own. */
export interface ShownText {
  /** Line of the element; 1 is the first of the file. */
  readonly line: number
  /** Its texts and constant strings, `{}` for other expressions, `<>` for elements inside. */
  readonly text: string
}

/** Lists the elements of a file with text, in the order of its lines. `path` tells the language. */
export function shownTexts (path: string, text: string): ShownText[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const found: ShownText[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isJsxElement(node) || ts.isJsxFragment(node)) {
      const shown = node.children.map(textOf).join('')
      const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1
      if (/[^{}<>]/.test(shown)) found.push({ line, text: shown })
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

function textOf (child: ts.JsxChild): string {
  if (ts.isJsxText(child)) return lines(child.text)
  if (!ts.isJsxExpression(child)) return '<>'
  if (child.expression === undefined) return ''
  return ts.isStringLiteralLike(child.expression) ? child.expression.text : '{}'
}

/** Reads a text as JSX does: no spaces around a line break, and lines joined by one. */
function lines (text: string): string {
  const all = text.split('\n')
  return all.map((line, index) => {
    const begun = index > 0 ? line.replace(/^[ \t]+/, '') : line
    return index < all.length - 1 ? begun.replace(/[ \t]+$/, '') : begun
  }).filter((line) => line !== '').join(' ')
}
