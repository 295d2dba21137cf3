/**
 * Runs one unit's program against the SDK's own mocks and tells what it registered: shape only; the
 * rehearsal engine and simulated clouds show that it deploys.
 */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import * as pulumi from '@pulumi/pulumi'
import { loadFederation } from '../../../automation/federation/load.ts'
import { unitId } from '../../../programs/scopes.ts'
import { type Federation, type Phase, type Scope, type UnitContext } from '../../../programs/types.ts'

/** A resource as it was registered: `custom` ones belong to a provider. */
export interface Registered {
  readonly type: string
  readonly name: string
  readonly inputs: Record<string, unknown>
  readonly custom: boolean
}
export interface UnitRun {
  readonly resources: Registered[]
  readonly outputs: Record<string, unknown>
  readonly secrets: string[]
}
/**
 * Outputs of units that a program may read: unit id -> name -> value. Values named in
 * `secretOutputs` come as secrets.
 */
export type Upstream = Record<string, Record<string, unknown>>

const root = join(dirname(fileURLToPath(import.meta.url)), '../../..')
const secretOutputs = new Set(['kubeconfig'])

/** The Nautilus federation from its file. */
export async function nautilus (): Promise<Federation> {
  const loaded = await loadFederation(join(root, 'federations/nautilus.yaml'))
  if ('errors' in loaded) throw new Error(loaded.errors.map((error) => error.message).join('\n'))
  return loaded.federation
}

/** The phase's scope of that name. */
export function scopeNamed (federation: Federation, phase: Phase, kind: Scope['kind'], name: string): Scope {
  const scope = phase.units.find((unit) => unit.scope === kind)?.scopes(federation).find((candidate) =>
    candidate.name === name
  )
  if (!scope) throw new Error(`phase ${phase.name} has no ${kind} ${name}`)
  return scope
}

/** What the providers would compute, as far as programs read it. */
function computed (args: pulumi.runtime.MockResourceArgs): Record<string, unknown> {
  const name = String(args.inputs['name'] ?? args.name)
  switch (args.type) {
    case 'aws:eks/cluster:Cluster':
      return {
        arn: `arn:aws:eks:us-east-1:123456789012:cluster/${name}`,
        endpoint: 'https://0123456789ABCDEF.gr7.us-east-1.eks.amazonaws.com',
        certificateAuthority: { data: 'Y2VydGlmaWNhdGU=' },
        identities: [{ oidcs: [{ issuer: 'https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF' }] }]
      }
    case 'gcp:container/cluster:Cluster':
      return { endpoint: '172.24.0.2', masterAuth: { clusterCaCertificate: 'Y2VydGlmaWNhdGU=' } }
    case 'gcp:compute/haVpnGateway:HaVpnGateway':
      return { vpnInterfaces: [{ id: 0, ipAddress: '35.242.0.1' }, { id: 1, ipAddress: '35.220.0.1' }] }
    case 'gcp:serviceaccount/account:Account':
      return {
        email: `${name}@nautilus-trading.iam.gserviceaccount.com`,
        member: `serviceAccount:${name}@nautilus-trading.iam.gserviceaccount.com`
      }
    case 'azure-native:containerservice:ManagedCluster':
      return {
        privateFQDN: `${name}.privatelink.japaneast.azmk8s.io`,
        oidcIssuerProfile: { enabled: true, issuerURL: 'https://japaneast.oic.prod-aks.azure.com/t/i/' }
      }
    case 'azure-native:keyvault:Key':
      return {
        keyUri: 'https://kv-primary-asia-01234567.vault.azure.net/keys/cluster',
        keyUriWithVersion: 'https://kv-primary-asia-01234567.vault.azure.net/keys/cluster/0123456789abcdef'
      }
    case 'azure-native:network:ExpressRouteCircuit':
      return { serviceKey: 'a service key' }
    case 'gcp:compute/interconnectAttachment:InterconnectAttachment':
      return { pairingKey: `pairing key of ${name}` }
    case 'azure-native:network:PublicIPAddress':
      return { ipAddress: '20.0.0.1' }
    case 'aws:ec2/vpnConnection:VpnConnection':
      return { tunnel1Address: `52.0.0.${args.name.at(-1)}`, tunnel2Address: `52.0.1.${args.name.at(-1)}` }
    case 'aws:ec2transitgateway/transitGateway:TransitGateway':
      return { associationDefaultRouteTableId: 'tgw-rtb-0123456789abcdef0' }
    case 'gcp:logging/projectSink:ProjectSink':
      return { writerIdentity: 'serviceAccount:service-987654321098@gcp-sa-logging.iam.gserviceaccount.com' }
    case 'random:index/randomPassword:RandomPassword':
      return { result: 'x'.repeat(Number(args.inputs['length'])) }
    case 'random:index/randomId:RandomId':
      return { hex: '01234567' }
    case 'aws:ec2/launchTemplate:LaunchTemplate':
      return { latestVersion: 1 }
    case 'azure-native:resources:ResourceGroup':
      return { name: args.inputs['resourceGroupName'] }
    case 'azure-native:dns:Zone':
      return { name: args.inputs['zoneName'], nameServers: ['ns1-01.azure-dns.com.'] }
    case 'azure-native:storage:StorageAccount':
      return { name: args.inputs['accountName'] }
    case 'azure-native:storage:BlobContainer':
      return { name: args.inputs['containerName'] }
    case 'aws:kms/key:Key':
      return { keyId: '01234567-89ab-cdef-0123-456789abcdef' }
    case 'aws:ecr/repository:Repository':
      return { repositoryUrl: `123456789012.dkr.ecr.us-east-1.amazonaws.com/${name}` }
    case 'azure-native:containerregistry:Registry':
      return { loginServer: 'nautilus.azurecr.io' }
    case 'aws:route53/zone:Zone':
      return { zoneId: 'Z0123456789', nameServers: ['ns-1.awsdns-01.com'] }
    case 'kubernetes:core/v1:Secret':
      return args.inputs['type'] === 'kubernetes.io/service-account-token'
        ? { data: { token: 'dG9rZW4=', 'ca.crt': 'Y2E=' } }
        : {}
    case 'kubernetes:core/v1:Service':
      return { status: { loadBalancer: { ingress: [{ ip: '10.0.0.10' }] } } }
    case 'tls:index/privateKey:PrivateKey':
      return { privateKeyPem: pulumi.secret('a private key') }
    case 'tls:index/certRequest:CertRequest':
      return { certRequestPem: 'a request' }
    case 'tls:index/locallySignedCert:LocallySignedCert':
    case 'tls:index/selfSignedCert:SelfSignedCert':
      return {
        certPem: `certificate ${args.name}\n`,
        validityStartTime: '2026-01-01T00:00:00Z',
        validityEndTime: '2036-01-11T00:00:00Z'
      }
    default:
      return {}
  }
}

