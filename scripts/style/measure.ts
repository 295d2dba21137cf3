/**
 * Measures one source file against the limits of layout: columns, lines of functions, lines of
 * files. Pure.
 */
import ts from 'typescript'

/** The limits: columns of code and of comments, lines of a function and of a file. */
export const limits = { code: 110, comment: 100, functionLines: 70, fileLines: 400 } as const

/** A line that is too long, or a function or file with too many lines. */
export interface Excess {
  /** Kind of limit that is exceeded. */
  readonly kind: 'code' | 'comment' | 'function' | 'file'
  /** First line of it; 1 is the first of the file. */
  readonly line: number
  /** Columns or lines that it has. */
  readonly size: number
  /** Name of the function; the text of a line; empty for a file. */
  readonly name: string
}

/** Opens a file whose lines are rows of data: neither its length nor its lines are judged. */
const dataTable = /^\/\*\* Data table\b/
const comment = /^\s*(?:\/\/|\/\*|\*(?:[\s/]|$))/
/** An address that is too long to be broken: the line is measured without it. */
const address = /[a-z]+:\/\/\S{20,}/

/** Lists what exceeds a limit in a file, in the order of its lines. `path` tells the language. */
export function measure (path: string, text: string): Excess[] {
  if (dataTable.test(text)) return []
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const { unbreakable, quoted } = linesOfLiterals(source)
  const lines = text.replace(/\n$/, '').split('\n')
  const found: Excess[] = []
  if (lines.length > limits.fileLines) found.push({ kind: 'file', line: 1, size: lines.length, name: '' })
  for (const [index, line] of lines.entries()) {
    const kind = comment.test(line) && !quoted.has(index + 1) ? 'comment' : 'code'
    const judged = line.replace(address, '').length
    if (judged <= limits[kind] || unbreakable.has(index + 1)) continue
    found.push({ kind, line: index + 1, size: line.length, name: line.trim() })
  }
  for (const excess of longFunctions(source)) found.push(excess)
  return found.sort((a, b) => a.line - b.line)
}

/**
 * Functions with a body of their own that has too many lines; suites of tests are no functions of
 * work.
 */
function longFunctions (source: ts.SourceFile): Excess[] {
  const found: Excess[] = []
  const lineOf = (position: number): number => source.getLineAndCharacterOfPosition(position).line + 1
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body !== undefined && !isSuite(node)) {
      const line = lineOf(node.getStart(source))
      const size = lineOf(node.end) - line + 1
      if (size > limits.functionLines) {
        found.push({ kind: 'function', line, size, name: nameOf(node, source) })
      }
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

function isSuite (node: ts.Node): boolean {
  const call = node.parent
  return ts.isCallExpression(call) && /^(?:suite|describe)\b/.test(call.expression.getText())
}

/**
 * The name that a reader would look for: the function's own, or that of the variable, property or
 * test it belongs to.
 */
function nameOf (node: ts.SignatureDeclaration, source: ts.SourceFile): string {
  if (node.name) return node.name.getText(source)
  const owner = node.parent
  if ((ts.isVariableDeclaration(owner) || ts.isPropertyAssignment(owner)) && owner.name) {
    return owner.name.getText(source)
  }
  if (ts.isCallExpression(owner)) {
    const [first] = owner.arguments
    return first && ts.isStringLiteralLike(first)
      ? first.text
      : `a function for ${owner.expression.getText(source).slice(0, 40)}`
  }
  return ts.isConstructorDeclaration(node) ? 'constructor' : 'a function without a name'
}

/** Lines of a file that hold literals, by number from 1. */
interface LiteralLines {
  /** Of regular expressions, and of literals that have no space to be broken at. */
  readonly unbreakable: ReadonlySet<number>
  /** Inside templates of several lines: what looks like a comment there is text. */
  readonly quoted: ReadonlySet<number>
}

function linesOfLiterals (source: ts.SourceFile): LiteralLines {
  const unbreakable = new Set<number>()
  const quoted = new Set<number>()
  const lineOf = (position: number): number => source.getLineAndCharacterOfPosition(position).line + 1
  const visit = (node: ts.Node): void => {
    const whole = ts.isStringLiteralLike(node) && !/\s/.test(node.text)
    if (ts.isRegularExpressionLiteral(node) || (whole && node.text.length > limits.code / 2)) {
      unbreakable.add(lineOf(node.getStart(source)))
    }
    if (ts.isNoSubstitutionTemplateLiteral(node) || ts.isTemplateExpression(node)) {
      for (let line = lineOf(node.getStart(source)) + 1; line <= lineOf(node.end); line++) quoted.add(line)
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return { unbreakable, quoted }
}
