import type { SessionKind } from '../mentoring/schemes/ptech.js'
import type { Fact } from '../mentoring/facts/facts.js'
import type { Version } from '../templates/store.js'
import { sayIn, type Say } from '../web/say.js'
import type { Tone } from '../web/components/status.js'
import type { Language, Words } from '../words.js'
import type { Move } from './next-move.js'
import type { Weighed } from './rules.js'
import type { ReopenReason } from './steps.js'
import type { Dossier, DossierState } from './store/dossiers.js'

/** A dossier's state in a word and a shape. */
export const STATES: Readonly<Record<DossierState, Readonly<{ words: Words; tone: Tone }>>> = {
  open: { tone: 'plain', words: { fr: 'En préparation', en: 'Being prepared' } },
  proposed: { tone: 'plain', words: { fr: 'Proposé', en: 'Proposed' } },
  assessed: { tone: 'plain', words: { fr: 'Évalué', en: 'Assessed' } },
  endorsed: { tone: 'plain', words: { fr: 'Endossé', en: 'Endorsed' } },
  approved: {
    tone: 'unknown',
    words: { fr: 'Approuvé, en cours de signature', en: 'Approved, being signed' },
  },
  issued: { tone: 'valid', words: { fr: 'Badge délivré', en: 'Badge issued' } },
  refused: { tone: 'invalid', words: { fr: 'Refusé', en: 'Refused' } },
}

/** Why a dossier is open again. */
export const REOPENED_WORDS: Readonly<Record<ReopenReason, Words>> = {
  withdrawn: {
    fr: 'Le lycée a repris ce dossier : ce qui avait été évalué ou endossé ne vaut plus.',
    en: 'The school took this dossier back: what had been assessed or endorsed is void.',
  },
  'facts-changed': {
    fr: 'Un fait a été contesté ou corrigé depuis la proposition : ce qui avait été évalué, endossé ou approuvé ne vaut plus, et aucun badge n’a été délivré. Quand les faits sont en ordre, le dossier peut être proposé de nouveau.',
    en: 'A fact was contested or corrected since it was proposed: what had been assessed, endorsed or approved is void, and no badge was issued. Once the facts are in order, the dossier can be proposed again.',
  },
  'not-signable': {
    fr: 'Le badge n’a pas pu être signé : ce qui devait l’être n’est plus conforme. Aucun badge n’a été délivré, et l’approbation ne vaut plus. Demandez à l’administrateur de la plateforme ce qui a été trouvé, puis proposez de nouveau le dossier.',
    en: 'The badge could not be signed: what was to be signed is not sound any more. No badge was issued, and the approval is void. Ask the platform’s administrator what was found, then propose the dossier again.',
  },
  revoked: {
    fr: 'Le badge a été révoqué avant d’être délivré : il ne le sera jamais, et l’approbation ne vaut plus. Le dossier peut être proposé de nouveau, pour un autre badge.',
    en: 'The badge was revoked before it was issued: it never will be, and the approval is void. The dossier can be proposed again, for another badge.',
  },
}

export type BadgeState = 'signing' | 'valid' | 'expired' | 'suspended' | 'revoked'
export const BADGE_STATES: Readonly<Record<BadgeState, Readonly<{ words: Words; tone: Tone }>>> = {
  signing: { tone: 'unknown', words: { fr: 'En cours de signature', en: 'Being signed' } },
  valid: { tone: 'valid', words: { fr: 'Valide', en: 'Valid' } },
  expired: { tone: 'invalid', words: { fr: 'Expiré', en: 'Expired' } },
  suspended: { tone: 'invalid', words: { fr: 'Suspendu', en: 'Suspended' } },
  revoked: { tone: 'invalid', words: { fr: 'Révoqué', en: 'Revoked' } },
}

export const MOVE_WORDS: Readonly<Record<Move, Words>> = {
  propose: { fr: 'Proposer ce dossier', en: 'Propose this dossier' },
  assess: { fr: 'Évaluer ce dossier', en: 'Assess this dossier' },
  endorse: { fr: 'Endosser ce badge', en: 'Endorse this badge' },
  approve: { fr: 'Approuver et délivrer', en: 'Approve and issue' },
}

