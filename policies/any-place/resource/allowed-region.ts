import { placedTypes, placeOf } from '../../places.ts'
import { resourcePolicy } from '../../policy.ts'

export const allowedRegion = resourcePolicy({
  name: 'place-allowed-region',
  description: 'Resources are in regions that the federation names.',
  level: 'mandatory',
  types: placedTypes,
  reads: 'facts',
  check: (subject, facts) => {
    const place = placeOf(subject)
    if (!facts || !place) return undefined
    const allowed = facts.regions[place.cloud] ?? []
    return allowed.includes(place.region)
      ? undefined
      : `set ${place.path} to one of ` +
        `${allowed.join(', ') || 'none: the federation uses no region of this cloud'} instead of ` +
        `${place.region}`
  }
})
