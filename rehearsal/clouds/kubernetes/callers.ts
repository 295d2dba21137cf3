/** Callers of API servers: a kubeconfig's user, or whoever its command gets a token for. */
import { type WireObject, type WireValue } from '../../wire.ts'
import { type Caller } from '../caller.ts'
import { isObject, stringAt, stringsAt, valuesAt } from '../wire-values.ts'

/** Value after a flag: `--role-arn ARN` or `--role-arn=ARN`. */
function flag (args: readonly string[], ...names: string[]): string | undefined {
  for (const [index, arg] of args.entries()) {
    for (const name of names) {
      if (arg === name) return args[index + 1]
      if (arg.startsWith(`${name}=`)) return arg.slice(name.length + 1)
    }
  }
  return undefined
}

/** Value of a variable that the kubeconfig gives its command. */
function variable (exec: WireObject, name: string): string | undefined {
  const found = valuesAt(exec, 'env[]').find((one) => stringAt(one, 'name') === name)
  return stringAt(found, 'value')
}

const failed = (command: string, why: string): Caller => ({
  kind: 'nobody',
  reason: `getting credentials: exec: executable ${command} failed with exit code 1 (${why})`
})

/** Ways of kubelogin that need no person, and whose identity each takes. */
function kubelogin (exec: WireObject, args: readonly string[]): Caller {
  const login = variable(exec, 'AAD_LOGIN_METHOD') ?? flag(args, '--login', '-l') ?? 'devicecode'
  const clientId = flag(args, '--client-id') ?? variable(exec, 'AZURE_CLIENT_ID')
  switch (login) {
    case 'azurecli':
    case 'azd':
    case 'msi':
      return { kind: 'base', cloud: 'azure' }
    case 'workloadidentity':
    case 'spn':
      return clientId === undefined
        ? { kind: 'base', cloud: 'azure' }
        : { kind: 'application', cloud: 'azure', clientId }
    case 'devicecode':
      return failed(
        'kubelogin',
        'To sign in, use a web browser to open the page ' +
          'https://microsoft.com/devicelogin and enter the code: nobody did'
      )
    default:
      return failed('kubelogin', `${login} needs a person`)
  }
}

function executed (exec: WireObject): Caller {
  const args = stringsAt(exec, 'args[]')
  const command = stringAt(exec, 'command') ?? ''
  switch (command.split('/').at(-1)) {
    case 'aws': {
      const arn = flag(args, '--role-arn')
      return arn === undefined
        ? { kind: 'base', cloud: 'aws' }
        : { kind: 'role', cloud: 'aws', arn, session: 'EKSGetTokenAuth' }
    }
    case 'gke-gcloud-auth-plugin': {
      const email = variable(exec, 'CLOUDSDK_AUTH_IMPERSONATE_SERVICE_ACCOUNT')
      return email === undefined
        ? { kind: 'base', cloud: 'gcp' }
        : { kind: 'service-account', cloud: 'gcp', email }
    }
    case 'kubelogin':
      return kubelogin(exec, args)
    default:
      return failed(command, 'its identity is not known here')
  }
}

/** Caller that a user of a kubeconfig is. */
export function callerOf (user: WireValue | undefined): Caller {
  if (!isObject(user)) return { kind: 'nobody', reason: 'the context names no user' }
  const token = stringAt(user, 'token')
  if (token !== undefined) return { kind: 'token', token }
  const certificate = stringAt(user, 'client-certificate-data')
  if (certificate !== undefined) return { kind: 'certificate', certificate }
  return isObject(user.exec) ? executed(user.exec) : { kind: 'nobody', reason: 'the user has no credentials' }
}
