// What is verified: a badge of a school, with and without the endorsements of a company, and what
// their servers answer. Keys are made for the run.
import { generateKeyPairSync, sign } from 'node:crypto'
import {
  buildBadge,
  buildEndorsement,
  buildStatusList,
} from '../dist/credential/build-credential.js'
import { toBase58 } from '../dist/credential/multibase.js'
import { toMultikey } from '../dist/credential/multikey.js'
import { canonize } from '../dist/credential/canonical.js'
import { sha256 } from '../dist/credential/digest.js'

export const NOW = new Date('2026-06-15T10:00:00Z')
/** Badges that take turns: what is measured is never the same one again. */
const DIFFERENT = 200
export const ACHIEVEMENT = 'https://company.example/achievements/stratifier/v/1'
const CONTROLLER_CONTEXTS = [
  'https://www.w3.org/ns/did/v1',
  'https://w3id.org/security/multikey/v1',
]

export const school = issuerNamed('school')
export const company = issuerNamed('company')

/** @returns the two badges, and a Map of what stands at each address */
export async function makeBadges() {
  const definition = await signed(endorsementOf(ACHIEVEMENT, 7), company)
  const plain = []
  const endorsed = []
  for (let n = 0; n < DIFFERENT; n++) {
    const award = await signed(endorsementOf(idOf(n), 11), company, n)
    plain.push(await signed(buildBadge(valuesOf(n, [], [])), school, n))
    endorsed.push(await signed(buildBadge(valuesOf(n, [award], [definition])), school, n))
  }
  const served = new Map()
  for (const one of [school, company]) {
    served.set(`https://${one.host}/.well-known/did.json`, one.document)
    served.set(one.list, await signed(listOf(one), one))
  }
  return { plain, endorsed, served, school }
}

/** Signs what our own signer would refuse too: a badge that is made to be costly. */
export async function signed(document, { methodId, privateKey }, second = 0) {
  const proof = {
    type: 'DataIntegrityProof',
    cryptosuite: 'eddsa-rdfc-2022',
    created: new Date(Date.UTC(2026, 5, 15, 9, 0, second)).toISOString().replace('.000', ''),
    verificationMethod: methodId,
    proofPurpose: 'assertionMethod',
  }
  const parts = [{ ...proof, '@context': document['@context'] }, document]
  const hashes = await Promise.all(parts.map(async (one) => sha256(await canonize(one, 'sha256'))))
  const bytes = sign(null, Buffer.concat(hashes), privateKey)
  return { ...document, proof: [{ ...proof, proofValue: `z${toBase58(bytes)}` }] }
}

function issuerNamed(name) {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)
  const host = `${name}.example`
  const did = `did:web:${host}`
  const publicKeyMultibase = toMultikey(raw)
  const methodId = `${did}#${publicKeyMultibase}`
  const method = { id: methodId, type: 'Multikey', controller: did, publicKeyMultibase }
  const document = {
    '@context': CONTROLLER_CONTEXTS,
    id: did,
    verificationMethod: [method],
    assertionMethod: [methodId],
  }
  return {
    did,
    host,
    methodId,
    method,
    document,
    privateKey,
    publicKey,
    list: `https://${host}/status/1`,
  }
}

export const idOf = (n) => `urn:uuid:7d9f3c1e-5a0b-4f6e-9c55-${String(n).padStart(12, '0')}`

export function valuesOf(n, awardEndorsements, definitionEndorsements) {
  return {
    id: idOf(n),
    subject: 'urn:uuid:0c4f6c0e-38f4-4d53-8a77-6a2f0c6b9d21',
    issuer: { id: school.did, name: 'Lycée DÉMO des Tilleuls', url: 'https://school.example' },
    achievement: {
      id: ACHIEVEMENT,
      name: 'Préparer et stratifier une pièce composite au contact',
      description: 'Préparer un moule, découper les renforts et stratifier une pièce sans défaut.',
      criteria: 'L’élève prépare **seul** son poste, puis stratifie une pièce conforme au plan.',
      version: '1',
      image: `${ACHIEVEMENT}/image.png`,
      imageCaption: 'Un sceau hexagonal, une goutte de résine',
      creator: company.did,
      language: 'fr',
      alignments: [
        {
          name: 'Fabrication de pièces en matériaux composites',
          url: 'https://candidat.francetravail.fr/metierscope/fiche-metier/H3203',
          framework: 'ROME',
          code: 'H3203',
          type: 'ext:ROME',
        },
      ],
      endorsements: definitionEndorsements,
    },
    evidence: ['b', 'c'].map((letter) => ({
      digest: letter.repeat(64),
      name: 'Mentorat de projet, mars 2026',
      description: 'Confirmé par un mentor de l’entreprise',
    })),
    endorsements: awardEndorsements,
    status: { list: school.list, position: 94_567 },
    validFrom: '2026-06-15T00:00:00Z',
    validUntil: '2031-06-15T00:00:00Z',
  }
}

export function endorsementOf(target, position) {
  return buildEndorsement({
    id: `urn:uuid:4b0f3a58-6f0e-4b1c-8a3f-${String(position).padStart(12, '0')}`,
    issuer: { id: company.did, name: 'Composites du Lac DÉMO' },
    target,
    name: 'Endossement',
    comment: 'Nous avons vu cette compétence à l’œuvre dans notre atelier.',
    evidence: [
      {
        digest: sha256(target).toString('hex'),
        name: 'Dossier',
        description: 'Les faits, par leur empreinte',
      },
    ],
    status: { list: company.list, position },
    validFrom: '2026-06-15T00:00:00Z',
  })
}

function listOf({ did, list }) {
  return buildStatusList({
    id: list,
    issuer: did,
    entries: 131_072,
    revoked: [],
    validFrom: '2026-06-15T00:00:00Z',
    validUntil: '2026-06-22T00:00:00Z',
  })
}
