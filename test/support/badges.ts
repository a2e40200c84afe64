import {
  buildBadge,
  buildEndorsement,
  type BadgeValues,
  type EndorsementValues,
} from '../../src/credential/build-credential.js'
import { prepareCredential } from '../../src/credential/prepare-credential.js'
import { signCredential } from '../../src/credential/sign-credential.js'
import type { Expected, Reserved } from '../../src/credential/lint.js'
import { signerOf } from './signers.js'

export const AWARDED = new Date('2026-06-15T09:00:00Z')
export const school = signerOf('school')
export const company = signerOf('company')
const DIGEST = 'a'.repeat(64)
export const LISTS = {
  school: 'https://sceau.example/status/school-1',
  company: 'https://sceau.example/status/company-1',
}
export const BADGE_ID = 'urn:uuid:7d9f3c1e-5a0b-4f6e-9c55-0f8f1f3b2a10'
const ACHIEVEMENT_ID = 'https://sceau.example/achievements/stratifier/v/1'

export function expected(changes: Partial<Expected> = {}): Expected {
  return {
    kind: 'AchievementCredential',
    issuer: school.did,
    service: 'https://sceau.example',
    reserved: reservedIn(buildBadge(badgeValues())),
    now: AWARDED,
    forbidden: ['Zoé', 'Kerguélen', '2009-04-17', '000000001AA'],
    statusList: LISTS.school,
    statusEntries: 131_072,
    approvals: [
      { by: 'endorser', digest: DIGEST },
      { by: 'approver', digest: DIGEST },
    ],
    digest: DIGEST,
    ...changes,
  }
}

/** What a store would have reserved for a credential. */
export function reservedIn(credential: any): Reserved {
  return {
    id: credential.id,
    subject: credential.credentialSubject.id,
    position: Number(credential.credentialStatus.statusListIndex),
  }
}

export function badgeValues(changes: Partial<BadgeValues> = {}): BadgeValues {
  return {
    id: BADGE_ID,
    subject: 'urn:uuid:0c4f6c0e-38f4-4d53-8a77-6a2f0c6b9d21',
    issuer: {
      id: school.did,
      name: 'Lycée DÉMO des Tilleuls',
      url: 'https://sceau.example/orgs/tilleuls',
    },
    achievement: {
      id: ACHIEVEMENT_ID,
      name: 'Préparer et stratifier une pièce composite au contact',
      description:
        'Préparer un moule, découper les renforts et stratifier une pièce sans défaut apparent.',
      criteria: 'L’élève prépare **seul** son poste, puis stratifie une pièce conforme au plan.',
      version: '1',
      image: `${ACHIEVEMENT_ID}/image.png`,
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
      endorsements: [],
    },
    evidence: [
      {
        digest: 'b'.repeat(64),
        name: 'Mentorat de projet, mars 2026',
        description: 'Confirmé par un mentor de l’entreprise',
      },
      {
        digest: 'c'.repeat(64),
        name: 'Stage (PFMP), mai 2026',
        description: 'Confirmé par un professeur référent',
      },
    ],
    endorsements: [],
    status: { list: LISTS.school, position: 94_567 },
    validFrom: '2026-06-15T00:00:00Z',
    validUntil: '2031-06-15T00:00:00Z',
    ...changes,
  }
}

export function endorsementValues(changes: Partial<EndorsementValues> = {}): EndorsementValues {
  return {
    id: 'urn:uuid:4b0f3a58-6f0e-4b1c-8a3f-3f7f0e2f5b77',
    issuer: { id: company.did, name: 'Composites du Lac DÉMO' },
    target: BADGE_ID,
    name: 'Endossement d’une attribution',
    comment: 'Nous avons vu cette compétence à l’œuvre dans notre atelier.',
    evidence: [
      {
        digest: DIGEST,
        name: 'Dossier',
        description: 'Les faits et la version du badge, par leur empreinte',
      },
    ],
    status: { list: LISTS.company, position: 11 },
    validFrom: '2026-06-15T00:00:00Z',
    ...changes,
  }
}

type Signed = Record<string, unknown>

export async function signedEndorsement(changes: Partial<EndorsementValues> = {}): Promise<Signed> {
  const endorsement = buildEndorsement(endorsementValues(changes))
  const prepared = await prepareCredential(
    endorsement,
    expected({
      kind: 'EndorsementCredential',
      issuer: company.did,
      statusList: LISTS.company,
      reserved: reservedIn(endorsement),
    }),
  )
  return JSON.parse(await signCredential(prepared, company, AWARDED)) as Signed
}

/** A badge as we issue it: endorsed as an award and as a definition. */
export async function signedBadge(changes: Partial<BadgeValues> = {}): Promise<Signed> {
  const ofDefinition = await signedEndorsement({
    id: 'urn:uuid:9c0b3ce2-6ef2-4c58-9e37-1e1c2b7a6f01',
    target: ACHIEVEMENT_ID,
    name: 'Endossement de la définition',
    comment: 'Cette définition dit ce que nous attendons d’un débutant.',
    evidence: [
      {
        digest: 'd'.repeat(64),
        name: 'Définition',
        description: 'La définition du badge, par son empreinte',
      },
    ],
    status: { list: LISTS.company, position: 7 },
  })
  const values = badgeValues(changes)
  const badge = buildBadge({
    ...values,
    achievement: { ...values.achievement, endorsements: [ofDefinition] },
    endorsements: [await signedEndorsement()],
  })
  const prepared = await prepareCredential(badge, expected({ reserved: reservedIn(badge) }))
  return JSON.parse(await signCredential(prepared, school, AWARDED)) as Signed
}
