/**
 * Data table: which variables of the service's environment each kind of child process gets. What is
 * not named here, no child gets: the service's secrets are in its environment.
 */

/** Kinds of child processes. */
export type ChildKind = 'postgres' | 'unit-host' | 'live-unit-host' | 'pulumi'

/** Names or beginnings (with `*`) of variables, and why a child needs them. */
interface Allowed {
  readonly names: readonly string[]
  readonly why: string
}

const system: Allowed = {
  names: [
    'PATH',
    'HOME',
    'USER',
    'LOGNAME',
    'SHELL',
    'TMPDIR',
    'TMP',
    'TEMP',
    'TZ',
    'LANG',
    'LC_*',
    'SystemRoot',
    'SystemDrive',
    'windir',
    'ComSpec',
    'PATHEXT',
    'APPDATA',
    'LOCALAPPDATA',
    'USERPROFILE',
    'ProgramData',
    'ProgramFiles*'
  ],
  why: 'finds programs, the home and the temporary folder, and shows time and text'
}
const libraries: Allowed = {
  names: ['LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH', 'ICU_DATA'],
  why: 'finds the libraries that a program is linked to'
}
const node: Allowed = {
  names: [
    'NODE_OPTIONS',
    'NODE_PATH',
    'NODE_EXTRA_CA_CERTS',
    'NODE_V8_COVERAGE',
    'NODE_COMPILE_CACHE',
    'NO_COLOR'
  ],
  why: 'starts Node as the service was started'
}
const network: Allowed = {
  names: [
    'HTTP_PROXY',
    'HTTPS_PROXY',
    'NO_PROXY',
    'ALL_PROXY',
    'http_proxy',
    'https_proxy',
    'no_proxy',
    'all_proxy',
    'SSL_CERT_FILE',
    'SSL_CERT_DIR'
  ],
  why: 'reaches the clouds and downloads plugins where there is a proxy or an authority of its own'
}
const cli: Allowed = {
  names: ['PULUMI_*', 'XDG_*'],
  why: "are the Pulumi CLI's own settings: its home, its plugins, its access token"
}
const clouds: Allowed = {
  names: [
    'AWS_*',
    'AZURE_*',
    'AAD_*',
    'ARM_*',
    'GOOGLE_*',
    'GCLOUD_*',
    'CLOUDSDK_*',
    'GCE_METADATA_*',
    'IDENTITY_ENDPOINT',
    'IDENTITY_HEADER',
    'MSI_ENDPOINT',
    'MSI_SECRET',
    'ACTIONS_ID_TOKEN_REQUEST_*',
    'KUBECONFIG',
    'KUBERNETES_SERVICE_*',
    'VAULT_*'
  ],
  why: 'are credentials of the clouds, of the state backend and of the secrets provider'
}

/** The variables of each kind. */
export const childEnvironments: Readonly<Record<ChildKind, readonly Allowed[]>> = {
  postgres: [system, libraries],
  'unit-host': [system, libraries, node, network, cli],
  'live-unit-host': [system, libraries, node, network, cli, clouds],
  pulumi: [system, libraries, node, network, cli, clouds]
}

/** Variables of this process that are no business of any child, whatever a beginning allows. */
const never = /^PULUMI_CONFIG_PASSPHRASE/

/** Says whether a kind of child gets a variable. Names on Windows have no case. */
export function isAllowed (kind: ChildKind, name: string): boolean {
  const fits = (pattern: string): boolean =>
    pattern.endsWith('*')
      ? name.toLowerCase().startsWith(pattern.slice(0, -1).toLowerCase())
      : name.toLowerCase() === pattern.toLowerCase()
  return !never.test(name) && childEnvironments[kind].some(({ names }) => names.some(fits))
}

/** The environment of a child. */
export function childEnvironment (
  kind: ChildKind,
  environment: NodeJS.ProcessEnv = process.env
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      value !== undefined && isAllowed(kind, name) ? [[name, value]] : []
    )
  )
}

/**
 * What a library that adds the whole environment by itself is given, so that a child has only its
 * own: variables that are undefined are not passed on.
 */
export function withoutOthers (
  kind: ChildKind,
  environment: NodeJS.ProcessEnv = process.env
): Record<string, undefined> {
  return Object.fromEntries(
    Object.keys(environment).filter((name) => !isAllowed(kind, name)).map((name) => [name, undefined])
  )
}
