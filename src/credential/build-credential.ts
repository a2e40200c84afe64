import { OUR_CONTEXTS, VC_V2 } from './contexts.js'
import { toNi } from './digest.js'
import { encodeStatusList } from './status-list.js'

export type Organisation = Readonly<{ id: string; name: string; url?: string }>
/** Where the status of a credential is told: the address of a signed list, and a place in it. */
export type StatusPlace = Readonly<{ list: string; position: number }>

export type AchievementValues = Readonly<{
  id: string
  name: string
  description: string
  /** Markdown. */
  criteria: string
  version: string
  image: string
  imageCaption: string
  /** The company that defined it, by id. */
  creator: string
  language: string
  alignments: readonly AlignmentValues[]
  /** The company's signed endorsement of this definition, if it is published already. */
  endorsements: readonly object[]
}>

export type AlignmentValues = Readonly<{
  name: string
  url: string
  framework: string
  code?: string
  /** `ext:ROME` and the like: the standard has no type for French frameworks. */
  type?: string
}>

/** What a badge says of a fact: its kind, month and who confirmed it in which function. */
export type EvidenceValues = Readonly<{ digest: string; name: string; description: string }>

export type BadgeValues = Readonly<{
  id: string
  subject: string
  issuer: Organisation
  achievement: AchievementValues
  evidence: readonly EvidenceValues[]
  /** Signed endorsements of this award. */
  endorsements: readonly object[]
  status: StatusPlace
  /** Whole seconds, Z. */
  validFrom: string
  validUntil: string | null
}>

/** An unsigned Open Badge 3.0. Nothing about the person has a place in it. */
export function buildBadge(values: BadgeValues): Record<string, unknown> {
  return {
    '@context': [...OUR_CONTEXTS],
    id: values.id,
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: values.achievement.name,
    issuer: profile(values.issuer),
    validFrom: values.validFrom,
    ...(values.validUntil !== null && { validUntil: values.validUntil }),
    credentialSubject: {
      id: values.subject,
      type: ['AchievementSubject'],
      achievement: achievement(values.achievement),
    },
    ...list('evidence', values.evidence.map(evidence)),
    ...list('endorsement', values.endorsements),
    credentialStatus: status(values.status),
  }
}

export type EndorsementValues = Readonly<{
  id: string
  issuer: Organisation
  /** Id of what is endorsed: a badge, or a badge definition. */
  target: string
  name: string
  /** Markdown. */
  comment: string
  /** What the endorser had before them, by digest. */
  evidence: readonly EvidenceValues[]
  status: StatusPlace
  validFrom: string
}>

/** An unsigned EndorsementCredential: of one award, or of a badge definition. */
export function buildEndorsement(values: EndorsementValues): Record<string, unknown> {
  return {
    '@context': [...OUR_CONTEXTS],
    id: values.id,
    type: ['VerifiableCredential', 'EndorsementCredential'],
    name: values.name,
    issuer: profile(values.issuer),
    validFrom: values.validFrom,
    credentialSubject: {
      id: values.target,
      type: ['EndorsementSubject'],
      endorsementComment: values.comment,
    },
    ...list('evidence', values.evidence.map(evidence)),
    credentialStatus: status(values.status),
  }
}

/** An unsigned BitstringStatusListCredential, with the bits of `revoked` set. */
export function buildStatusList(values: {
  id: string
  issuer: string
  entries: number
  revoked: readonly number[]
  validFrom: string
  validUntil: string
}): Record<string, unknown> {
  return {
    '@context': [VC_V2],
    id: values.id,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer: values.issuer,
    validFrom: values.validFrom,
    validUntil: values.validUntil,
    credentialSubject: {
      id: `${values.id}#list`,
      type: 'BitstringStatusList',
      statusPurpose: 'revocation',
      encodedList: encodeStatusList(values.entries, values.revoked),
    },
  }
}

/** A badge definition, as it stands in a badge and at its own address. */
export function achievement(values: AchievementValues): Record<string, unknown> {
  return {
    id: values.id,
    type: ['Achievement'],
    achievementType: 'Competency',
    name: values.name,
    description: values.description,
    criteria: { narrative: values.criteria },
    version: values.version,
    inLanguage: values.language,
    image: { id: values.image, type: 'Image', caption: values.imageCaption },
    // A bare id: a company that is described twice in one badge could be described in two ways.
    creator: { id: values.creator, type: ['Profile'] },
    ...list('alignment', values.alignments.map(alignment)),
    ...list('endorsement', values.endorsements),
  }
}

function alignment(values: AlignmentValues): Record<string, unknown> {
  return {
    type: ['Alignment'],
    targetName: values.name,
    targetUrl: values.url,
    targetFramework: values.framework,
    ...(values.code !== undefined && { targetCode: values.code }),
    ...(values.type !== undefined && { targetType: values.type }),
  }
}

function evidence(values: EvidenceValues): Record<string, unknown> {
  return {
    id: toNi(values.digest),
    type: ['Evidence'],
    name: values.name,
    description: values.description,
  }
}

function profile(organisation: Organisation): Record<string, unknown> {
  return {
    id: organisation.id,
    type: ['Profile'],
    name: organisation.name,
    ...(organisation.url !== undefined && { url: organisation.url }),
  }
}

function status(place: StatusPlace): Record<string, unknown> {
  return {
    id: `${place.list}#${place.position}`,
    type: 'BitstringStatusListEntry',
    statusPurpose: 'revocation',
    statusListIndex: String(place.position),
    statusListCredential: place.list,
  }
}

/** The standard has no empty arrays: a term without values is left out. */
function list(term: string, values: readonly unknown[]): Record<string, unknown> {
  return values.length === 0 ? {} : { [term]: [...values] }
}
