/**
 * Round-trip times between regions, by distance: light in fibre along the great circle, with the
 * detour of a real route. A dedicated circuit between two places can reach them. Routes over public
 * backbones are longer where no cable follows the great circle, between Europe and Japan about
 * twice as long: a rehearsal shows what the distances allow, a live run measures.
 */
import { placeOfRegion, type Coordinates } from './region-places.ts'

/** Mean radius of the Earth (IUGG). */
const earthKm = 6371.0
/**
 * Light in fibre: 299,792 km/s over a refractive index of 1.468 (ITU-T G.652 fibre at 1550 nm), so
 * 204 km a millisecond.
 */
const kmPerMs = 204.2
/**
 * Length of a route relative to the great circle: cables land where coasts allow and follow rights
 * of way. The shortest transatlantic routes have 1.2.
 */
const detour = 1.2
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
export function greatCircleKm (from: Coordinates, to: Coordinates): number {
  const [a, b] = [radians(from.north), radians(to.north)]
  const h = Math.sin((b - a) / 2) ** 2 +
    Math.cos(a) * Math.cos(b) * Math.sin(radians(to.east - from.east) / 2) ** 2
  return 2 * earthKm * Math.asin(Math.min(1, Math.sqrt(h)))
}

/**
 * Milliseconds for a round trip between two regions of any clouds, or inside one; undefined when no
 * cloud has one of them.
 */
export function roundTripMs (from: string, to: string): number | undefined {
  const [here, there] = [placeOfRegion(from), placeOfRegion(to)]
  if (!here || !there) return undefined
  return endsMs + Math.max(betweenZonesMs, 2 * greatCircleKm(here, there) * detour / kmPerMs)
}