/** What most resources have. */
function common (args: pulumi.runtime.MockResourceArgs, id: string): Record<string, unknown> {
  return {
    arn: `arn:aws:mock:::${args.name}`,
    selfLink: `https://www.googleapis.com/compute/v1/${id}`,
    principalId: '11111111-2222-4333-8444-555555555555',
    clientId: '11111111-2222-4333-8444-666666666666'
  }
}

/** Quotas that any federation fits in, unless a test says otherwise. */
export type Quota = (code: string) => number

function answer (token: string, inputs: Record<string, unknown>, quota: Quota): Record<string, unknown> {
  switch (token) {
    case 'aws:index/getCallerIdentity:getCallerIdentity':
      return { accountId: '123456789012', arn: 'arn:aws:iam::123456789012:role/deployer', userId: 'AROA' }
    case 'aws:servicequotas/getServiceQuota:getServiceQuota':
      return { value: quota(String(inputs['quotaCode'])) }
    case 'gcp:organizations/getProject:getProject':
      return { number: '987654321098', projectId: inputs['projectId'] }
    case 'gcp:organizations/getClientOpenIdUserInfo:getClientOpenIdUserInfo':
      return { email: 'deployer@nautilus-trading.iam.gserviceaccount.com' }
    case 'gcp:cloudquota/getSQuotaInfo:getSQuotaInfo':
      return {
        dimensionsInfos: [{
          dimensions: {},
          applicableLocations: [],
          details: [{ value: String(quota(String(inputs['quotaId']))) }]
        }]
      }
    case 'azure-native:authorization:getClientConfig':
      return { clientId: 'c', objectId: 'o', subscriptionId: 's', tenantId: 't' }
    case 'azure-native:containerservice:listManagedClusterUserCredentials':
      return {
        kubeconfigs: [{
          name: 'clusterUser',
          value: Buffer.from(
            'apiVersion: v1\nkind: Config\nclusters:\n- cluster:\n    certificate-authority-data: ' +
              'Y2VydGlmaWNhdGU=\n'
          ).toString('base64')
        }]
      }
    // None runs yet.
    case 'aws:eks/getNodeGroups:getNodeGroups':
      return { names: [] }
    default:
      throw new Error(`the programs are not expected to invoke ${token}`)
  }
}

