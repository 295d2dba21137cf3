/** The simulated `kubernetes` package: the API servers of the clusters that exist in the world. */
import type { FaultCloud, FaultOperation } from '../../../contract/words.ts'
import { ProviderError, Status } from '../../provider.ts'
import { type CloudQuery, type CloudRecord } from '../../store.ts'
import { unknownValue, type WireObject } from '../../wire.ts'
import { type Failure, type Instance } from '../draft.ts'
import { apiRuleType, operatorRefusal } from '../network/operators.ts'
import { isPrivate } from '../network/ranges.ts'
import { type PackageModel } from '../package-model.ts'
import { tokenParts } from '../tokens.ts'
import { equal, stringAt } from '../wire-values.ts'
import { callerOf } from './callers.ts'
import { clusterQuery, kubernetesIdentities } from './identities.ts'
import { activeCluster, activeContext, authorityIn, serverOf } from './kubeconfig.ts'
import { objectId, objectName, releaseType } from './object-names.ts'
import { endpointOf } from './objects-of.ts'
import { objectModel } from './objects.ts'
import { release } from './releases.ts'
import { replacesObject } from './replacing.ts'
import { authorityOf } from './service-account-token.ts'
import { statusOfReason } from './status-reasons.ts'
import { unjudged } from './unjudged.ts'
import { atOnce } from './waiting.ts'

const past: Record<FaultOperation, string> = {
  create: 'created',
  update: 'updated',
  delete: 'deleted',
  read: 'read'
}

function configure (config: WireObject): Instance {
  if (config.kubeconfig === unknownValue) return { account: '', region: '', config, unknown: true }
  const account = serverOf(config) ?? ''
  const authority = authorityIn(config)
  const caller = callerOf(activeContext(config)?.user)
  return { account, region: regionOf(account), config, caller, ...(authority !== undefined && { authority }) }
}

/** Region in an API server's host name. Google's servers have addresses, which name none. */
function regionOf (endpoint: string): string {
  return /\.([a-z0-9-]+)\.eks\.amazonaws\.com$/.exec(endpoint)?.[1] ??
    /\.(?:hcp|privatelink)\.([a-z0-9]+)\.azmk8s\.io$/.exec(endpoint)?.[1] ?? ''
}

const hostingClouds: Record<string, FaultCloud> = { aws: 'aws', gcp: 'gcp', 'azure-native': 'azure' }

/** Cloud and region that an API server runs in; undefined for one that does not exist. */
async function hostOf (
  instance: Instance,
  find: (query: CloudQuery) => Promise<CloudRecord[]>
): Promise<{ cloud: FaultCloud, region: string } | undefined> {
  const records = await find({ any: clusterQuery(instance) })
  const cluster = records.find((record) => endpointOf(record) === instance.account)
  const cloud = cluster && hostingClouds[cluster.pkg]
  return cloud && { cloud, region: cluster.region }
}

function kubernetesError (
  failure: Failure,
  operation: FaultOperation,
  type: string,
  name: string
): ProviderError {
  if (type === releaseType) {
    return new ProviderError(
      `Helm release "${name}" was not successfully ${past[operation]}: ${failure.message} (${failure.code})`
    )
  }
  return new ProviderError(
    `resource ${name} was not successfully ${past[operation]} by the Kubernetes API server: ` +
      `${failure.message} (${failure.status} ${failure.code})`
  )
}

