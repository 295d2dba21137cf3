/**
 * Round trips between regions of any clouds, which predictions and rehearsals share. Pure.
 *
 * Over public routes and a provider's backbone they are as published measurements have them; where
 * nobody published one they are estimated. A dedicated circuit follows the great circle.
 */
import { measuredRoundTrips } from './measured.ts'
import { type Place, placeOfRegion } from './region-places.ts'

/** A round trip between two regions. */
export interface RoundTrip {
  readonly milliseconds: number
  /** True where no measurement of the two places was published. */
  readonly estimated: boolean
}

/** Route of packets: over public routes and backbones, or a dedicated circuit. */
export type Route = 'public' | 'circuit'

/** Mean radius of the Earth (IUGG). */
const earthKm = 6371.0
/**
 * Light in fibre: 299,792 km/s over a refractive index of 1.468 (ITU-T G.652 fibre at 1550 nm), so
 * 204 km a millisecond.
 */
const kmPerMs = 204.2
/**
 * Length of a circuit's route relative to the great circle: cables land where coasts allow and
 * follow rights of way. The shortest transatlantic routes have 1.2.
 */
const circuitDetour = 1.2
/** The median of the measured table's round trips relative to light along the great circle. */
const publicDetour = 1.86
/** Time that both ends add: load balancers, proxies, switches. */
const endsMs = 0.5
/**
 * Between zones of one region. Google Cloud: less than 1 ms at the 95th percentile
 * (cloud.google.com/compute/docs/regions-zones); Azure: less than about 2 ms
 * (learn.microsoft.com/azure/reliability/availability-zones-overview); AWS: zones lie within 100 km
 * (docs.aws.amazon.com, AWS Fault Isolation Boundaries), which is 1 ms.
 */
const betweenZonesMs = 1.0

const radians = (degrees: number): number => degrees * Math.PI / 180

/** Kilometres along the great circle (haversine formula). */
export function greatCircleKm (from: Place, to: Place): number {
  const [a, b] = [radians(from.north), radians(to.north)]
  const h = Math.sin((b - a) / 2) ** 2 +
    Math.cos(a) * Math.cos(b) * Math.sin(radians(to.east - from.east) / 2) ** 2
  return 2 * earthKm * Math.asin(Math.min(1, Math.sqrt(h)))
}

const measured: ReadonlyMap<string, number> = new Map(
  Object.entries(measuredRoundTrips).flatMap(([place, line]) => {
    const words = line.split(' ')
    return words.flatMap((other, index) =>
      index % 2 === 0 ? [[pairOf(place, other), Number(words[index + 1])] as const] : []
    )
  })
)

function pairOf (one: string, other: string): string {
  return one < other ? `${one} ${other}` : `${other} ${one}`
}

/** Round trip between two regions, or inside one; undefined when no cloud has one of them. */
export function roundTrip (from: string, to: string, route: Route = 'public'): RoundTrip | undefined {
  const [here, there] = [placeOfRegion(from), placeOfRegion(to)]
  if (!here || !there) return undefined
  const inside = endsMs + betweenZonesMs
  if (here.name === there.name) return { milliseconds: inside, estimated: false }
  const known = route === 'public' ? measured.get(pairOf(here.name, there.name)) : undefined
  if (known !== undefined) return { milliseconds: Math.max(inside, endsMs + known), estimated: false }
  const detour = route === 'public' ? publicDetour : circuitDetour
  const far = endsMs + 2 * greatCircleKm(here, there) * detour / kmPerMs
  return { milliseconds: Math.max(inside, far), estimated: true }
}
