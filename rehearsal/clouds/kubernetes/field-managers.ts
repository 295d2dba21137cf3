/**
 * Fields that somebody else owns: under server-side apply the API server refuses to take them over
 * (https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts), with its words
 * (k8s.io/apimachinery, pkg/util/managedfields/internal/conflict.go) and the provider's
 * (pulumi-kubernetes, provider/pkg/await/await.go, `handleSSAErr`). Pure.
 */
import { type CloudQuery } from '../../store.ts'
import { type WireObject, type WireValue } from '../../wire.ts'
import { type Draft, type Failure } from '../draft.ts'
import { equal, isObject, numberAt, objectAt, stringAt, valueAt } from '../wire-values.ts'
import { type ClusterView } from './cluster-view.ts'
import { isPatch, kindOf } from './kinds.ts'
import { namespaceOf } from './object-names.ts'

const scalerType = 'kubernetes:autoscaling/v2:HorizontalPodAutoscaler'
const scaled: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'ReplicaSet'])
const guide = 'https://www.pulumi.com/registry/packages/kubernetes/how-to-guides/' +
  'managing-resources-with-server-side-apply/#handle-field-conflicts-on-existing-resources'

/** Type of the object that a resource patches; the type itself for others. */
const objectType = (type: string): string => isPatch(type) ? type.replace(/Patch$/, '') : type

/** Queries for other owners of an object's fields: all of it for a patch, else others' parts. */
export function managerQueries ({ type, previous, account }: Draft): CloudQuery[] {
  const here = { pkg: 'kubernetes', account }
  if (isPatch(type)) return [type, objectType(type)].map((one) => ({ ...here, type: one }))
  if (previous === undefined) return []
  return [
    { ...here, type: `${type}Patch` },
    ...scaled.has(kindOf(type)) ? [{ ...here, type: scalerType }] : []
  ]
}

/** Tells if a program takes fields over from whoever owns them. */
function forces ({ inputs, instance: { config } }: Draft): boolean {
  return objectAt(inputs, 'metadata.annotations')['pulumi.com/patchForce'] === 'true' ||
    [true, 'true'].includes(config.enablePatchForce as boolean | string) ||
    [false, 'false'].includes(config.enableServerSideApply as boolean | string)
}

/** A field that somebody else owns, as the API server writes it. */
interface Conflict {
  manager: string
  path: string
}

/** The API server's refusal of an apply that changes what others own, or undefined. */
export function fieldConflict (draft: Draft, view: ClusterView): Failure | undefined {
  if ((draft.previous === undefined && !isPatch(draft.type)) || forces(draft)) return undefined
  const conflicts = [...ofObjects(draft, view), ...ofScaler(draft, view)]
  if (conflicts.length === 0) return undefined
  const manager = stringAt(objectAt(draft.inputs, 'metadata.annotations'), 'pulumi.com/patchFieldManager') ??
    `pulumi-kubernetes-${draft.make.hex(8, 'field-manager')}`
  return {
    status: 409,
    code: 'Conflict',
    message: `server-side apply field conflict detected, see ${guide} for troubleshooting help\nThe ` +
      `resource managed by field manager "${manager}" had an apply conflict: ${words(conflicts)}`
  }
}

function words (conflicts: readonly Conflict[]): string {
  const [first] = conflicts
  if (conflicts.length === 1 && first) {
    return `Apply failed with 1 conflict: conflict with ${first.manager}: ${first.path}`
  }
  const managers = [...new Set(conflicts.map(({ manager }) => manager))].sort()
  const lines = managers.flatMap((manager) => [
    `conflicts with ${manager}:`,
    ...conflicts.filter((one) => one.manager === manager).map(({ path }) => `- ${path}`)
  ])
  return `Apply failed with ${conflicts.length} conflicts: ${lines.join('\n')}`
}

/** Fields of the same object that other resources, of this stack or another, own. */
function ofObjects (draft: Draft, view: ClusterView): Conflict[] {
  const own = objectType(draft.type)
  const manager = `"pulumi-kubernetes" using ${stringAt(draft.inputs, 'apiVersion') ?? ''}`
  return [own, `${own}Patch`].flatMap((type) =>
    view.of(type).filter(({ record }) => record.id === draft.id && record.token !== draft.urn)
  ).flatMap(({ object }) => differing(draft.inputs, object, '').map((path): Conflict => ({ manager, path })))
}

/** Parts of an object that everybody names, and that nobody owns alone. */
const shared = /^\.(apiVersion|kind|metadata\.(name|namespace|annotations\.pulumi\.com.*))$/

/** Paths of the values that two objects both give, and differently. */
function differing (mine: WireObject, theirs: WireObject, place: string): string[] {
  return Object.entries(mine).flatMap(([key, value]) => {
    const path = `${place}.${key}`
    const other: WireValue | undefined = theirs[key]
    if (other === undefined || shared.test(path)) return []
    if (isObject(value) && isObject(other)) return differing(value, other, path)
    return equal(value, other) ? [] : [path]
  })
}

/**
 * Replicas that an autoscaler has set: it owns them once they were outside of its bounds. What load
 * makes of them is not known.
 */
function ofScaler (draft: Draft, view: ClusterView): Conflict[] {
  const before = numberAt(draft.previous, 'spec.replicas', 1)
  const wanted = valueAt(draft.inputs, 'spec.replicas')
  if (!scaled.has(kindOf(draft.type)) || typeof wanted !== 'number') return []
  return view.of(scalerType).filter(({ record, object }) =>
    record.id.startsWith(`${namespaceOf(draft) ?? 'default'}/`) &&
    stringAt(object, 'spec.scaleTargetRef.kind') === kindOf(draft.type) &&
    stringAt(object, 'spec.scaleTargetRef.name') === draft.name
  ).flatMap(({ object }) => {
    const least = numberAt(object, 'spec.minReplicas', 1)
    const live = Math.min(Math.max(before, least), numberAt(object, 'spec.maxReplicas', least))
    return live === before || live === wanted ? [] : [{
      manager: `"kube-controller-manager" with subresource "scale" using ${
        stringAt(draft.inputs, 'apiVersion') ?? ''
      }`,
      path: '.spec.replicas'
    }]
  })
}
