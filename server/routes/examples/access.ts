/** Tokens and a session of the API document's examples. */
import { type CreatedToken, type Session, type Token } from '../../../contract/access.ts'
import { modes, operations } from '../../../contract/words.ts'
import { tokenId } from './names.ts'

const alice = { subject: 'corp:8f3a', name: 'Alice', kind: 'person' as const }
const grant = {
  role: 'operator' as const,
  federations: ['nautilus'],
  phases: { from: 1, to: 3 },
  modes: [...modes],
  operations: [...operations]
}

export const tokenExample: Token = {
  id: tokenId,
  name: 'release',
  status: 'active',
  person: alice.subject,
  maker: alice.subject,
  actsFor: alice.subject,
  grants: [grant],
  createdBy: alice,
  createdAt: '2026-11-21T08:00:00.000Z',
  expiresAt: '2026-12-21T08:00:00.000Z',
  lastUsedAt: '2026-11-21T09:12:00.000Z',
  revokedAt: null
}

export const createdTokenExample: CreatedToken = {
  ...tokenExample,
  lastUsedAt: null,
  token: 'wlt_EXAMPLEEXAMPLEEXAMPLEEXAMPLEEXAMPLEEXAMPLEEXAMPLE00'
}

export const sessionExample: Session = {
  authentication: 'on',
  signedIn: true,
  actor: alice,
  groups: ['trading'],
  grants: [{ ...grant, permissions: ['federations.read', 'deployments.read', 'deployments.launch'] }],
  expiresAt: '2026-11-21T20:00:00.000Z',
  issuers: [{ name: 'corp', label: 'Corp account', login: '/v1/session/login?issuer=corp' }]
}
