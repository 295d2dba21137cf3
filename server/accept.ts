/** Content negotiation (RFC 9110, section 12.5.1). */

interface Range {
  type: string
  subtype: string
  quality: number
  specificity: number
}

function rangesOf (header: string): Range[] {
  return header.split(',').flatMap((item) => {
    const [media = '', ...parameters] = item.split(';').map((part) => part.trim().toLowerCase())
    const [type, subtype] = media.split('/')
    if (!type || !subtype) return []
    const given = parameters.find((parameter) => parameter.startsWith('q='))
    const quality = given === undefined ? 1 : Number(given.slice(2))
    return [{
      type,
      subtype,
      quality: Number.isNaN(quality) ? 0 : Math.min(1, Math.max(0, quality)),
      specificity: type === '*' ? 0 : subtype === '*' ? 1 : 2
    }]
  })
}

/**
 * Chooses the offered media type that the client prefers: of equal ones the one that is named more
 * exactly, then the first offered. Without a header it is the first offered one; undefined when
 * none is acceptable.
 */
export function negotiate<T extends string> (
  header: string | undefined,
  offered: readonly T[]
): T | undefined {
  if (header === undefined || header.trim() === '') return offered[0]
  const ranges = rangesOf(header)
  const wanted = offered.map((media) => {
    const [type, subtype] = media.split('/')
    const fitting = ranges.filter((range) =>
      (range.type === '*' || range.type === type) && (range.subtype === '*' || range.subtype === subtype)
    )
    const best = fitting.reduce<Range | undefined>(
      (chosen, range) => chosen === undefined || range.specificity > chosen.specificity ? range : chosen,
      undefined
    )
    return { media, quality: best?.quality ?? 0, specificity: best?.specificity ?? -1 }
  }).filter(({ quality }) => quality > 0)
  return wanted.reduce<typeof wanted[number] | undefined>(
    (chosen, one) =>
      chosen === undefined || one.quality > chosen.quality ||
        (one.quality === chosen.quality && one.specificity > chosen.specificity)
        ? one
        : chosen,
    undefined
  )?.media
}
