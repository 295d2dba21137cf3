import { useEffect, useRef } from 'react'
import { useAway } from '../api/connection.ts'
import { refresh } from '../api/resource.ts'
import { clock } from '../model/time.ts'

/** Tells that the service is away, and reads everything again once it is back. */
export function AwayBanner () {
  const away = useAway()
  const was = useRef(away)
  useEffect(() => {
    if (was.current !== undefined && away === undefined) refresh()
    was.current = away
  }, [away])
  return (
    <div role='status'>
      {away !== undefined && (
        <p className='banner away'>
          The service has not answered since{' '}
          {clock(away)}. What you see is from before; the page continues by itself once the service is back.
        </p>
      )}
    </div>
  )
}