/** Runs the program of a phase for a scope. Rejects when the program or one of its outputs does. */
export async function runUnit (
  phase: Phase,
  federation: Federation,
  scope: Scope,
  upstream: Upstream = {},
  quota: Quota = () => 1_000_000
): Promise<UnitRun> {
  const kind = phase.units.find((unit) => unit.scope === scope.kind)
  if (!kind) throw new Error(`phase ${phase.name} has no ${scope.kind} units`)
  const unit = `${phase.name}.${scope.name}`
  const allowed = new Set(kind.dependsOn(federation, scope).map(unitId))
  const context: UnitContext = {
    federation,
    scope,
    unit,
    output: <T>(ref: { phase: string, scope: string }, name: string): pulumi.Output<T> => {
      const id = `${ref.phase}.${ref.scope}`
      if (!allowed.has(id)) throw new Error(`${unit} reads ${id}, on which it does not depend`)
      const value = upstream[id]?.[name]
      if (value === undefined) throw new Error(`the test gives no output ${name} of ${id}`)
      // What a unit handed on is plain data by then, for which unwrapping changes nothing.
      const output: pulumi.Output<unknown> = secretOutputs.has(name)
        ? pulumi.secret(value)
        : pulumi.output(value)
      return output as pulumi.Output<T>
    },
    secret: (name) => pulumi.secret(`value of ${name}`)
  }
  const resources: Registered[] = []
  await pulumi.runtime.setMocks(
    {
      newResource: (args) => {
        const custom = args.custom ?? true
        resources.push({ type: args.type, name: args.name, inputs: args.inputs, custom })
        const id = `${args.name}-id`
        return {
          id,
          state: {
            ...common(args, id),
            name: args.inputs['resourceName'] ?? args.name,
            ...args.inputs,
            ...computed(args)
          }
        }
      },
      call: (args) => answer(args.token, args.inputs, quota)
    },
    'windlass',
    `${federation.name}.${unit}`,
    false
  )
  const { program } = await kind.load()
  const outputs = await program(context)
  const secrets: string[] = []
  const resolved: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(outputs)) {
    const output = pulumi.Output.isInstance(value) ? value : pulumi.output(value)
    const [settled, isSecret] = await Promise.all([settledValue(output), pulumi.isSecret(output)])
    resolved[name] = settled
    if (isSecret) secrets.push(name)
  }
  await pulumi.runtime.disconnect()
  return { resources, outputs: resolved, secrets }
}

/**
 * `Output.promise` is internal in the SDK's types; an apply would neither run nor report when the
 * output fails.
 */
async function settledValue (output: pulumi.Output<unknown>): Promise<unknown> {
  if (!('promise' in output) || typeof output.promise !== 'function') {
    throw new Error("the SDK's outputs have no promise() any more")
  }
  // A failed output rejects each of these; the first rejection is the one to report.
  const parts = ['isKnown', 'allResources'].map((part) => {
    const value: unknown = Reflect.get(output, part)
    return typeof value === 'function' ? value.call(output) : value
  })
  const [settled] = await Promise.all([output.promise(), ...parts])
  return settled
}

/** Inputs of every registered resource of a type, by name. */
export function inputsOf (run: UnitRun, type: string): Record<string, Record<string, unknown>> {
  return Object.fromEntries(
    run.resources.filter((resource) => resource.type === type).map(({ name, inputs }) => [name, inputs])
  )
}

interface Finding {
  readonly type: string
  readonly path: string
  readonly what: string
}

/**
 * The checker of registered resources against the providers' schemas, which lies beside the
 * checkout on some machines; undefined elsewhere.
 */
export async function schemaValidator (): Promise<
  ((resources: readonly Registered[]) => Finding[]) | undefined
> {
  const file = join(root, '../shared/schemas/validate.mjs')
  if (!existsSync(file)) return undefined
  const { validateResources } = await import(pathToFileURL(file).href) as {
    validateResources: (resources: readonly object[]) => { findings: Finding[] }
  }
  return (resources) =>
    validateResources(resources.map((resource) => ({ ...resource, urn: resource.name }))).findings
}
