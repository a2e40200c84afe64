import type { Context } from '../../context.js'
import { drawQr } from '../../web/pdf/draw-qr.js'
import { GAP, MARGIN, SIZES, SOFT } from '../../web/pdf/look.js'
import { makePdf } from '../../web/pdf/make-pdf.js'
import type { Sheet } from '../../web/pdf/sheet.js'
import { sayIn, type Say } from '../../web/say.js'
import type { Language } from '../../words.js'
import type { BadgeFile } from '../badge-file.js'
import type { CodeLine } from './my-codes.js'

/** In points; the page is 595 wide (A4). */
const QR = 84
/** What one badge takes of a page. */
const ROW = QR + 3 * GAP

/**
 * Chosen badges on paper, each with the code that people type and the one that telephones read. It says nothing of how they stand: who
 * follows a code sees that.
 *
 * @param options.compress false: tests read what is not compressed
 */
export async function codesSheet(
  ctx: Context,
  lines: readonly CodeLine[],
  language: Language,
  options: Readonly<{ compress?: boolean }> = {},
): Promise<BadgeFile> {
  const say = sayIn(language, ctx.config.timeZone)
  const at = ctx.now()
  const title = say({ fr: 'Badges de compétences', en: 'Competency badges' })
  const madeOn = say({ fr: 'feuille faite le', en: 'sheet made on' })
  const foot = `${title} · ${madeOn} ${say.instant(at.toISOString())}`
  const spec = { title, language, createdAt: at, foot, ...options }
  const verifyAt = `${ctx.config.publicUrl}/verify`
  const bytes = await makePdf(spec, (sheet) => writeCodes(sheet, say, { title, lines, verifyAt }))
  return { type: 'application/pdf', name: 'codes.pdf', bytes }
}

type Content = Readonly<{ title: string; lines: readonly CodeLine[]; verifyAt: string }>

function writeCodes(sheet: Sheet, say: Say, { title, lines, verifyAt }: Content): void {
  sheet.heading(1, title)
  sheet.paragraph(
    say({
      fr: `Pour vérifier un badge : lisez son carré avec un téléphone, ou tapez son code à la page ${verifyAt}`,
      en: `To verify a badge: read its square with a telephone, or type its code at ${verifyAt}`,
    }),
  )
  for (const line of lines) writeLine(sheet, say, line)
  sheet.paragraph(
    say({
      fr: 'Cette feuille n’est pas signée et ne dit pas à qui les badges ont été délivrés : seule la vérification fait foi.',
      en: 'This sheet is not signed and does not tell to whom the badges were issued: only verifying counts.',
    }),
    { size: SIZES.small, colour: SOFT },
  )
}

function writeLine(sheet: Sheet, say: Say, line: CodeLine): void {
  sheet.makeRoom(ROW)
  const top = sheet.y
  const alt = {
    fr: `Code QR qui mène à la page du badge « ${line.name} »`,
    en: `QR code that leads to the page of the badge “${line.name}”`,
  }
  sheet.figure(say(alt), { x: MARGIN, y: top, width: QR, height: QR }, (doc) =>
    drawQr(doc, line.url, { x: MARGIN, y: top, side: QR }),
  )
  const x = MARGIN + QR + 2 * GAP
  sheet.column({ x, y: top, width: 595 - MARGIN - x }, () => {
    sheet.paragraph(line.name, { font: 'serif', size: SIZES.heading, height: 2.6 * SIZES.heading })
    if (line.code !== null) sheet.paragraph(line.code, { font: 'bold', size: SIZES.verdict })
    const until = line.untilDay === null ? '' : say.day(line.untilDay)
    const words = {
      fr: `${line.school}. ${until === '' ? 'Ce code sert jusqu’à ce que son titulaire le ferme.' : `Ce code sert jusqu’au ${until}.`}`,
      en: `${line.school}. ${until === '' ? 'This code serves until its holder closes it.' : `This code serves until ${until}.`}`,
    }
    sheet.paragraph(say(words), { size: SIZES.small, colour: SOFT })
  })
  sheet.y = Math.max(sheet.y, top + ROW)
}
