/** Kubernetes objects with this project's labels and conventions. */
import * as kubernetes from '@pulumi/kubernetes'
import { type CustomResourceOptions, type Input, type Inputs } from '@pulumi/pulumi'
import { type UnitContext } from '../types.ts'

/**
 * Labels of every object: who deployed it, and for what. Values are cut to the 63 characters that
 * labels may have.
 */
export function objectLabels (context: UnitContext, component: string): Record<string, string> {
  return {
    'app.kubernetes.io/managed-by': 'windlass',
    'app.kubernetes.io/part-of': context.federation.name.slice(0, 63),
    'app.kubernetes.io/component': component,
    'windlass.io/owner': context.federation.owner.replace(/[^A-Za-z0-9._-]+/g, '-').slice(0, 63)
  }
}

/**
 * Labels of a Secret: those of every object, and the one by which Velero leaves it out of backups
 * (https://velero.io/docs/main/resource-filtering/). The next up makes the Secret anew, and a backup
 * would carry it into the bucket of another cloud.
 */
export function secretLabels (context: UnitContext, component: string): Record<string, string> {
  return { ...objectLabels(context, component), 'velero.io/exclude-from-backup': 'true' }
}

/** Level of the Pod Security Standards that a namespace's pods are held to. */
export type PodSecurity = 'privileged' | 'baseline' | 'restricted'

/** A namespace of exactly this name. `labels` add to or override the conventions'. */
export function namespace (
  context: UnitContext,
  name: string,
  security: PodSecurity,
  labels: Record<string, Input<string>>,
  options: CustomResourceOptions
): kubernetes.core.v1.Namespace {
  return new kubernetes.core.v1.Namespace(name, {
    metadata: {
      name,
      labels: {
        ...objectLabels(context, 'namespace'),
        'pod-security.kubernetes.io/enforce': security,
        ...labels
      }
    }
  }, options)
}

/** The identity of a custom resource. */
export interface CustomKind {
  readonly apiVersion: string
  readonly kind: string
  /** Name of the object, and of the resource when `resourceName` is absent. */
  readonly name: string
  readonly namespace: Input<string>
  readonly labels?: Record<string, Input<string>>
  /** Name of the resource where it is not the object's. */
  readonly resourceName?: string
}

/** An object of a kind that a chart's CustomResourceDefinitions bring. */
export function customResource (
  context: UnitContext,
  { apiVersion, kind, name, namespace, labels, resourceName }: CustomKind,
  spec: Inputs,
  options: CustomResourceOptions
): kubernetes.apiextensions.CustomResource {
  return new kubernetes.apiextensions.CustomResource(resourceName ?? name, {
    apiVersion,
    kind,
    metadata: { name, namespace, labels: { ...objectLabels(context, kind.toLowerCase()), ...labels } },
    spec
  }, options)
}
