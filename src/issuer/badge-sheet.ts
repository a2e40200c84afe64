import type { Context } from '../context.js'
import { drawPicture } from '../templates/picture.js'
import { rememberPngs, renderFlatPng } from '../templates/picture-png.js'
import { makePdf } from '../web/pdf/make-pdf.js'
import { sayIn } from '../web/say.js'
import type { Language } from '../words.js'
import { pictureOf, toFileName, type BadgeFile } from './badge-file.js'
import type { PublicBadge } from './public-badge.js'
import { writeSheet } from './sheet-content.js'
import { standingOf } from './standing.js'
import type { VerifiedBadge } from './verify-now.js'

/** Of a side: 300 dots an inch for what is printed four and a half centimetres wide. */
const PICTURE_PIXELS = 540
/** To draw one takes twice as long as the rest of its sheet. */
const flatPng = rememberPngs(32, renderFlatPng)

/**
 * A badge on one sheet of paper (A4), as it stood when the sheet was made: for a folder, a family, a wall. It is not
 * signed, and leads to what is, where its owner has opened a link.
 *
 * @param options.compress false: tests read what is not compressed
 */
export async function badgeSheet(
  ctx: Context,
  badge: VerifiedBadge & Partial<Pick<PublicBadge, 'link'>>,
  language: Language,
  options: Readonly<{ compress?: boolean }> = {},
): Promise<BadgeFile> {
  const { timeZone, publicUrl } = ctx.config
  const say = sayIn(language, timeZone)
  const { shown, report } = badge
  const title = say({ fr: 'Badge de compétences', en: 'Competency badge' })
  const picture = shown ? await flatPicture(ctx, badge.dossierId) : undefined
  const stateOn = say({ fr: 'état au', en: 'state on' })
  const spec = {
    title: shown ? `${title} – ${shown.name}` : title,
    language,
    createdAt: new Date(report.verifiedAt),
    foot: `${title} · ${stateOn} ${say.instant(report.verifiedAt)}`,
    ...options,
  }
  const standing = standingOf(badge)
  const bytes = await makePdf(spec, (sheet) =>
    writeSheet(sheet, { say, badge, standing, picture, verifyAt: `${publicUrl}/verify` }),
  )
  return { type: 'application/pdf', name: `${shown ? toFileName(shown.name) : 'badge'}.pdf`, bytes }
}

async function flatPicture(ctx: Context, dossierId: number): Promise<Buffer> {
  return flatPng(drawPicture(await pictureOf(ctx, dossierId)), PICTURE_PIXELS)
}
