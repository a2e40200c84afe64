import { GAP, MARGIN, SIZES, SOFT, TONES } from '../web/pdf/look.js'
import { drawQr } from '../web/pdf/draw-qr.js'
import type { Sheet } from '../web/pdf/sheet.js'
import type { Say } from '../web/say.js'
import type { Words } from '../words.js'
import type { BadgeShown } from './badge-shown.js'
import type { PublicBadge } from './public-badge.js'
import { STANDING_TONES, standingSentence, type Standing } from './standing.js'
import type { VerifiedBadge } from './verify-now.js'
import { counted, timesOf } from './views/badge-content.js'

/** In points; the page is 842 high and 595 wide (A4). */
const PICTURE = 130
const QR = 104
const FOOT_TOP = 640
const WIDTH = 595 - 2 * MARGIN
/** Lines of evidence for which there is room. */
const MOST_EVIDENCE = 4
const LEAST_CRITERIA = 2.5 * SIZES.text

type Content = Readonly<{
  say: Say
  badge: VerifiedBadge & Partial<Pick<PublicBadge, 'link'>>
  standing: Standing
  /** A PNG without an alpha channel. */
  picture: Buffer | undefined
  /** Where a code is typed. */
  verifyAt: string
}>

/** One page: how the badge stands, what it is, by whom, for what, and how it is verified. */
export function writeSheet(sheet: Sheet, content: Content): void {
  const { say, badge, standing } = content
  const { shown, report } = badge
  const on = say.instant(report.verifiedAt)
  const sentence = standing === 'valid' ? say(VALID) : standingSentence(say, badge, standing)
  sheet.verdict(
    STANDING_TONES[standing],
    say({ fr: `État au ${on} : ${sentence}`, en: `State on ${on}: ${sentence}` }),
  )
  if (shown) {
    writeAward(sheet, { ...content, shown })
    writeSigned(sheet, { ...content, shown })
  } else {
    sheet.heading(1, say({ fr: 'Badge illisible', en: 'Unreadable badge' }))
    sheet.paragraph(say(NOTHING_SHOWN))
  }
  writeHowToVerify(sheet, content)
}

type Readable = Content & Readonly<{ shown: BadgeShown }>

function writeAward(sheet: Sheet, { say, shown, badge, picture, standing }: Readable): void {
  const top = sheet.y
  if (picture) {
    const box = { x: MARGIN, y: top, width: PICTURE, height: PICTURE }
    const alt = {
      fr: `Image du badge « ${shown.name} »`,
      en: `Picture of the badge “${shown.name}”`,
    }
    sheet.figure(say(alt), box, (doc) => doc.image(picture, box.x, box.y, { width: PICTURE }))
    if (STANDING_TONES[standing] === 'invalid') stamp(sheet, say(STAMPS[standing] ?? STAMP), top)
  }
  const x = MARGIN + PICTURE + 2 * GAP
  sheet.column({ x, y: top, width: WIDTH - PICTURE - 2 * GAP }, () => {
    sheet.heading(1, shown.name)
    sheet.paragraph(say({ fr: `Délivré par ${shown.school}`, en: `Issued by ${shown.school}` }))
    if (shown.companies.length > 0) {
      const companies = say.list(shown.companies)
      sheet.paragraph(say({ fr: `Endossé par ${companies}`, en: `Endorsed by ${companies}` }))
    }
    sheet.paragraph(capital(say.month(shown.validFrom.slice(0, 7))) + validity(say, shown))
    const holder = badge.link?.holder ?? null
    if (holder !== null) sheet.paragraph(say({ fr: `À ${holder}`, en: `To ${holder}` }))
  })
  sheet.y = Math.max(sheet.y, top + PICTURE + 2 * GAP)
}

/** Across the picture: what is not valid is seen before a word is read. */
function stamp(sheet: Sheet, word: string, top: number): void {
  sheet.ornament((doc) => {
    const middle = { x: MARGIN + PICTURE / 2, y: top + PICTURE / 2 }
    doc.save().rotate(-24, { origin: [middle.x, middle.y] })
    doc.rect(MARGIN - 8, middle.y - 17, PICTURE + 16, 34).fillAndStroke('#fff', TONES.invalid)
    doc.font('bold').fontSize(19).fillColor(TONES.invalid)
    doc.text(word, MARGIN - 8, middle.y - 11, {
      width: PICTURE + 16,
      align: 'center',
      lineBreak: false,
    })
    doc.restore()
  })
}

/** Criteria in short: what they have of room once the rest has its own. */
function writeSigned(sheet: Sheet, { say, shown }: Readable): void {
  const evidence = counted(shown.evidence).slice(0, MOST_EVIDENCE)
  const lines = evidence.map(({ name, times }) => `${name}${timesOf({ name, times })}`)
  const complements = shown.complements ?? ''
  const headings = (lines.length > 0 ? 2 : 1) * SIZES.heading * 2.6
  const others = lines.reduce((sum, line) => sum + sheet.heightOf(line), 0)
  const room = () => FOOT_TOP - sheet.y - headings - others - sheet.heightOf(complements) - 2 * GAP
  // The criteria say more than the description: they have two thirds of the room.
  const description = Math.min(sheet.heightOf(shown.description), room() / 3)
  if (description >= SIZES.text) sheet.paragraph(shown.description, { height: description })
  const criteria = room()
  if (criteria >= LEAST_CRITERIA) {
    sheet.heading(2, say({ fr: 'Critères', en: 'Criteria' }))
    writeCriteria(sheet, plain(shown.criteria), criteria - SIZES.text)
  }
  if (lines.length > 0) {
    sheet.heading(2, say({ fr: 'Sur quelles preuves', en: 'On what evidence' }))
    sheet.list(lines)
  }
  if (complements === '') return
  sheet.y += GAP
  sheet.paragraph(complements, { font: 'bold' })
}

