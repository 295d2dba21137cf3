/**
 * Answers as the page shows them: in every text that others wrote, what would reorder or hide a
 * part of it is made visible. One place for all that comes from the service, since React escapes
 * markup and nothing else.
 */
import { visibleText } from '../../../contract/text/visible.ts'

/** Escapes of JSON that stand for controls; line ends and tabs have short ones. */
const escapes = /\\u00[01]|\\[bfr]/

const shownValue = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).map(([name, part]) => [visibleText(name), part]))
    : typeof value === 'string'
    ? visibleText(value)
    : value

/** The value of a JSON text, with its texts and names as they are shown. */
export function parseShown (json: string): unknown {
  // Nearly all answers have nothing to make visible: they are parsed as they are.
  return escapes.test(json) || visibleText(json) !== json
    ? JSON.parse(json, (_name, value: unknown) => shownValue(value))
    : JSON.parse(json)
}

/** The same answer, with its JSON as it is shown. */
export async function shownResponse (response: Response): Promise<Response> {
  if (!response.body || !response.headers.get('content-type')?.includes('json')) return response
  const text = await response.text()
  return new Response(text === '' ? null : JSON.stringify(parseShown(text)), {
    status: response.status,
    statusText: response.statusText,
    headers: response.headers
  })
}
