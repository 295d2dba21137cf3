/** Events of a process at which the SDK listens while an inline program runs. */
const events = ['uncaughtException', 'unhandledRejection']

/**
 * Runs work, and takes away the process-wide handlers of errors that failed inline programs of it
 * left behind: a later program would be told its errors twice (../README.md, Traps).
 */
export async function withoutLeftHandlers (work) {
  const before = events.map((event) => process.rawListeners(event))
  try {
    return await work()
  } finally {
    events.forEach((event, n) => {
      for (const listener of process.rawListeners(event)) {
        if (!before[n].includes(listener)) process.removeListener(event, listener)
      }
    })
  }
}
