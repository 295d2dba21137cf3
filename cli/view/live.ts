import { createLogUpdate } from 'log-update'
import picocolors from 'picocolors'
import { type Deployment } from '../../contract/deployment.ts'
import { type Event } from '../../contract/event.ts'
import { screenOf } from './screen.ts'
import { initialState, reduce, type ViewState } from './state.ts'

/** Milliseconds between two pictures: ten a second look smooth, and more only cost time. */
const frameMilliseconds = 100

/** Shows a deployment in a terminal while its events come. */
export interface LiveView {
  readonly state: ViewState
  add(event: Event): void
  /** Draws a last picture and leaves it there. */
  end(): void
}

/**
 * Tells whether to print colors: on a terminal that has them, without NO_COLOR (no-color.org: any
 * value but an empty one).
 */
export function wantsColors (
  stream: { isTTY?: boolean },
  environment: Readonly<Record<string, string | undefined>>
): boolean {
  return stream.isTTY === true && !environment.NO_COLOR && environment.TERM !== 'dumb'
}

/** A view on `stream`, redrawn at most ten times a second. */
export function openLiveView (
  deployment: Deployment,
  stream: NodeJS.WriteStream,
  environment: Readonly<Record<string, string | undefined>>
): LiveView {
  const update = createLogUpdate(stream)
  const colors = picocolors.createColors(wantsColors(stream, environment))
  let state = initialState(deployment)
  const draw = () => {
    update(
      screenOf(state, { columns: stream.columns || 80, rows: stream.rows || 24, now: Date.now(), colors })
        .join('\n')
    )
  }
  const timer = setInterval(draw, frameMilliseconds)
  draw()
  return {
    get state () {
      return state
    },
    add (event) {
      state = reduce(state, event)
    },
    end () {
      clearInterval(timer)
      draw()
      update.done()
    }
  }
}
