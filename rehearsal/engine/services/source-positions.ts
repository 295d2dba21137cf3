/**
 * Source positions of resources as the state keeps them, relative to the project:
 * `project:///file#line,column`.
 */
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type SourcePosition, type StackTrace } from '@pulumi/pulumi/proto/source_pb.js'

function position (root: string, raw: SourcePosition | undefined): string {
  if (raw === undefined || !raw.getUri().startsWith('file:')) return ''
  const column = raw.getColumn() > 0 ? `,${raw.getColumn()}` : ''
  const path = relative(root, fileURLToPath(raw.getUri())).split('\\').join('/')
  return `project:///${encodeURI(path)}#${raw.getLine()}${column}`
}

export interface Positioned {
  getSourceposition(): SourcePosition | undefined
  getStacktrace(): StackTrace | undefined
}

export function sourceOf (
  root: string,
  request: Positioned
): { sourcePosition: string, stackTrace: { sourcePosition?: string }[] } {
  const frames = request.getStacktrace()?.getFramesList() ?? []
  return {
    sourcePosition: position(root, request.getSourceposition()),
    stackTrace: frames.map((frame) => {
      const pc = position(root, frame.getPc())
      return pc === '' ? {} : { sourcePosition: pc }
    })
  }
}
