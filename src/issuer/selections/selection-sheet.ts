import type { Context } from '../../context.js'
import { drawQr } from '../../web/pdf/draw-qr.js'
import { GAP, MARGIN, SIZES, SOFT } from '../../web/pdf/look.js'
import { makePdf } from '../../web/pdf/make-pdf.js'
import type { Sheet } from '../../web/pdf/sheet.js'
import { sayIn, type Say } from '../../web/say.js'
import type { Language } from '../../words.js'
import type { BadgeFile } from '../badge-file.js'
import { standingOf, standingSentence } from '../standing.js'
import type { VerifiedBadge } from '../verify-now.js'
import { counted, timesOf } from '../views/badge-content.js'
import type { SelectionShown } from './see-selection.js'

/** In points; the page is 595 wide (A4). */
const QR = 90

/**
 * A page of badges on paper, as they stood when it was made: a compact list, which leads to the page by its code.
 *
 * @param options.compress false: tests read what is not compressed
 */
export async function selectionSheet(
  ctx: Context,
  selection: SelectionShown,
  language: Language,
  options: Readonly<{ compress?: boolean }> = {},
): Promise<BadgeFile> {
  const say = sayIn(language, ctx.config.timeZone)
  const at = ctx.now()
  const title = say({ fr: 'Badges de compétences', en: 'Competency badges' })
  const stateOn = say({ fr: 'état au', en: 'state on' })
  const foot = `${title} · ${stateOn} ${say.instant(at.toISOString())}`
  const spec = { title, language, createdAt: at, foot, ...options }
  const bytes = await makePdf(spec, (sheet) => writeSelection(sheet, say, selection))
  return { type: 'application/pdf', name: 'badges.pdf', bytes }
}

function writeSelection(sheet: Sheet, say: Say, selection: SelectionShown): void {
  const { title, url, holder, badges, untilDay } = selection
  const top = sheet.y
  const alt = say({
    fr: 'Code QR qui mène à la page de ces badges',
    en: 'QR code that leads to the page of these badges',
  })
  sheet.figure(alt, { x: MARGIN, y: top, width: QR, height: QR }, (doc) =>
    drawQr(doc, url, { x: MARGIN, y: top, side: QR }),
  )
  const x = MARGIN + QR + 2 * GAP
  sheet.column({ x, y: top, width: 595 - MARGIN - x }, () => {
    sheet.heading(1, title)
    if (holder !== null) sheet.paragraph(holder, { font: 'bold' })
    sheet.paragraph(
      say({ fr: `Vérifiez ces badges : ${url}`, en: `Verify these badges: ${url}` }),
      { size: SIZES.small },
    )
    const until = untilDay === null ? '' : say.day(untilDay)
    if (until !== '') {
      const words = {
        fr: `Ce lien s’ouvre jusqu’au ${until}.`,
        en: `This link opens until ${until}.`,
      }
      sheet.paragraph(say(words), { size: SIZES.small })
    }
  })
  sheet.y = Math.max(sheet.y, top + QR + 2 * GAP)
  for (const badge of badges) writeBadge(sheet, say, badge)
  const words = {
    fr: 'Cette feuille n’est pas signée et dit l’état à cette date : seule la vérification fait foi.',
    en: 'This sheet is not signed and tells the state on that date: only verifying counts.',
  }
  sheet.paragraph(say(words), { size: SIZES.small, colour: SOFT })
}

function writeBadge(sheet: Sheet, say: Say, badge: VerifiedBadge): void {
  const { shown } = badge
  sheet.heading(2, shown?.name ?? say({ fr: 'Badge illisible', en: 'Unreadable badge' }))
  sheet.paragraph(standingSentence(say, badge, standingOf(badge)), { font: 'bold' })
  if (!shown) return
  const until = shown.validUntil === null ? null : say.day(shown.validUntil.slice(0, 10))
  const evidence = counted(shown.evidence).map((one) => `${one.name}${timesOf(one)}`)
  sheet.facts([
    [say({ fr: 'Délivré par', en: 'Issued by' }), shown.school],
    ...(shown.companies.length > 0
      ? [[say({ fr: 'Endossé par', en: 'Endorsed by' }), say.list(shown.companies)] as const]
      : []),
    [say({ fr: 'Attribué', en: 'Awarded' }), say.month(shown.validFrom.slice(0, 7))],
    ...(until === null
      ? []
      : [[say({ fr: 'Valable jusqu’au', en: 'Valid until' }), until] as const]),
    ...(evidence.length === 0
      ? []
      : [
          [
            say({ fr: 'Sur quelles preuves', en: 'On what evidence' }),
            evidence.join(' ; '),
          ] as const,
        ]),
  ])
  sheet.paragraph(shown.description)
}
