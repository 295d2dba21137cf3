/**
 * Node's own report of a run, with the ten slowest files before its closing figures
 * (`--test-reporter`).
 */
import { basename, relative } from 'node:path'
import { Readable } from 'node:stream'
import { spec, type TestEvent } from 'node:test/reporters'

const listed = 10

export default async function* report (events: AsyncIterable<TestEvent>): AsyncGenerator<unknown> {
  yield* Readable.from(withSlowest(events)).compose(spec())
}

/** Puts the slowest files before the first of a run's closing figures. */
export async function* withSlowest (events: AsyncIterable<TestEvent>): AsyncGenerator<TestEvent> {
  const files = new Map<string, number>()
  for await (const event of events) {
    const { type, data } = event
    // A file is a test named by its path, which lasts as long as its process.
    if (type === 'test:complete' && data.nesting === 0 && data.file?.endsWith(data.name)) {
      files.set(data.file, data.details.duration_ms)
    }
    if (type === 'test:diagnostic' && data.file === undefined && /^tests \d+$/.test(data.message)) {
      for (const message of slowest(files)) yield { type, data: { ...data, message } }
    }
    yield event
  }
}

/** Files that share a process are told by their group's name; it lies outside the repository. */
function nameOf (file: string): string {
  const path = relative(process.cwd(), file)
  return path.startsWith('..') ? basename(file) : path
}

function slowest (files: ReadonlyMap<string, number>): string[] {
  const lines = [...files].sort(([, one], [, other]) => other - one).slice(0, listed).map((
    [file, milliseconds]
  ) => `${(milliseconds / 1000).toFixed(1).padStart(7)} s ${nameOf(file)}`)
  return [`the ${lines.length} slowest files of ${files.size}`, ...lines]
}
