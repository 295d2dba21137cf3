import { type Grant } from '../../contract/access.ts'
import { lastPhase, modes, operations } from '../../contract/words.ts'

/** A grant in a few words: `operator of nautilus, phases 1 to 3`. Pure. */
export function grantText ({ role, federations, phases, modes: some, operations: acts }: Grant): string {
  return [
    `${role} of ${federations.includes('*') ? 'all federations' : federations.join(', ')}`,
    ...(phases.from === 1 && phases.to === lastPhase ? [] : [`phases ${phases.from} to ${phases.to}`]),
    ...(some.length === modes.length ? [] : [some.join()]),
    ...(acts.length === operations.length ? [] : [acts.join('/')])
  ].join(', ')
}
