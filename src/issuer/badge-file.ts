import { bakePng } from '../credential/bake-png.js'
import { bakeSvg } from '../credential/bake-svg.js'
import { TOKEN_FORMS } from '../credential/badge-token.js'
import type { JwsForm } from '../credential/check-jws.js'
import type { Context } from '../context.js'
import { drawPicture, type Picture } from '../templates/picture.js'
import type { PngRenderer } from '../templates/picture-png.js'
import { findVersion } from '../templates/store.js'
import { readSigned } from './badge-shown.js'
import { badgeToken } from './badge-token.js'
import type { FileForm } from './link-address.js'
import { getDossier } from './store/dossiers.js'

/** Pixels of a side of the picture that is taken away. */
const PICTURE_PIXELS = 480
/** Letters of a file's name. */
const MAX_NAME = 60

export type BadgeFile = Readonly<{ type: string; name: string; bytes: Buffer }>

/**
 * A signed badge to take away: its bytes as they were signed, the same as a token, or its picture with them inside.
 *
 * @param wanted in which form; `token`: which kind of token, if it is to be one
 * @throws {DomainError} conflict for a token of a badge whose own signature does not count any more
 */
export async function badgeFile(
  ctx: Context,
  badge: Readonly<{ document: string; dossierId: number }>,
  wanted: Readonly<{ form: FileForm; token?: JwsForm }>,
  render: PngRenderer,
): Promise<BadgeFile> {
  const { document } = badge
  const { form, token = 'ob3' } = wanted
  const name = `${toFileName(readSigned(document).name)}.${form}`
  if (form === 'json') return { type: 'application/vc', name, bytes: Buffer.from(document) }
  if (form === 'jwt') {
    const bytes = Buffer.from(await badgeToken(ctx, document, token))
    return { type: TOKEN_FORMS[token].mediaType, name, bytes }
  }
  const picture = drawPicture(await pictureOf(ctx, badge.dossierId))
  if (form === 'svg') {
    return { type: 'image/svg+xml', name, bytes: Buffer.from(bakeSvg(picture, document)) }
  }
  const png = await render(picture, PICTURE_PIXELS)
  return { type: 'image/png', name, bytes: bakePng(png, document) }
}

/** The picture of the version that the badge was awarded by: a published version never changes. */
export async function pictureOf(ctx: Context, dossierId: number): Promise<Picture> {
  const { template_version_id: id } = await getDossier(ctx.db, dossierId)
  const version = await findVersion(ctx.db, id)
  if (!version) throw new Error(`The template version ${id} is gone.`)
  return version.definition.picture
}

/** The badge's name in letters that every file system takes: « Préparer… » → `preparer` */
export function toFileName(name: string): string {
  const slug = name
    .replaceAll(/œ/gi, 'oe')
    .replaceAll(/æ/gi, 'ae')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_NAME)
    .replaceAll(/^-|-$/g, '')
  return slug || 'badge'
}
