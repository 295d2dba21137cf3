/** Horizontal positions in a timeline. */
import { cutText } from '../../../../contract/text/cut.ts'
import { shortName } from '../../model/federation.ts'

export const rowHeight = 19
/** Room for the title of a phase above its first row. */
export const headHeight = 26
/** Right of the bars. */
export const right = 16
/** Left of the bars, for labels; the narrow one on small screens. */
export const gutter = 250
export const narrowGutter = 128
/** Pixels between marks of an axis: the widest label, such as "2h40", and air around it. */
export const tickRoom = 90

/** Pixels of a letter of a label, on average. */
const letterWidth = 6.4

export interface Scale {
  left: number
  width: number
  /** Seconds at the right end. */
  end: number
}

/** The position of a time. */
export const x = ({ left, width, end }: Scale, seconds: number): number =>
  left + (end === 0 ? 0 : seconds / end * width)

/** Names a scope without the federation's name, cut to the room there is. */
export function scopeLabel (scope: string, federation: string, room: number): string {
  const text = scope.split('.').map((part) => shortName(part, federation)).join(' → ')
  const fits = Math.floor((room - 16) / letterWidth)
  return cutText(text, fits)
}
