/**
 * Classes of Ingresses: who serves one. An Ingress whose class nobody serves is accepted and never
 * gets an address. Pure.
 *
 * Sources: https://kubernetes.io/docs/concepts/services-networking/ingress/#ingress-class;
 * GKE, https://cloud.google.com/kubernetes-engine/docs/concepts/ingress (by annotation alone, and
 * all that name no class); AKS, https://learn.microsoft.com/azure/aks/app-routing; EKS, which
 * serves none by itself, https://docs.aws.amazon.com/eks/latest/userguide/alb-ingress.html; Istio,
 * https://istio.io/latest/docs/tasks/traffic-management/ingress/kubernetes-ingress/.
 */
import { type CloudQuery } from '../../store.ts'
import { type WireObject } from '../../wire.ts'
import { objectAt, plain, stringAt, valueAt } from '../wire-values.ts'
import { chartWorkloads } from './charts/workloads.ts'
import { type ClusterView } from './cluster-view.ts'
import { releaseType } from './object-names.ts'
import { endpointOf } from './objects-of.ts'

const classType = 'kubernetes:networking.k8s.io/v1:IngressClass'
const byAnnotation = 'kubernetes.io/ingress.class'
const byDefault = 'ingressclass.kubernetes.io/is-default-class'

const chartName = (release: WireObject): string =>
  (stringAt(release, 'chart') ?? '').replace(/\/+$/, '').split('/').at(-1) ?? ''

/** Classes of a chart: by the controller that they name, and those that it brings itself. */
interface Serving {
  controller: string
  /** Names that Ingresses may give in the annotation. */
  annotation: (values: WireObject) => string
  /** Class that the chart makes; undefined when it makes none. */
  brings: (values: WireObject) => string | undefined
}

const charts: Readonly<Record<string, Serving>> = {
  // aws/eks-charts 5239609 stable/aws-load-balancer-controller: values.yaml,
  // templates/ingressclass.yaml
  'aws-load-balancer-controller': {
    controller: 'ingress.k8s.aws/alb',
    annotation: (values) => stringAt(values, 'ingressClass') ?? 'alb',
    brings: (values) =>
      valueAt(values, 'createIngressClassResource') === false
        ? undefined
        : stringAt(values, 'ingressClass') ?? 'alb'
  },
  // istio/istio release-1.31, pilot/pkg/config/kube/ingress
  istiod: {
    controller: 'istio.io/ingress-controller',
    annotation: (values) => stringAt(values, 'meshConfig.ingressClass') ?? 'istio',
    brings: () => undefined
  }
}

/** Queries for all that decides who serves the Ingresses of a cluster. */
export function ingressQueries (account: string): CloudQuery[] {
  return [classType, releaseType].map((type) => ({ pkg: 'kubernetes', account, type }))
}

/** Classes of a cluster: the controller of each. */
function classesOf (view: ClusterView): Map<string, { controller: string, byDefault: boolean }> {
  const brought = view.of(releaseType).flatMap(({ object }) => {
    const serving = charts[chartName(object)]
    const name = serving?.brings(objectAt(object, 'values'))
    return serving && name !== undefined
      ? [[name, { controller: serving.controller, byDefault: false }] as const]
      : []
  })
  const made = view.of(classType).map(({ record, object }) =>
    [record.name, {
      controller: stringAt(object, 'spec.controller') ?? '',
      byDefault: objectAt(object, 'metadata.annotations')[byDefault] === 'true'
    }] as const
  )
  return new Map([...brought, ...appRouting(view), ...made])
}

/** Class of AKS' own controller, where it is switched on. */
function appRouting (view: ClusterView): [string, { controller: string, byDefault: boolean }][] {
  const cluster = view.world.of('azure-native:containerservice:ManagedCluster').find((record) =>
    endpointOf(record) === view.account
  )
  const name = 'webapprouting.kubernetes.azure.com'
  return cluster && valueAt(plain(cluster.inputs), 'ingressProfile.webAppRouting.enabled') === true
    ? [[name, { controller: `${name}/nginx`, byDefault: false }]]
    : []
}

/** Tells if an Ingress gets an address; undefined where a chart without a row may serve it. */
export function isServed (ingress: WireObject, view: ClusterView): boolean | undefined {
  const releases = view.of(releaseType)
  const unknown = releases.some(({ record, object }) => chartWorkloads(object, record.name) === undefined)
  const otherwise = unknown ? undefined : false
  const classes = classesOf(view)
  const named = stringAt(ingress, 'spec.ingressClassName')
  const noted = objectAt(ingress, 'metadata.annotations')[byAnnotation]
  if (named === undefined && typeof noted === 'string') {
    if (view.cloud === 'gcp' && (noted === 'gce' || noted === 'gce-internal')) return true
    return releases.some(({ object }) =>
      charts[chartName(object)]?.annotation(objectAt(object, 'values')) === noted
    ) || otherwise
  }
  const found = named === undefined
    ? [...classes.values()].find((one) => one.byDefault)
    : classes.get(named)
  if (!found) return named === undefined && view.cloud === 'gcp' ? true : otherwise
  return appRouting(view).some(([, one]) => one.controller === found.controller) ||
    releases.some(({ object }) => charts[chartName(object)]?.controller === found.controller) || otherwise
}