const SESSIONS: Readonly<Record<SessionKind | 'ANY', Words>> = {
  PROJET: { fr: 'Mentorat de projet', en: 'Project mentoring' },
  IMMERSION: { fr: 'Mentorat en immersion', en: 'Mentoring in immersion' },
  CARRIERE: { fr: 'Mentorat de carrière', en: 'Career mentoring' },
  ANY: { fr: 'Mentorat', en: 'Mentoring' },
}
const PLACEMENT: Words = {
  fr: 'Période de formation en entreprise',
  en: 'Placement in a company',
}

const FUNCTIONS: Readonly<Record<string, Words>> = {
  'company-endorser': {
    fr: 'un représentant de l’entreprise',
    en: 'a representative of the company',
  },
  'company-admin': { fr: 'un responsable de l’entreprise', en: 'a manager of the company' },
  'school-staff': { fr: 'un enseignant', en: 'a teacher' },
  'school-approver': { fr: 'la direction du lycée', en: 'the head of the school' },
  mentor: {
    fr: 'le mentor, par un lien à son nom',
    en: 'the mentor, by a link of their own',
  },
  'scheme-coordinator': {
    fr: 'le responsable du dispositif',
    en: 'the coordinator of the scheme',
  },
  'liaison-officer': { fr: 'l’agent de liaison', en: 'the liaison officer' },
}

export function factKindWords({ kind, sessionKind }: Pick<Fact, 'kind' | 'sessionKind'>): Words {
  if (kind === 'placement') return PLACEMENT
  // A kind of another scheme is mentoring, whatever that scheme calls it.
  return Object.entries(SESSIONS).find(([code]) => code === sessionKind)?.[1] ?? SESSIONS.ANY
}

/** In which function a fact was confirmed; never by whom. */
export function functionWords(role: string): Words {
  return FUNCTIONS[role] ?? { fr: 'un adulte responsable', en: 'a responsible adult' }
}

/** How much: « 1 h 30 » of mentoring, « 9 jours » of a placement. */
export function amountIn(say: Say, kind: 'mentoring' | 'placement', amount: number): string {
  if (kind === 'mentoring') return say.hours(amount)
  const several = amount > 1 ? 's' : ''
  return say({ fr: `${say.number(amount)} jour${several}`, en: `${amount} day${several}` })
}

/** In one sentence, what the facts do not give yet; nothing when nothing is missing. */
export function missingWords(weighed: readonly Weighed[]): Words | undefined {
  const missing = weighed.filter(({ met }) => !met)
  if (missing.length === 0) return undefined
  const list = (language: Language) => {
    const say = sayIn(language)
    return say.list(missing.map((one) => lackIn(say, one)))
  }
  return { fr: `Il manque encore ${list('fr')}.`, en: `Still missing: ${list('en')}.` }
}

function lackIn(say: Say, { requirement, wanted, found }: Weighed): string {
  const { kind } = requirement
  const amount = amountIn(say, kind, kind === 'mentoring' ? wanted - found : wanted)
  if (kind === 'placement') {
    const where = requirement.ownCompany
      ? say({ fr: ' dans cette entreprise', en: ' in this company' })
      : ''
    return say({
      fr: `une période en entreprise d’au moins ${amount} confirmée${where}`,
      en: `a confirmed placement of at least ${amount}${where}`,
    })
  }
  const company = requirement.ownCompany
    ? say({ fr: ' avec cette entreprise', en: ' with this company' })
    : ''
  const what = say(SESSIONS[requirement.sessionKind])
  return say({
    fr: `${amount} de ${what.toLowerCase()} confirmé${company}`,
    en: `${amount} of confirmed ${what.toLowerCase()}${company}`,
  })
}

/** In a credential: that the second person was the school's, because the company has one only. */
const STAND_IN = 'du lycée, seconde personne d’une entreprise qui n’en a qu’une'

/** In which functions persons have committed a company to an award, as the credential says it. */
export function committedWords(dossier: Dossier): string | undefined {
  const { assessed_function, assessed_way, endorsed_function } = dossier
  if (assessed_function === null || endorsed_function === null) return undefined
  const stands = assessed_way === 'liaison' ? `, ${STAND_IN}` : ''
  return `Évaluation : ${assessed_function}${stands}. Engagement : ${endorsed_function}.`
}

/** The same of a definition; undefined for one that was published before it took two persons. */
export function publishedWords(version: Version): string | undefined {
  const { proposal, publishedFunction, publishedWay } = version
  if (proposal === null || publishedFunction === null) return undefined
  const stands = publishedWay === 'liaison' ? `, ${STAND_IN}` : ''
  return `Proposition : ${proposal.function}. Publication : ${publishedFunction}${stands}.`
}
