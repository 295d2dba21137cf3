/** Data table: mistakes in a federation file, a row each, with the problem that is found for it. */
import { here } from './nautilus.ts'

type Replacement = readonly [string, string]
/**
 * The fault, how the good file is broken (the mark is where the problem must point), and the
 * problem.
 */
type Case = readonly [
  title: string,
  replacements: readonly Replacement[],
  code: string,
  path: string,
  message: RegExp,
  expected: RegExp
]

const poolOfUsEast =
  '{ name: trading, instanceType: c6i.4xlarge, min: 3, max: 15, diskGb: 200, labels: { workload: trading } }'
const pairOfUsEast =
  '    - { primary: nautilus-primary-us-east, standby: nautilus-dr-us-west, failoverNodes: 6 }\n'

export const cases: readonly Case[] = [
  [
    'a webhook without an address',
    [[
      '# Wanted: all eight',
      `notifications:\n  - ${here}{ name: ops, kind: webhook, secret: told }\n# Wanted: all eight`
    ]],
    'FED_NOTIFICATION',
    'notifications[0].url',
    /url is missing/,
    /a webhook needs/
  ],
  [
    'an address of Slack in the file',
    [[
      '# Wanted: all eight',
      `notifications:\n  - { name: ops, kind: slack, secret: told, ${here}url: ` +
      `"https://hooks.slack.com/x" }\n# Wanted: all eight`
    ]],
    'FED_NOTIFICATION',
    'notifications[0].url',
    /no meaning for slack/,
    /the secret holds/
  ],
  [
    'a schedule that is no cron expression',
    [['cron: "0 6 1 * *"', `cron: ${here}"61 3 * * *"`]],
    'FED_SCHEDULE',
    'schedules[0].cron',
    /cannot be used/,
    /five fields/
  ],
  [
    'a schedule in a time zone that does not exist',
    [['cron: "0 6 1 * *"', `cron: "0 6 1 * *", timeZone: ${here}Europe/Atlantis`]],
    'FED_SCHEDULE',
    'schedules[0].timeZone',
    /no time zone/,
    /IANA/
  ],
  [
    'a bucket that keeps less than its backups',
    [['  backupRetentionDays: 30', `  backupRetentionDays: 30\n  backupBucketDays: ${here}29`]],
    'FED_BACKUP',
    'disasterRecovery.backupBucketDays',
    /29 days, and backups live 30/,
    /at least 30/
  ],
  [
    'backups that are gone before the next is made',
    [
      ['backupSchedule: "0 */6 * * *"', 'backupSchedule: "0 0 1 * *"'],
      ['  backupRetentionDays: 30', `  backupRetentionDays: ${here}30`]
    ],
    'FED_BACKUP',
    'disasterRecovery.backupRetentionDays',
    /live 30 days, and up to 31 pass/,
    /at least 31/
  ],
  [
    'a backup at a time that never comes',
    [['backupSchedule: "0 */6 * * *"', `backupSchedule: ${here}"0 0 31 2 *"`]],
    'FED_BACKUP',
    'disasterRecovery.backupSchedule',
    /never comes/,
    /five fields/
  ],
  [
    'a root that signs and that nobody trusts',
    [['  certificateYears: 10', `  certificateYears: 10\n  roots: { trusted: [1], signing: ${here}2 }`]],
    'FED_MESH_ROOT',
    'mesh.roots.signing',
    /root 2 signs/,
    /trusted lists/
  ],
  [
    'a drift check of a fresh world',
    [['operation: up, mode: live,', `operation: ${here}drift-check,`]],
    'FED_SCHEDULE',
    'schedules[0].operation',
    /holds nothing/,
    /mode: live/
  ],
  [
    'drift that is ignored for a cluster that does not exist',
    [[
      '# Wanted: all eight',
      `drift:\n  ignore:\n    - { type: "aws:*", cluster: ${here}nautilus-hub, reason: nobody minds }\n# ` +
      'Wanted: all eight'
    ]],
    'FED_UNKNOWN_CLUSTER',
    'drift.ignore[0].cluster',
    /no cluster nautilus-hub/,
    /nautilus-hub-us-west/
  ],
  [
    'drift that is ignored without a reason',
    [['# Wanted: all eight', `drift:\n  ignore:\n    - ${here}{ type: "aws:*" }\n# Wanted: all eight`]],
    'FED_MISSING_FIELD',
    'drift.ignore[0].reason',
    /reason is missing/,
    /why it is ignored/
  ],
  [
    'a window that says twice when it is open',
    [[
      '# Wanted: all eight',
      `maintenanceWindows:\n  - ${here}{ name: n, cron: "0 3 * * *", minutes: 60, from: "03:00", to: ` +
      `"04:00" }\n# Wanted: all eight`
    ]],
    'FED_WINDOW',
    'maintenanceWindows[0]',
    /says twice/,
    /cron and minutes, or from and to/
  ],
  [
    'a window that does not say when',
    [['# Wanted: all eight', `maintenanceWindows:\n  - ${here}{ name: n }\n# Wanted: all eight`]],
    'FED_WINDOW',
    'maintenanceWindows[0]',
    /does not say when/,
    /cron and minutes/
  ],
  [
    'a window without an end',
    [[
      '# Wanted: all eight',
      `maintenanceWindows:\n  - ${here}{ name: n, days: [mon], from: "03:00" }\n# Wanted: all eight`
    ]],
    'FED_WINDOW',
    'maintenanceWindows[0]',
    /to is missing/,
    /from and to/
  ],
  [
    'a window that never opens',
    [[
      '# Wanted: all eight',
      `maintenanceWindows:\n  - { name: n, cron: ${here}"0 3 31 2 *", minutes: 60 }\n# Wanted: all eight`
    ]],
    'FED_WINDOW',
    'maintenanceWindows[0].cron',
    /never comes/,
    /five fields/
  ],
  [
    'a window in a time zone that does not exist',
    [[
      '# Wanted: all eight',
      `maintenanceWindows:\n  - { name: n, from: "03:00", to: "04:00", timeZone: ${here}Mars/Olympus ` +
      `}\n# Wanted: all eight`
    ]],
    'FED_WINDOW',
    'maintenanceWindows[0].timeZone',
    /no time zone/,
    /IANA/
  ],
  [
    'a window for a cluster that does not exist',
    [[
      '# Wanted: all eight',
      `maintenanceWindows:\n  - { name: n, from: "03:00", to: "04:00", clusters: [${here}nautilus-hub] ` +
      `}\n# Wanted: all eight`
    ]],
    'FED_UNKNOWN_CLUSTER',
    'maintenanceWindows[0].clusters[0]',
    /no cluster nautilus-hub/,
    /nautilus-hub-us-west/
  ],
  [
    'a freeze that ends before it begins',
    [[
      '# Wanted: all eight',
      `freezes:\n  - { name: n, from: "2026-12-20T18:00", to: ${here}"2026-12-20", reason: the whole ` +
      `market is closed }\n# Wanted: all eight`
    ]],
    'FED_WINDOW',
    'freezes[0].to',
    /before it begins/,
    /after 2026-12-20T18:00/
  ],
  [
    'a freeze on a day that does not exist',
    [[
      '# Wanted: all eight',
      `freezes:\n  - { name: n, from: ${here}"2026-02-30", to: "2026-03-20", reason: the whole market is ` +
      `closed }\n# Wanted: all eight`
    ]],
    'FED_WINDOW',
    'freezes[0].from',
    /not a day/,
    /a day such as/
  ],
  [
    'two receivers of one name',
    [[
      '# Wanted: all eight',
      `notifications:\n  - { name: ops, kind: slack, secret: told }\n  - { name: ${here}ops, kind: ` +
      `pagerduty, secret: told }\n# Wanted: all eight`
    ]],
    'FED_DUPLICATE',
    'notifications[1].name',
    /ops is already that of notifications\[0\]/,
    /once/
  ],
  [
    'an unknown field',
    [['owner: trading-platform', `${here}ownr: trading-platform\nowner: trading-platform`]],
    'FED_UNKNOWN_FIELD',
    'ownr',
    /no field ownr.*did you mean owner/,
    /name, description, owner/
  ],
  [
    'a budget of a unit that does not exist',
    [['  monthly: 20000', `  monthly: 20000\n  perUnit:\n    ${here}infrastructure.nautilus-hub-eu: 900`]],
    'FED_UNKNOWN_UNIT',
    'budget.perUnit.infrastructure.nautilus-hub-eu',
    /no unit infrastructure\.nautilus-hub-eu.*did you mean/,
    /\{phase\}\.\{scope\}/
  ],
  [
    'a budget of a unit above the whole',
    [['  monthly: 20000', `  monthly: 20000\n  perUnit:\n    federation.global: ${here}20001`]],
    'FED_BUDGET_PART',
    'budget.perUnit.federation.global',
    /20001, is above/,
    /at most 20000/
  ],
  [
    'budgets of units that add up to more than the whole',
    [[
      '  monthly: 20000',
      `  monthly: 20000\n  ${here}perUnit: { federation.global: 15000, monitoring.global: 5001 }`
    ]],
    'FED_BUDGET_UNITS',
    'budget.perUnit',
    /add up to 20001/,
    /larger budget\.monthly/
  ],
  [
    'an unknown field deep down',
    [['min: 3, max: 15, diskGb: 200', `min: 3, max: 15, ${here}disk: 200`]],
    'FED_UNKNOWN_FIELD',
    'clusters[0].nodePools[0].disk',
    /no field disk here/,
    /diskGb/
  ],
  [
    'a field that is reserved',
    [['# Wanted: all eight', `${here}dataServices: []\n# Wanted: all eight`]],
    'FED_NOT_SUPPORTED',
    'dataServices',
    /dataServices is not supported yet/,
    /leave it out/
  ],
  [
    'a reserved field of a node pool',
    [['max: 15, diskGb: 200', `max: 15, ${here}gpu: 1, diskGb: 200`]],
    'FED_NOT_SUPPORTED',
    'clusters[0].nodePools[0].gpu',
    /GPUs/,
    /leave it out/
  ],
  [
    'a missing field',
    [['  provider: aws # Route 53\n', ''], ['dns:\n  zone', `${here}dns:\n  zone`]],
    'FED_MISSING_FIELD',
    'dns.provider',
    /provider is missing/,
    /one of aws, gcp, azure/
  ],
  [
    'a value of the wrong type',
    [['dnsTtlSeconds: 60', `dnsTtlSeconds: ${here}sixty`]],
    'FED_TYPE',
    'disasterRecovery.dnsTtlSeconds',
    /"sixty" is of the wrong type/,
    /whole number/
  ],
  [
    'a Kubernetes version without quotes',
    [['kubernetesVersion: "1.35"', `kubernetesVersion: ${here}1.35`]],
    'FED_TYPE',
    'kubernetesVersion',
    /1\.35 is of the wrong type/,
    /in quotes/
  ],
  [
    'a Kubernetes version of another form',
    [['kubernetesVersion: "1.35"', `kubernetesVersion: ${here}"v1.35.2"`]],
    'FED_VALUE',
    'kubernetesVersion',
    /not allowed/,
    /minor version in quotes/
  ],
  [
    'a role that does not exist',
    [['role: analytics', `role: ${here}analytic`]],
    'FED_VALUE',
    'clusters[9].role',
    /"analytic" is not allowed/,
    /primary, hub, dr, analytics/
  ],
  [
    'a cluster name with upper case letters',
    [['- name: nautilus-analytics-us', `- name: ${here}Nautilus-Analytics`]],
    'FED_NAME',
    'clusters[9].name',
    /"Nautilus-Analytics"/,
    /lower case/
  ],
  [
    'a federation name with -- and secrets',
    [['name: nautilus\n', `name: ${here}nautilus--west\n`]],
    'FED_NAME',
    'name',
    /"nautilus--west"/,
    /a name without --/
  ],
  [
    'a cluster name that is a scope',
    [['- name: nautilus-analytics-us', `- name: ${here}global`]],
    'FED_NAME_RESERVED',
    'clusters[9].name',
    /"global" is taken/,
    /another name/
  ],
  [
    "a cluster name that is a platform's",
    [['- name: nautilus-analytics-us', `- name: ${here}nautilus-platform`]],
    'FED_NAME_RESERVED',
    'clusters[9].name',
    /"nautilus-platform" is taken/,
    /does not end in -platform/
  ],
  [
    'an Azure cluster none of whose pools keeps a node',
    [[
      'nodePools:\n      - { name: hub, instanceType: Standard_D8s_v5, min: 2,',
      `${here}nodePools:\n      - { name: hub, instanceType: Standard_D8s_v5, min: 0,`
    ]],
    'FED_EMPTY_SYSTEM_POOL',
    'clusters[5].nodePools',
    /keeps a node/,
    /min of at least 1/
  ],
  [
    'a node pool name longer than AKS takes',
    [['name: batch,', `name: ${here}batch-processing,`]],
    'FED_NAME',
    'clusters[9].nodePools[0].name',
    /batch-processing/,
    /12 at most/
  ],
  [
    'two clusters of one name',
    [['- name: nautilus-analytics-us', `- name: ${here}nautilus-hub-us-west`]],
    'FED_DUPLICATE',
    'clusters[9].name',
    /already that of nautilus-hub-us-west/,
    /once/
  ],
  [
    'two clusters of one autonomous system number',
    [['asn: 64522', `asn: ${here}64513`]],
    'FED_DUPLICATE',
    'clusters[9].asn',
    /64513 is already that of nautilus-primary-us-east/,
    /once/
  ],
  [
    'a number outside the private ranges',
    [['asn: 64522', `asn: ${here}65535`]],
    'FED_ASN',
    'clusters[9].asn',
    /65535 is not a private/,
    /RFC 6996/
  ],
  [
    'a number that Azure keeps',
    [['asn: 64520', `asn: ${here}65515`]],
    'FED_ASN_RESERVED',
    'clusters[7].asn',
    /Azure keeps/,
    /65517/
  ],
  [
    'a region of another cloud',
    [['region: us-east-1', `region: ${here}europe-west1`]],
    'FED_REGION',
    'clusters[0].region',
    /aws has no region europe-west1: it is a region of gcp/,
    /region of aws/
  ],
  [
    'a mistyped region',
    [['region: us-east-1', `region: ${here}us-east1a`]],
    'FED_REGION',
    'clusters[0].region',
    /did you mean us-east-1/,
    /us-east-1/
  ],
  [
    'a region that is in none of the areas',
    [['region: us-central1', `region: ${here}southamerica-east1`]],
    'FED_AREA_NEEDED',
    'clusters[9].region',
    /southamerica-east1/,
    /area/
  ],
  [
    'a zone that is not of the region',
    [['region: us-central1', `region: us-central1\n    zones: [us-central1-a, ${here}us-west1-b]`]],
    'FED_ZONE',
    'clusters[9].zones[1]',
    /us-central1 has no zone us-west1-b/,
    /us-central1-a/
  ],
  [
    'min above max',
    [['min: 2, max: 20', `min: ${here}21, max: 20`]],
    'FED_MIN_ABOVE_MAX',
    'clusters[9].nodePools[0].min',
    /min 21 is above max 20/,
    /at most 20/
  ],
  [
    'desired outside min and max',
    [['min: 2, max: 20', `min: 2, max: 20, desired: ${here}1`]],
    'FED_DESIRED',
    'clusters[9].nodePools[0].desired',
    /desired 1/,
    /from 2 to 20/
  ],
  [
    'an instance type of another cloud',
    [['instanceType: Standard_F8s_v2', `instanceType: ${here}c6i.4xlarge`]],
    'FED_INSTANCE_TYPE',
    'clusters[2].nodePools[0].instanceType',
    /not an instance type of azure/,
    /Standard_/
  ],
  [
    'spot nodes in the system pool of AKS',
    [['instanceType: Standard_F8s_v2,', `instanceType: Standard_F8s_v2, spot: ${here}true,`]],
    'FED_SPOT_SYSTEM_POOL',
    'clusters[2].nodePools[0].spot',
    /trading/,
    /without spot/
  ],
  [
    'two node pools of one name',
    [[
      poolOfUsEast,
      `${poolOfUsEast}\n      - { name: ${here}trading, instanceType: c6i.large, min: 1, max: 2 }`
    ]],
    'FED_DUPLICATE',
    'clusters[0].nodePools[1].name',
    /trading/,
    /once/
  ],
  [
    'overlapping networks',
    [['cidr: 10.10.0.0/16', `cidr: ${here}10.9.128.0/17`]],
    'FED_CIDR_OVERLAP',
    'clusters[9].cidr',
    /10\.9\.128\.0\/17 overlaps 10\.9\.0\.0\/16 of nautilus-dr-asia-australia/,
    /apart/
  ],
  [
    'a network in the range of pods',
    [['  pods: 100.64.0.0/10', '  pods: 10.64.0.0/10'], ['cidr: 10.10.0.0/16', `cidr: ${here}10.70.0.0/16`]],
    'FED_CIDR_OVERLAP',
    'clusters[9].cidr',
    /ranges\.pods/,
    /apart/
  ],
  [
    'an address block with a number above 255',
    [['cidr: 10.10.0.0/16', `cidr: ${here}10.256.0.0/16`]],
    'FED_CIDR',
    'clusters[9].cidr',
    /not an IPv4/,
    /0 to 255/
  ],
  [
    'an address block with host bits',
    [['cidr: 10.10.0.0/16', `cidr: ${here}10.10.1.0/16`]],
    'FED_CIDR_HOST_BITS',
    'clusters[9].cidr',
    /10\.10\.1\.0\/16/,
    /10\.10\.0\.0\/16/
  ],
  [
    'a public network',
    [['cidr: 10.10.0.0/16', `cidr: ${here}11.10.0.0/16`]],
    'FED_CIDR_NOT_PRIVATE',
    'clusters[9].cidr',
    /private/,
    /10\.0\.0\.0\/8/
  ],
  [
    'too small a network',
    [['cidr: 10.10.0.0/16', `cidr: ${here}10.10.0.0/24`]],
    'FED_CIDR_SIZE',
    'clusters[9].cidr',
    /wrong size for gcp/,
    /\/20/
  ],
  [
    'a network that AWS has no VPC for',
    [['cidr: 10.1.0.0/16', `cidr: ${here}10.128.0.0/14`]],
    'FED_CIDR_SIZE',
    'clusters[0].cidr',
    /wrong size for aws/,
    /\/16/
  ],
  [
    "a network over Docker's bridge",
    [['cidr: 10.10.0.0/16', `cidr: ${here}172.17.0.0/16`]],
    'FED_CIDR_RESERVED',
    'clusters[9].cidr',
    /Docker/,
    /apart/
  ],
  [
    'too small a pool for ten clusters',
    [['pods: 100.64.0.0/10', `pods: ${here}100.64.0.0/13`]],
    'FED_RANGE_FULL',
    'ranges.pods',
    /10 pods ranges are needed and 8 fit/,
    /larger/
  ],
  [
    'a link to an unknown cluster',
    [['to: nautilus-primary-eu-west, kind', `to: ${here}nautilus-primary-eu-wset, kind`]],
    'FED_UNKNOWN_CLUSTER',
    'links[0].to',
    /did you mean nautilus-primary-eu-west/,
    /nautilus-hub-us-west/
  ],
  [
    'a link to itself',
    [['to: nautilus-primary-eu-west, kind', `to: ${here}nautilus-primary-us-east, kind`]],
    'FED_LINK_SELF',
    'links[0].to',
    /itself/,
    /two clusters/
  ],
  [
    'a link that is there twice',
    [[
      '  - { from: nautilus-primary-eu-west, to: nautilus-primary-asia-northeast',
      `  - ${here}{ from: nautilus-primary-eu-west, to: nautilus-primary-us-east`
    ]],
    'FED_DUPLICATE',
    'links[1]',
    /links\[0\]/,
    /once/
  ],
  [
    'a vpn inside one cloud',
    [['to: nautilus-primary-eu-west, kind: vpn', `to: nautilus-hub-us-west, kind: ${here}vpn`]],
    'FED_LINK_KIND',
    'links[0].kind',
    /both clusters are in aws/,
    /peered anyway/
  ],
  [
    'a link of the mesh inside one cloud',
    [['to: nautilus-primary-eu-west, kind: vpn', `to: nautilus-hub-us-west, kind: ${here}mesh`]],
    'FED_LINK_KIND',
    'links[0].kind',
    /a link of kind mesh joins clouds, but both clusters are in aws/,
    /another cloud/
  ],
  [
    'a vpn of clouds that the mesh does not join, where it joins others',
    [
      ['to: nautilus-primary-eu-west, kind: vpn', 'to: nautilus-primary-eu-west, kind: mesh'],
      ['to: nautilus-primary-us-east, kind: vpn', 'to: nautilus-primary-us-east, kind: mesh'],
      [
        'to: nautilus-primary-asia-northeast, kind: vpn',
        `to: nautilus-primary-asia-northeast, kind: ${here}vpn`
      ]
    ],
    'FED_LINK_MIXED',
    'links[1].kind',
    /no link of kind mesh joins gcp and azure/,
    /a link of kind mesh between gcp and azure/
  ],
  [
    'a peering between clouds',
    [['to: nautilus-primary-eu-west, kind: vpn', `to: nautilus-primary-eu-west, kind: ${here}peering`]],
    'FED_LINK_KIND',
    'links[0].kind',
    /aws and gcp/,
    /vpn or kind: mesh/
  ],
  [
    'an interconnect inside one cloud',
    [['to: nautilus-primary-eu-west, kind: vpn', `to: nautilus-hub-us-west, kind: ${here}interconnect`]],
    'FED_LINK_KIND',
    'links[0].kind',
    /both clusters are in aws/,
    /another cloud/
  ],
  [
    'an interconnect without a circuit',
    [['to: nautilus-primary-eu-west, kind: vpn', `to: nautilus-primary-eu-west, kind: ${here}interconnect`]],
    'FED_CIRCUIT',
    'links[0].kind',
    /needs a circuit/,
    /exchange and asn/
  ],
  [
    'a circuit of a vpn',
    [[
      'to: nautilus-primary-eu-west, kind: vpn, bandwidthGbps: 2.5',
      `to: nautilus-primary-eu-west, kind: vpn, bandwidthGbps: 2.5, ${here}circuit: { exchange: Equinix, ` +
      'asn: 65000 }'
    ]],
    'FED_CIRCUIT',
    'links[0].circuit',
    /kind interconnect/,
    /no circuit/
  ],
  [
    'a speed that no circuit has',
    [[
      'to: nautilus-primary-eu-west, kind: vpn, bandwidthGbps: 2.5',
      `to: nautilus-primary-eu-west, kind: interconnect, bandwidthGbps: ${here}2.5, circuit: { exchange: ` +
      'Equinix, asn: 65000 }'
    ]],
    'FED_CIRCUIT',
    'links[0].bandwidthGbps',
    /2\.5 Gbit\/s/,
    /2, 5, 10/
  ],
  [
    'a circuit that is joined with nothing at the AWS end',
    [[
      'to: nautilus-primary-eu-west, kind: vpn, bandwidthGbps: 2.5',
      `to: nautilus-primary-eu-west, kind: interconnect, bandwidthGbps: 10, ${here}circuit: { exchange: ` +
      'Equinix, asn: 65000, state: joined }'
    ]],
    'FED_CIRCUIT',
    'links[0].circuit',
    /no connections/,
    /circuit\.connections/
  ],
  [
    'a circuit that Azure cannot begin anywhere',
    [[
      'to: nautilus-primary-asia-northeast, kind: vpn, bandwidthGbps: 2.5',
      `to: nautilus-primary-asia-northeast, kind: interconnect, bandwidthGbps: 10, ${here}circuit: { ` +
      'exchange: Equinix, asn: 65000 }'
    ]],
    'FED_CIRCUIT',
    'links[1].circuit',
    /no peeringLocation/,
    /peeringLocation/
  ],
  [
    "a pair that breaks the file's own rule",
    [['cloud: aws\n    region: ap-southeast-2', 'cloud: azure\n    region: australiaeast'], [
      'instanceType: m6i.2xlarge',
      'instanceType: Standard_D8s_v5'
    ], ['standby: nautilus-dr-asia-australia', `standby: ${here}nautilus-dr-asia-australia`]],
    'FED_DR_CROSS_CLOUD',
    'disasterRecovery.pairs[2].standby',
    /both in azure, but crossCloud is required/,
    /another cloud/
  ],
  [
    'a pair in one region',
    [
      ['crossCloud: required', 'crossCloud: allowed'],
      ['cloud: gcp\n    region: us-west1', 'cloud: aws\n    region: us-east-1'],
      ['name: standby, instanceType: n2-standard-8', 'name: standby, instanceType: m6i.2xlarge'],
      ['standby: nautilus-dr-us-west', `standby: ${here}nautilus-dr-us-west`]
    ],
    'FED_DR_SAME_REGION',
    'disasterRecovery.pairs[0].standby',
    /both in us-east-1/,
    /another region/
  ],
  [
    'a pair with an unknown cluster',
    [['primary: nautilus-primary-us-east, standby', `primary: ${here}nautilus-primary, standby`]],
    'FED_UNKNOWN_CLUSTER',
    'disasterRecovery.pairs[0].primary',
    /no cluster nautilus-primary/,
    /nautilus-primary-us-east/
  ],
  [
    'a primary with two standbys',
    [['primary: nautilus-primary-eu-west, standby', `primary: ${here}nautilus-primary-us-east, standby`], [
      'us: [us]',
      'us: [us, eu]'
    ]],
    'FED_DUPLICATE',
    'disasterRecovery.pairs[1].primary',
    /pairs\[0\]/,
    /once/
  ],
  [
    'a pair whose primary is for analytics',
    [['primary: nautilus-primary-us-east, standby', `primary: ${here}nautilus-analytics-us, standby`], [
      'crossCloud: required',
      'crossCloud: allowed'
    ]],
    'FED_DR_ROLE',
    'disasterRecovery.pairs[0].primary',
    /analytics/,
    /primary or hub/
  ],
  [
    'more failover nodes than the standby may have',
    [[
      'standby: nautilus-dr-us-west, failoverNodes: 6',
      `standby: nautilus-dr-us-west, failoverNodes: ${here}7`
    ]],
    'FED_DR_NODES',
    'disasterRecovery.pairs[0].failoverNodes',
    /7 is above.*6/,
    /at most 6/
  ],
  [
    'a standby for nobody',
    [[pairOfUsEast, ''], ['- name: nautilus-dr-us-west', `- name: ${here}nautilus-dr-us-west`]],
    'FED_DR_UNPAIRED',
    'clusters[6].name',
    /stands by for no cluster/,
    /pair/
  ],
  [
    'objectives that detection alone misses',
    [['failureThreshold: 3', 'failureThreshold: 2'], ['rtoSeconds: 30', `rtoSeconds: ${here}9`]],
    'FED_DR_DETECTION',
    'disasterRecovery.rtoSeconds',
    /takes 10 s/,
    /probes/
  ],
  [
    'a failover by DNS that is too slow',
    [['globalFailoverSeconds: 90', `globalFailoverSeconds: ${here}60`]],
    'FED_DR_DNS',
    'disasterRecovery.globalFailoverSeconds',
    /Route 53 takes 88 s/,
    /dnsTtlSeconds of at most 31/
  ],
  [
    'a standby where the data may not be',
    [['us: [us]', 'us: [eu]'], ['standby: nautilus-dr-us-west', `standby: ${here}nautilus-dr-us-west`]],
    'FED_RESIDENCY',
    'disasterRecovery.pairs[0].standby',
    /data of us in us/,
    /residency/
  ],
  [
    'a secret that is not listed',
    [['slack: slack-webhook', `slack: ${here}slack-webhok`]],
    'FED_UNKNOWN_SECRET',
    'monitoring.receivers.slack',
    /did you mean slack-webhook/,
    /pagerduty-key/
  ],
  [
    'a weight of an unknown cluster',
    [['nautilus-hub-us-west: 50', `${here}nautilus-hub-us-wets: 50`]],
    'FED_UNKNOWN_CLUSTER',
    'dns.weights.nautilus-hub-us-wets',
    /nautilus-hub-us-wets/,
    /nautilus-hub-us-west/
  ],
  [
    'a monitoring hub that is no cluster',
    [['hub: nautilus-hub-us-west', `hub: ${here}nowhere`]],
    'FED_UNKNOWN_CLUSTER',
    'monitoring.hub',
    /nowhere/,
    /nautilus/
  ],
  [
    'a host outside of the zone',
    [['host: trade.nautilus', `host: ${here}trade.other`]],
    'FED_HOST',
    'dns.host',
    /not in the zone/,
    /nautilus\.example\.com/
  ],
  [
    'a health check interval that Route 53 has not',
    [['healthCheckIntervalSeconds: 10', `healthCheckIntervalSeconds: ${here}5`]],
    'FED_DNS_INTERVAL',
    'dns.healthCheckIntervalSeconds',
    /every 5 s/,
    /10 or 30/
  ],
  [
    'an expected latency above its target',
    [['expectedMilliseconds: 75', `expectedMilliseconds: ${here}85`]],
    'FED_LATENCY',
    'latencyTargets[1].expectedMilliseconds',
    /85 ms/,
    /80/
  ],
  [
    'bandwidths in the wrong order',
    [['minBandwidthGbps: 10', `minBandwidthGbps: ${here}30`]],
    'FED_BANDWIDTH',
    'capacity.minBandwidthGbps',
    /30 is above/,
    /25/
  ],
  [
    'a cloud without an account',
    [['  gcp:\n    project: nautilus-trading\n', ''], ['\naccounts:', `\n${here}accounts:`]],
    'FED_ACCOUNT_NEEDED',
    'accounts.gcp',
    /nautilus-primary-eu-west/,
    /accounts\.gcp/
  ],
  [
    'an access key in place of an account',
    [['accountId: "123456789012"', `accountId: ${here}AKIAIOSFODNN7EXAMPLE`]],
    'FED_KEY_IN_FILE',
    'accounts.aws.accountId',
    /looks like an AWS access key id$/,
    /no credentials in the file/
  ],
  [
    'a role that is none',
    [['accountId: "123456789012"', `accountId: "123456789012"\n    roleArn: ${here}windlass`]],
    'FED_VALUE',
    'accounts.aws.roleArn',
    /windlass/,
    /arn:aws:iam::/
  ],
  [
    'a service that is there twice',
    [['name: risk-engine, namespace', `name: ${here}matching-engine, namespace`]],
    'FED_DUPLICATE',
    'mesh.services[2].name',
    /trading\/matching-engine/,
    /once/
  ],
  [
    'a gate that needs more approvals than it has people',
    [[
      '# Wanted: all eight',
      `approvals:\n  gates:\n    - { phases: [mesh], people: [a], needed: ${here}2 }\n# Wanted: all eight`
    ]],
    'FED_APPROVAL_NEEDED',
    'approvals.gates[0].needed',
    /2 approvals are needed of 1 people/,
    /at most 1/
  ],
  [
    'two gates for a phase',
    [[
      '# Wanted: all eight',
      `approvals:\n  gates:\n    - { phases: [mesh], people: [a], operations: [up] }\n` +
      `    - { phases: [${here}mesh], people: [b], operations: [up] }\n# Wanted: all eight`
    ]],
    'FED_APPROVAL_TWICE',
    'approvals.gates[1].phases[0]',
    /mesh has a gate for up in mode live already: approvals\.gates\[0\]/,
    /one gate/
  ],
  [
    'an exception to a policy that the pack does not have',
    [['policy: kubernetes-non-root', `policy: ${here}kubernetes-no-root`]],
    'FED_UNKNOWN_POLICY',
    'policies.exceptions[0].policy',
    /did you mean kubernetes-non-root/,
    /policies\/README\.md/
  ],
  [
    'an exception until a day that the calendar does not have',
    [['expires: "2027-11-30"', `expires: ${here}"2027-11-31"`]],
    'FED_EXCEPTION_DATE',
    'policies.exceptions[0].expires',
    /2027-11-31 is not a day/,
    /2027-03-31/
  ],
  [
    'a key that is there twice',
    [['\nowner: trading-platform', `\nowner: trading-platform\n${here}owner: other`]],
    'FED_SYNTAX',
    '',
    /unique/,
    /each key once/
  ]
]