/** Line by line, the last one cut where the room ends. */
function writeCriteria(sheet: Sheet, lines: readonly string[], height: number): void {
  const end = sheet.y + height
  for (const line of lines) {
    const room = end - sheet.y
    if (room < LEAST_CRITERIA / 2) return
    sheet.paragraph(line, { height: Math.min(sheet.heightOf(line), room) })
  }
}

function writeHowToVerify(sheet: Sheet, { say, badge: { link }, verifyAt }: Content): void {
  sheet.ornament((doc) => {
    doc
      .lineWidth(0.75)
      .rect(MARGIN, FOOT_TOP, WIDTH, QR + 2 * GAP)
      .stroke(SOFT)
  })
  const x = MARGIN + GAP
  if (link) {
    const box = { x, y: FOOT_TOP + GAP, width: QR, height: QR }
    sheet.figure(say(QR_ALT), box, (doc) => drawQr(doc, link.url, { x, y: box.y, side: QR }))
  }
  const left = link ? x + QR + 2 * GAP : x
  sheet.column({ x: left, y: FOOT_TOP + GAP, width: MARGIN + WIDTH - GAP - left }, () => {
    for (const text of link ? linkLines(say, link, verifyAt) : [say(NO_LINK), verifyAt])
      sheet.paragraph(text, { size: SIZES.small })
    const isNamed = (link?.holder ?? null) !== null
    sheet.paragraph(say(isNamed ? NAMED_NOT_SIGNED : NOT_SIGNED), {
      size: SIZES.small,
      colour: SOFT,
    })
  })
}

function linkLines(say: Say, link: PublicBadge['link'], verifyAt: string): string[] {
  const until = link.untilDay === null ? '' : say.day(link.untilDay)
  return [
    say({ fr: `Vérifiez ce badge : ${link.url}`, en: `Verify this badge: ${link.url}` }),
    ...(link.code === null
      ? []
      : [
          say({
            fr: `Ou tapez le code ${link.code} à la page ${verifyAt}`,
            en: `Or type the code ${link.code} at ${verifyAt}`,
          }),
        ]),
    ...(until === ''
      ? []
      : [say({ fr: `Ce lien s’ouvre jusqu’au ${until}.`, en: `This link opens until ${until}.` })]),
  ]
}

function validity(say: Say, { validUntil }: BadgeShown): string {
  if (validUntil === null) return ''
  const day = say.day(validUntil.slice(0, 10))
  return say({ fr: `, valable jusqu’au ${day}`, en: `, valid until ${day}` })
}

/** Markdown without its signs: paper has no links. */
function plain(markdown: string): string[] {
  return markdown
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/^\s*(?:#{1,6}|[-*+]|\d+\.)\s+/gm, '· ')
    .replaceAll(/\*\*|__|`/g, '')
    .split(/\n+/)
    .filter((line) => line.trim() !== '')
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

const STAMP: Words = { fr: 'NON VALIDE', en: 'NOT VALID' }
const STAMPS: Readonly<Partial<Record<Standing, Words>>> = {
  revoked: { fr: 'RÉVOQUÉ', en: 'REVOKED' },
  suspended: { fr: 'SUSPENDU', en: 'SUSPENDED' },
  expired: { fr: 'EXPIRÉ', en: 'EXPIRED' },
}
const VALID: Words = {
  fr: 'valide. Signature, émetteur, validité, révocation et endossement vérifiés',
  en: 'valid. Signature, issuer, validity, revocation and endorsement checked',
}
const NOTHING_SHOWN: Words = {
  fr: 'Rien de ce que dit le badge n’est montré : sa signature n’est pas bonne, ou n’a pas pu être vérifiée.',
  en: 'Nothing that the badge says is shown: its signature is not good, or could not be checked.',
}
const QR_ALT: Words = {
  fr: 'Code QR qui mène à la page de ce badge',
  en: 'QR code that leads to the page of this badge',
}
const NO_LINK: Words = {
  fr: 'Cette feuille ne mène à aucun lien. Pour vérifier le badge, demandez à la personne un lien, ou son fichier signé, et donnez-le à la page :',
  en: 'This sheet leads to no link. To verify the badge, ask the person for a link, or for its signed file, and give it to the page:',
}
const NOT_SIGNED: Words = {
  fr: 'Cette feuille n’est pas signée et dit l’état à cette date : seule la vérification fait foi. Elle ne dit pas à qui le badge a été délivré.',
  en: 'This sheet is not signed and tells the state on that date: only verifying counts. It does not tell to whom the badge was issued.',
}
const NAMED_NOT_SIGNED: Words = {
  fr: 'Cette feuille n’est pas signée et dit l’état à cette date : seule la vérification fait foi. Le nom est celui que tient le lycée ; il n’est pas dans le badge signé.',
  en: 'This sheet is not signed and tells the state on that date: only verifying counts. The name is the one that the school has; it is not in the signed badge.',
}
