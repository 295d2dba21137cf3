/** Zones as the clouds name them. Pure. */

/**
 * The part of a zone's name that tells it from the others of its region: `a` of us-east-1a, `b` of
 * europe-west1-b, `1` of Azure's zone 1 (however it is written).
 */
export function zoneSuffix (zone: string): string {
  return /[0-9a-z]$/.exec(zone)?.[0] ?? zone
}
