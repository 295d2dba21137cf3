/** Where log lines go: standard output, without ever waiting for whoever reads it. */
import { pino, type DestinationStream } from 'pino'

/**
 * Characters that wait for a reader: minutes of a busy service. What comes beyond is dropped and
 * counted: a log that nobody takes must not eat the memory.
 */
const mostWaiting = 16 * 1024 * 1024

/**
 * Lines are written in the background. A write that waits would hold up every request and every
 * unit whenever the reader of the log (a container's runtime, a terminal, a pipe) is slow, and for
 * ever when it stands still. What waits when the process exits by itself is written then, so there
 * a reader that stands still does hold it; a killed process loses it.
 */
export function openLog (): DestinationStream {
  let dropped = 0
  const destination = pino.destination({ dest: 1, sync: false, maxLength: mostWaiting })
  destination.on('drop', () => {
    dropped++
  })
  destination.on('drain', () => {
    if (dropped === 0) return
    const lines = dropped
    dropped = 0
    destination.write(
      `${
        JSON.stringify({
          level: 40,
          time: Date.now(),
          pid: process.pid,
          dropped: lines,
          msg: 'lines of this log were dropped: whoever reads it was too slow'
        })
      }\n`
    )
  })
  return destination
}
