import { useEffect, useState } from 'react'
import { ago, dateTime } from '../model/time.ts'

/**
 * The time in milliseconds since 1970, renewed every so many milliseconds; never when undefined.
 */
export function useNow (every: number | undefined): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (every === undefined) return
    setNow(Date.now())
    const timer = window.setInterval(() => {
      setNow(Date.now())
    }, every)
    return () => {
      window.clearInterval(timer)
    }
  }, [every])
  return now
}

/** The time since something, roughly; the exact time on hover. */
export function Ago ({ time }: { time: string }) {
  const now = useNow(10_000)
  return <time dateTime={time} title={dateTime(time)} className='nowrap'>{ago(now - Date.parse(time))}</time>
}