export const kubernetes: PackageModel = {
  pkg: 'kubernetes',
  cloud: 'kubernetes',
  models: { [releaseType]: release },
  modelOf: objectModel,
  atOnce,
  invokes: {},
  configure,
  checkConfig: (config) => {
    try {
      serverOf(config)
      return []
    } catch (error) {
      if (error instanceof ProviderError) return [{ property: 'kubeconfig', reason: error.message }]
      throw error
    }
  },
  // A provider of another cluster has other resources: the real provider replaces when the server
  // changes.
  replacingConfig: ['context', 'cluster'],
  // As the real provider (pulumi-kubernetes, provider.go, DiffConfig): when the kubeconfig's
  // context means another cluster, and also while that is not known yet.
  replacesConfigWhen: (olds, news) =>
    news.kubeconfig === unknownValue || !equal(activeCluster(olds), activeCluster(news))
      ? ['kubeconfig']
      : [],
  place: (_inputs, instance) => ({ account: instance.account, region: instance.region }),
  nameRule: objectName,
  id: objectId,
  unknown: unjudged,
  computed: (_draft, { kind }) =>
    kind === 'b' ? false : kind === 'i' ? 0 : kind === 's' ? '' : kind === 'l' ? [] : {},
  replaces: (path, type, facts, { config }, after) => replacesObject(path, type, facts, config, after),
  // A release is never deleted first (helm_release.go, Diff).
  deletesFirst: (named, type) => named && type !== releaseType,
  candidates: (value) => [value],
  hostOf,
  reachable: {
    looksAt: (instance, operators) => [
      ...clusterQuery(instance),
      ...(operators.some(isPrivate) && instance.account.endsWith('.eks.amazonaws.com')
        ? [{ pkg: 'aws', type: apiRuleType, region: instance.region }]
        : [])
    ],
    check: (instance, found, operators) => {
      if (instance.account === '') {
        throw new ProviderError(
          'configured Kubernetes cluster is unreachable: unable to load Kubernetes client configuration ' +
            'from kubeconfig file: invalid configuration: no configuration has been provided',
          { code: Status.Unavailable }
        )
      }
      const cluster = found.find((record) =>
        record.pkg !== 'kubernetes' && endpointOf(record) === instance.account
      )
      const shut = cluster && operatorRefusal(
        cluster,
        found.filter(({ type }) => type === apiRuleType),
        operators
      )
      if (cluster && shut && !shut.reached) {
        throw new ProviderError(
          'configured Kubernetes cluster is unreachable: unable to load schema information from the API ' +
            `server: Get "https://${instance.account}/openapi/v2?timeout=32s": dial tcp ` +
            `${instance.account}:443: i/o timeout (${shut.at}: ${shut.why})`,
          { code: Status.Unavailable }
        )
      }
      if (cluster && (instance.authority === undefined || instance.authority === authorityOf(cluster))) return
      if (cluster) {
        throw new ProviderError(
          'configured Kubernetes cluster is unreachable: unable to load schema information from the API ' +
            `server: Get "https://${instance.account}/openapi/v2?timeout=32s": tls: failed to verify ` +
            'certificate: x509: certificate signed by unknown authority',
          { code: Status.Unavailable }
        )
      }
      const host = instance.account.replace(/:\d+$/, '')
      const failure = /^[\d.]+$/.test(host)
        ? `dial tcp ${host}:443: i/o timeout`
        : `dial tcp: lookup ${host} on 10.0.0.2:53: no such host`
      throw new ProviderError(
        'configured Kubernetes cluster is unreachable: unable to load schema information from the API ' +
          `server: Get "https://${instance.account}/openapi/v2?timeout=32s": ${failure}`,
        { code: Status.Unavailable }
      )
    }
  },
  identities: kubernetesIdentities,
  fail: (failure, operation, type, name) => kubernetesError(failure, operation, type, name),
  failures: {
    statusOf: (code) => statusOfReason[code],
    invalid: (message) => ({
      status: 422,
      code: 'Invalid',
      message: `admission webhook denied the request: ${message}`
    }),
    denied: () => ({ status: 401, code: 'Unauthorized', message: 'Unauthorized' }),
    throttled: () => ({
      status: 429,
      code: 'TooManyRequests',
      message: 'the server has received too many requests and has asked us to try again later'
    }),
    overQuota: (_quota, _limit, _place, type) => ({
      status: 403,
      code: 'Forbidden',
      message: `${tokenParts(type).name.toLowerCase()}s is forbidden: exceeded quota: compute-resources, ` +
        `requested: count/${tokenParts(type).name.toLowerCase()}s=1, used: ` +
        `count/${tokenParts(type).name.toLowerCase()}s=100, limited: ` +
        `count/${tokenParts(type).name.toLowerCase()}s=100`
    }),
    inUse: (record, user) => ({
      status: 409,
      code: 'Conflict',
      message: `Operation cannot be fulfilled on ${record.id}: it is in use by ${user.id}`
    }),
    notFound: (value, types) => ({
      status: 404,
      code: 'NotFound',
      message: `${tokenParts(types[0] ?? '').name.toLowerCase()}s "${value.split('/').at(-1)}" not found`
    }),
    taken: (draft) => ({
      status: 409,
      code: 'AlreadyExists',
      message: `${tokenParts(draft.type).name.toLowerCase()}s ` +
        `"${stringAt(draft.inputs, 'metadata.name') ?? draft.name}" already exists`
    })
  }
}
