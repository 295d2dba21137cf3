import { areaOf, placeOf, type Place } from '../../places.ts'
import { resourcePolicy, type Subject } from '../../policy.ts'
import { text } from '../../properties.ts'

/** Types that hold data of a cluster. An AWS resource is where its provider is. */
const types = [
  'aws:s3/bucket:Bucket',
  'aws:rds/instance:Instance',
  'aws:rds/cluster:Cluster',
  'aws:dynamodb/table:Table',
  'aws:ecr/repository:Repository',
  'aws:cloudwatch/logGroup:LogGroup',
  'gcp:storage/bucket:Bucket',
  'gcp:sql/databaseInstance:DatabaseInstance',
  'gcp:artifactregistry/repository:Repository',
  'gcp:bigquery/dataset:Dataset',
  'azure-native:storage:StorageAccount',
  'azure-native:dbforpostgresql:Server',
  'azure-native:operationalinsights:Workspace',
  'azure-native:recoveryservices:Vault'
]

function awsPlace ({ props, provider }: Subject): Place | undefined {
  const region = text(props, 'region') ?? text(provider, 'region')
  return region === undefined ? undefined : { cloud: 'aws', region, path: 'region' }
}

export const residency = resourcePolicy({
  name: 'place-data-residency',
  description: "A cluster's data stays in the areas that the federation allows.",
  level: 'mandatory',
  types,
  reads: 'facts',
  check: (subject, facts) => {
    const place = subject.type.startsWith('aws:') ? awsPlace(subject) : placeOf(subject)
    if (!facts || !place) return undefined
    const area = areaOf(facts, place)
    if (area === undefined) return undefined
    // A unit of several areas serves all of them: each of its places has to be one of theirs.
    const areas = [...new Set(facts.clusters.map((cluster) => cluster.area))]
    const allowed = areas.length === 0
      ? undefined
      : new Set(areas.flatMap((own) => facts.residency[own] ?? [own]))
    return allowed === undefined || allowed.has(area)
      ? undefined
      : `put it in ${[...allowed].join(', ')} instead of ${place.region} (${area}), which ` +
        `residency.${areas.join(' and ')} does not allow`
  }
})
