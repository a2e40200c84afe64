import fc from 'fast-check'
import { OB_CURRENT, OB_EXTENSIONS, VC_V2 } from '../../../src/credential/contexts.js'
import { freshSigner, type Fresh } from '../../support/fresh.js'
import { signedList } from '../../support/lookups.js'
import { signAnything } from '../../support/raw-signature.js'

export type Json = Record<string, any>

export const issuer = freshSigner()
export const endorser = freshSigner()
export const stranger = freshSigner()
export const LIST = 'https://issuer.example/status/1'
/** A list in which place 7 is revoked. */
export const REVOKING = 'https://issuer.example/status/2'
const FROM = '2026-06-01T00:00:00Z'

/** Any text that a person may write, in any script; never an empty one. */
const said = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  .filter((text) => text.isWellFormed())
const url = fc.uuid().map((id) => `https://issuer.example/${id}`)
const urn = fc.uuid().map((id) => `urn:uuid:${id}`)
const number = fc.oneof(
  fc.integer({ min: -1_000_000, max: 1_000_000 }),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }),
)
const instant = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
  .map((date) => `${date.toISOString().slice(0, 19)}Z`)
const some = <One>(one: fc.Arbitrary<One>, key: (one: One) => unknown = JSON.stringify) =>
  fc.uniqueArray(one, { minLength: 1, maxLength: 3, selector: key })
/** Required terms, and any of the others. */
const node = (
  required: Record<string, fc.Arbitrary<any>>,
  optional: Record<string, fc.Arbitrary<any>>,
) =>
  fc.record(
    { ...required, ...optional },
    { requiredKeys: Object.keys(required) },
  ) as fc.Arbitrary<Json>
const typed = (type: string) => fc.constant([type])

const alignment = node(
  { type: typed('Alignment'), targetName: said, targetUrl: url },
  {
    targetDescription: said,
    targetFramework: said,
    targetCode: said,
    targetType: fc.constantFrom('ext:ROME', 'CFItem', 'ceterms:Credential'),
  },
)
const image = node({ id: url, type: fc.constant('Image') }, { caption: said })
const resultDescription = node(
  {
    id: urn,
    type: typed('ResultDescription'),
    name: said,
    resultType: fc.constantFrom('Percent', 'RawScore', 'Status'),
  },
  {
    allowedValue: some(said),
    valueMax: said,
    valueMin: said,
    requiredValue: said,
    alignment: some(alignment),
  },
)
const result = node(
  { type: typed('Result') },
  {
    value: said,
    status: fc.constantFrom('Completed', 'InProgress'),
    achievedLevel: urn,
    alignment: some(alignment),
  },
)
const evidence = node(
  { type: typed('Evidence'), id: url },
  { name: said, description: said, narrative: said, genre: said, audience: said },
)
const achievement = node(
  {
    id: urn,
    type: typed('Achievement'),
    name: said,
    description: said,
    criteria: node({ narrative: said }, { id: url }),
  },
  {
    achievementType: fc.constantFrom('Competency', 'Badge', 'ext:Module'),
    alignment: some(alignment),
    creditsAvailable: number,
    fieldOfStudy: said,
    humanCode: said,
    image,
    inLanguage: fc.constantFrom('fr', 'en-GB', 'br'),
    related: some(
      node({ id: urn, type: typed('Related') }, { version: said, inLanguage: fc.constant('fr') }),
    ),
    resultDescription: some(resultDescription),
    specialization: said,
    tag: some(said),
    version: said,
  },
)
const subject = node(
  { type: typed('AchievementSubject'), achievement },
  {
    id: urn,
    activityEndDate: instant,
    activityStartDate: instant,
    creditsEarned: number,
    licenseNumber: said,
    narrative: said,
    result: some(result),
    role: said,
    term: said,
  },
)
const profile = (id: string) =>
  node(
    { id: fc.constant(id), type: typed('Profile'), name: said },
    { url, description: said, email: fc.constant('contact@issuer.example'), image, phone: said },
  )
const contexts = fc.constant([VC_V2, OB_CURRENT])

