/**
 * The program of Pulumi.yaml: runs one unit's program under the plain Pulumi CLI. The stack's name
 * names the unit; outputs of other units are read through stack references to their stacks in the
 * same backend, and the federation's secrets from the stack's configuration (`pulumi config set
 * --secret windlass:<name>`).
 */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import * as pulumi from '@pulumi/pulumi'
import { type PhaseName } from '../../contract/words.ts'
import { catalog } from '../../programs/catalog.ts'
import { type Federation, type Scope, type UnitContext, type UnitKind } from '../../programs/types.ts'
import { loadFederation } from '../federation/load.ts'
import { stackName } from '../plan/stack-name.ts'
import { project } from './project.ts'

interface Found {
  phase: PhaseName
  kind: UnitKind
  scope: Scope
}

function unitsOf (federation: Federation): Found[] {
  return catalog.flatMap((phase) =>
    phase.units.flatMap((kind) =>
      kind.scopes(federation).map((scope) => ({ phase: phase.name, kind, scope }))
    )
  )
}

function contextOf (federation: Federation, { phase, kind, scope }: Found): UnitContext {
  const config = new pulumi.Config(project)
  const references = new Map<string, pulumi.StackReference>()
  const allowed = new Set(
    kind.dependsOn(federation, scope).map((ref) => stackName(federation.name, ref.phase, ref.scope))
  )
  return {
    federation,
    scope,
    unit: `${phase}.${scope.name}`,
    attempt: randomUUID(),
    output<T> (ref: { phase: PhaseName, scope: string }, name: string): pulumi.Output<T> {
      const stack = stackName(federation.name, ref.phase, ref.scope)
      if (!allowed.has(stack)) {
        throw new RangeError(
          `unit ${phase}.${scope.name} reads ${stack} but does not list it among its dependencies`
        )
      }
      const reference = references.get(stack) ??
        new pulumi.StackReference(stack, { name: `organization/${project}/${stack}` })
      references.set(stack, reference)
      return reference.requireOutput(name) as pulumi.Output<T>
    },
    secret: (name) => config.requireSecret(name)
  }
}

async function runUnit (): Promise<Record<string, unknown>> {
  const stack = pulumi.getStack()
  const folder = new pulumi.Config(project).get('federations') ?? 'federations'
  const [name = ''] = stack.split('.')
  const result = await loadFederation(join(import.meta.dirname, '..', '..', folder, `${name}.yaml`))
  if ('errors' in result) {
    throw new Error(
      result.errors.map((error) => `${error.file}:${error.line}:${error.column} ${error.message}`).join('\n')
    )
  }
  const units = unitsOf(result.federation)
  const found = units.find((unit) => stackName(result.federation.name, unit.phase, unit.scope.name) === stack)
  if (!found) {
    throw new Error(
      `stack ${stack} is no unit of federation ${result.federation.name}: its stacks are named ` +
        '{federation}.{phase}.{scope}, for example ' +
        `${stackName(name, units[0]?.phase ?? 'prerequisites', units[0]?.scope.name ?? 'global')}`
    )
  }
  const { program } = await found.kind.load()
  return await program(contextOf(result.federation, found))
}

// The CLI's language host takes a program's exports as its outputs; a promise among them is an
// output as any other.
export default runUnit
