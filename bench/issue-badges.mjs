// What is issued: badges of one definition, from one school, for different students; each with the company's endorsement of the
// definition and one of the award, three facts, three alignments and a status.
import { createHash } from 'node:crypto'
import { buildBadge } from '../dist/credential/build-credential.js'
import { prepareCredential } from '../dist/credential/prepare-credential.js'
import {
  ACHIEVEMENT,
  company,
  endorsementOf,
  idOf,
  NOW,
  school,
  signed,
  valuesOf,
} from './badges.mjs'

const COMMITMENT = 'e'.repeat(64)
const FRAMEWORKS = ['RNCP', 'CFD', 'ROME']

/** @returns {Promise<import('../dist/credential/prepare-credential.js').PreparedCredential[]>} */
export async function prepareBadges(count) {
  const definition = await signed(endorsementOf(ACHIEVEMENT, 7), company)
  return Promise.all(Array.from({ length: count }, (_, n) => prepare(n, definition)))
}

export async function prepare(n, definition) {
  const award = await signed(endorsementOf(idOf(n), 1_000 + n), company, n % 60)
  const values = badgeValues(n, award, definition)
  const { id, subject, status } = values
  const reserved = { id, subject, position: status.position }
  return prepareCredential(buildBadge(values), { ...expected, reserved })
}

/** What the lint holds a badge against. */
const expected = {
  kind: 'AchievementCredential',
  issuer: school.did,
  service: new URL(ACHIEVEMENT).origin,
  now: NOW,
  forbidden: ['Zoé', 'Kerguélen', '2009-04-17', '000000001AA'],
  statusList: school.list,
  statusEntries: 131_072,
  approvals: ['endorser', 'approver'].map((by) => ({ by, digest: COMMITMENT })),
  digest: COMMITMENT,
}

function badgeValues(n, award, definition) {
  const { achievement, ...values } = valuesOf(n, [award], [definition])
  return {
    ...values,
    subject: `urn:uuid:${uuidOf(`subject ${n}`)}`,
    achievement: {
      ...achievement,
      alignments: FRAMEWORKS.map((framework) => ({
        ...achievement.alignments[0],
        framework,
        type: `ext:${framework}`,
      })),
    },
    evidence: ['session', 'projet', 'stage'].map((kind, at) => ({
      digest: hex(`${kind} ${n}`),
      name: `Mentorat de ${kind}, ${['mars', 'avril', 'mai'][(n + at) % 3]} 2026`,
      description: 'Confirmé par un mentor de l’entreprise',
    })),
    status: { list: school.list, position: 94_567 - n },
  }
}

function hex(text) {
  return createHash('sha256').update(text).digest('hex')
}

function uuidOf(text) {
  return hex(text).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*/, '$1-$2-$3-$4-$5')
}
