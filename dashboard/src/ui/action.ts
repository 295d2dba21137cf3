import { useCallback, useEffect, useRef, useState } from 'react'

/** Asks something of the service, one request at a time, and holds its progress and its failure. */
export function useAction<Arguments extends unknown[]> (act: (...given: Arguments) => Promise<void>) {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<Error>()
  const latest = useRef(act)
  const mounted = useRef(true)
  useEffect(() => {
    latest.current = act
  })
  useEffect(() => {
    mounted.current = true
    return () => {
      mounted.current = false
    }
  }, [])
  const run = useCallback((...given: Arguments) => {
    setBusy(true)
    setError(undefined)
    latest.current(...given)
      .catch((failure: unknown) => {
        if (mounted.current) setError(failure as Error)
      })
      .finally(() => {
        if (mounted.current) setBusy(false)
      })
  }, [])
  return {
    busy,
    error,
    run,
    clear: () => {
      setError(undefined)
    }
  }
}