const credential = node(
  {
    '@context': contexts,
    type: fc.constant(['VerifiableCredential', 'OpenBadgeCredential']),
    issuer: profile(issuer.did),
    validFrom: fc.constant(FROM),
    credentialSubject: subject,
  },
  {
    id: urn,
    name: said,
    description: said,
    awardedDate: instant,
    image,
    evidence: some(evidence, (one) => one.id),
    validUntil: fc.constantFrom('2031-01-01T00:00:00Z', '2027-06-15T12:00:00+02:00'),
    credentialStatus: fc.nat(131_071).map((position) => ({
      id: `${LIST}#${position}`,
      type: 'BitstringStatusListEntry',
      statusPurpose: 'revocation',
      statusListIndex: String(position),
      statusListCredential: LIST,
    })),
    refreshService: fc.constant({
      id: 'https://issuer.example/refresh',
      type: '1EdTechCredentialRefresh',
    }),
  },
)
const endorsement = node(
  {
    '@context': contexts,
    type: fc.constant(['VerifiableCredential', 'EndorsementCredential']),
    issuer: profile(endorser.did),
    validFrom: fc.constant(FROM),
    credentialSubject: node(
      { id: urn, type: typed('EndorsementSubject') },
      { endorsementComment: said },
    ),
  },
  { id: urn, name: said, description: said },
)

export type Plan = Readonly<{
  badge: Json
  endorsement: Json | undefined
  /** On the award, or on its definition. */
  onAward: boolean
  proofs: number
  /** Which operator, and where it goes to work. */
  operator: number
  picks: readonly number[]
}>
export const plans: fc.Arbitrary<Plan> = fc.record({
  badge: credential,
  endorsement: fc.option(endorsement, { nil: undefined, freq: 2 }),
  onAward: fc.boolean(),
  proofs: fc.constantFrom(1, 1, 1, 2, 3),
  operator: fc.nat(1_000_000),
  picks: fc.array(fc.nat(1_000_000), { minLength: 3, maxLength: 3 }),
})

/** The unsigned badge of a plan, its endorsement signed and inside. */
export async function contentOf({ badge, endorsement: planned, onAward }: Plan): Promise<Json> {
  const made = structuredClone(badge)
  // What a refresh service is, stands in the vocabulary of extensions alone.
  if (made.refreshService) made['@context'] = [...made['@context'], OB_EXTENSIONS]
  if (!planned) return made
  const { achievement: endorsed } = made.credentialSubject
  const signed = structuredClone(planned)
  signed.credentialSubject.id = onAward && made.id !== undefined ? made.id : endorsed.id
  const target = onAward ? made : endorsed
  target.endorsement = [await signAnything(signed, endorser)]
  return made
}

/** The badge with as many proofs of its issuer as the plan wants, a minute apart. */
export async function signedBy(signer: Fresh, content: Json, proofs = 1): Promise<Json> {
  const signed = await Promise.all(
    Array.from({ length: proofs }, (_, n) =>
      signAnything(content, signer, { created: `2026-06-15T08:0${n}:00Z` }),
    ),
  )
  return { ...signed[0], proof: signed.flatMap(({ proof }) => proof as Json[]) }
}

/** The same badge as a token of its issuer (OB 3.0, section 8.2), every claim said twice. */
export async function tokenOf(signer: Fresh, content: Json): Promise<string> {
  const seconds = (instant: unknown) =>
    typeof instant === 'string' ? Date.parse(instant) / 1000 : undefined
  const claims = {
    iss: content.issuer.id,
    jti: content.id,
    sub: content.credentialSubject.id,
    nbf: seconds(content.validFrom),
    exp: seconds(content.validUntil),
    iat: Date.parse('2026-06-15T08:00:00Z') / 1000,
  }
  const header = { alg: 'EdDSA', typ: 'JWT', kid: signer.id }
  const parts = [header, { ...content, ...claims }].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  )
  const signature = await signer.sign(Buffer.from(parts.join('.')))
  return [...parts, Buffer.from(signature).toString('base64url')].join('.')
}

export const statusLists = async () => ({
  [LIST]: await signedList(issuer, LIST),
  [REVOKING]: await signedList(issuer, REVOKING, { revoked: [7] }),
})
