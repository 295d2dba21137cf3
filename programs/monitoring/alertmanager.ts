/** The hub's Alertmanager, and the routes that say who hears of which alert. */
import * as kubernetes from '@pulumi/kubernetes'
import { all, type CustomResourceOptions, type Output, output, secret } from '@pulumi/pulumi'
import { charts } from '../kubernetes/charts.ts'
import { secretLabels } from '../kubernetes/objects.ts'
import { helmRelease } from '../kubernetes/release.ts'
import { type Federation, type UnitContext } from '../types.ts'
import { watchdogAlert } from './federation-alerts.ts'
import { monitoringNamespace } from './hub.ts'
import { hubVolumes, storageSize } from './volumes.ts'

const configurationFolder = '/etc/alertmanager'

/** Receivers that hear of alerts. */
type ReceiverName = Exclude<keyof Federation['monitoring']['receivers'], 'watchdog'>

function receiverNames (federation: Federation): ReceiverName[] {
  const { receivers } = federation.monitoring
  return (['pagerduty', 'slack', 'email'] as const).filter((name) => receivers[name] !== undefined)
}

/**
 * Route and receiver of the alert that always fires. Whoever is called stays quiet as long as the
 * calls come: it has to be outside of everything that may be lost here.
 */
function watchdogOf (federation: Federation): { routes: object[], receivers: object[] } {
  if (federation.monitoring.receivers.watchdog === undefined) return { routes: [], receivers: [] }
  const name = 'watchdog'
  return {
    routes: [{
      receiver: name,
      matchers: [`alertname="${watchdogAlert}"`],
      group_wait: '0s',
      group_interval: '1m',
      // Called each minute: services of this kind take a minute for their shortest period.
      repeat_interval: '1m'
    }],
    receivers: [{
      name,
      webhook_configs: [{ url_file: `${configurationFolder}/${name}`, send_resolved: false }]
    }]
  }
}

/** Settings of each receiver. Keys stay in files of their own; see `alertmanagerConfiguration`. */
function receiverSettings (
  federation: Federation,
  email: string | undefined
): Record<ReceiverName, Record<string, unknown>> {
  return {
    slack: {
      slack_configs: [{
        api_url_file: `${configurationFolder}/slack`,
        send_resolved: true,
        channel: `#${federation.name}-alerts`,
        title: '{{ .CommonAnnotations.summary }}',
        text: '{{ range .Alerts }}{{ .Labels.cluster }}: {{ .Annotations.description }} ' +
          '{{ .Annotations.runbook_url }}\n{{ end }}'
      }]
    },
    pagerduty: {
      pagerduty_configs: [{
        routing_key_file: `${configurationFolder}/pagerduty`,
        send_resolved: true,
        severity: '{{ .CommonLabels.severity }}',
        description: '{{ .CommonAnnotations.summary }}'
      }]
    },
    email: {
      email_configs: [{
        to: email ?? '',
        send_resolved: true,
        headers: { subject: `[${federation.name}] {{ .CommonAnnotations.summary }}` }
      }]
    }
  }
}

/** Alerts that others say already. */
const inhibitRules = [
  {
    source_matchers: ['severity="critical"'],
    target_matchers: ['severity="warning"'],
    equal: ['cluster', 'alertname']
  },
  // Nothing can be said of a cluster that is silent.
  {
    source_matchers: ['alertname="ClusterSilent"'],
    target_matchers: ['severity="warning"'],
    equal: ['cluster']
  },
  // A lost primary needs no further word from each observer.
  {
    source_matchers: ['alertname="PrimaryLost"'],
    target_matchers: ['alertname="PrimaryUnreachable"'],
    equal: ['primary']
  },
  {
    source_matchers: ['alertname="PrimaryUnreachable"'],
    target_matchers: ['alertname="CrossClusterErrors"'],
    equal: ['cluster']
  }
]

/**
 * Alertmanager's configuration. Critical alerts go to all receivers, warnings to all but the one
 * that wakes people. Keys stay in files of their own; only the e-mail address is in the text, since
 * Alertmanager reads it from nowhere else.
 */
export function alertmanagerConfiguration (
  federation: Federation,
  email: string | undefined
): Record<string, unknown> {
  const { zone } = federation.dns
  const { mail } = federation.monitoring
  const watchdog = watchdogOf(federation)
  const names = receiverNames(federation)
  const receivers = receiverSettings(federation, email)
  const awake = names.filter((name) => name !== 'pagerduty')
  // A route with `continue` hands the alert on to its siblings, so each receiver gets one of its
  // own.
  const routes = (severity: string, to: readonly ReceiverName[]) =>
    to.map((receiver) => ({ receiver, matchers: [`severity="${severity}"`], continue: true }))
  return {
    global: {
      resolve_timeout: '5m',
      smtp_smarthost: mail?.smarthost ?? `smtp-relay.${zone}:587`,
      smtp_from: mail?.from ?? `alerts@${zone}`,
      smtp_require_tls: true
    },
    route: {
      receiver: 'nobody',
      group_by: ['cluster', 'alertname'],
      // Ten seconds gather the alerts that one cause sets off; a failover has 90 s in all.
      group_wait: '10s',
      group_interval: '1m',
      repeat_interval: '4h',
      routes: [...watchdog.routes, ...routes('critical', names), ...routes('warning', awake)]
    },
    inhibit_rules: inhibitRules,
    receivers: [
      { name: 'nobody' },
      ...names.map((name) => ({ name, ...receivers[name] })),
      ...watchdog.receivers
    ]
  }
}

/** Registers the configuration as a Secret and Alertmanager with it. */
export function alertmanager (context: UnitContext, options: CustomResourceOptions): void {
  const { federation } = context
  const { receivers } = federation.monitoring
  const value = (name: keyof typeof receivers): Output<string | undefined> => {
    const named = receivers[name]
    return named === undefined ? output(undefined) : context.secret(named)
  }
  const files = all([value('slack'), value('pagerduty'), value('email'), value('watchdog')]).apply((
    [slack, pagerduty, email, watchdog]
  ) => ({
    // JSON is YAML.
    'alertmanager.yml': JSON.stringify(alertmanagerConfiguration(federation, email), null, 2),
    ...(slack !== undefined && { slack }),
    ...(pagerduty !== undefined && { pagerduty }),
    ...(watchdog !== undefined && { watchdog })
  }))
  const configuration = new kubernetes.core.v1.Secret('alertmanager-configuration', {
    metadata: {
      name: 'alertmanager-configuration',
      namespace: monitoringNamespace,
      labels: secretLabels(context, 'alertmanager')
    },
    type: 'Opaque',
    stringData: secret(files)
  }, options)
  helmRelease('alertmanager', {
    chart: charts.alertmanager,
    namespace: monitoringNamespace,
    values: {
      fullnameOverride: 'alertmanager',
      replicaCount: hubVolumes.alertmanager.count,
      config: { enabled: false },
      extraSecretMounts: [{
        name: 'configuration',
        secretName: configuration.metadata.name,
        mountPath: configurationFolder,
        readOnly: true
      }],
      podLabels: { 'sidecar.istio.io/inject': 'true' },
      persistence: { enabled: true, size: storageSize(hubVolumes.alertmanager) },
      podDisruptionBudget: { minAvailable: 1 },
      resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } }
    }
  }, { ...options, dependsOn: [configuration] })
}
