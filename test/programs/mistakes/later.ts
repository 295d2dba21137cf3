/** Mistakes about what takes effect later, and about names that stay taken. */
import { changing, type Mistake } from './mistake.ts'

const [onGcp, onAzure] = ['nautilus-analytics-us', 'nautilus-hub-asia-southeast']

export const laterMistakes: readonly Mistake[] = [
  {
    name: 'a key ring that has the same name when it is made again',
    clusters: [onGcp],
    first: ['prerequisites.gcp'],
    unit: `prerequisites.${onGcp}`,
    again: true,
    transform: changing('gcp:kms/keyRing:KeyRing', (props) => ({ ...props, name: 'nautilus' })),
    refusal: /googleapi: Error 409: KeyRing projects\/\S+\/keyRings\/nautilus already exists\., alreadyExists/
  },
  {
    name: 'a vault that has the same name when it is made again',
    clusters: [onAzure],
    first: ['prerequisites.azure'],
    unit: `prerequisites.${onAzure}`,
    again: true,
    transform: changing('azure-native:keyvault:Vault', (props) => ({ ...props, vaultName: 'kv-nautilus' })),
    refusal: /Code="ConflictError" Message="A vault with the same name already exists in deleted state/
  }
]
