import type { Actor, Context } from '../../context.js'
import { signRecord } from '../../credential/sign-record.js'
import { DomainError } from '../../errors.js'
import { today } from '../../people/days.js'
import { serviceSigner } from '../../people/service-keys.js'
import { appendAudit } from '../../store/audit.js'
import { rememberPngs, type PngRenderer } from '../../templates/picture-png.js'
import { zipInParts, type ZipFile } from '../../web/tables/zip-parts.js'
import type { Language } from '../../words.js'
import { badgeFile, toFileName } from '../badge-file.js'
import { isReleased, type ReleasedBadge } from '../badge-of-student.js'
import { badgeSheet } from '../badge-sheet.js'
import { readSigned, stateOf } from '../badge-shown.js'
import { linkUrl } from '../link-address.js'
import { codeOf } from '../link-code.js'
import { showsOf } from '../link-life.js'
import { badgeAt } from '../public-badge.js'
import { wholeSeconds } from '../status.js'
import { listBadgesOfPerson } from '../store/badges-of-students.js'
import { listLinks } from '../store/share-links.js'
import { verifyNow } from '../verify-now.js'
import {
  fileLine,
  INDEX,
  MANIFEST,
  manifestOf,
  type Kept,
  type KeptFile,
  type LiveLink,
} from './manifest.js'
import { leaverFor } from './see-leaving.js'
import { savePortfolio } from './store.js'
import { portfolioHtml } from './views/portfolio-html.js'

/**
 * Everything that a student has been awarded, in one archive that needs nobody: each badge as it was signed, in pictures and on
 * paper, a page to read, and a manifest with the digest of each file, signed by the service.
 *
 * @throws {DomainError} not-found or forbidden for others, rule-refused without a badge
 */
export async function takePortfolio(
  ctx: Context,
  actor: Actor,
  language: Language,
): Promise<{ name: string; parts: AsyncIterable<Uint8Array> }> {
  const student = await leaverFor(ctx, actor)
  const badges = (await listBadgesOfPerson(ctx.db, actor.personId ?? -1)).filter(isReleased)
  if (badges.length === 0) throw noBadgeYet()
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    const line = { at, actor: actor.publicId, subject: student.public_id }
    await appendAudit(trx, { ...line, action: 'portfolio.taken' })
    await savePortfolio(trx, student.id, at.toISOString())
  })
  const files = portfolioFiles(ctx, badges.toReversed(), language)
  return { name: `badges-${today(ctx)}.zip`, parts: zipInParts(files) }
}

/** One after the other, so that no two badges are in memory; what says what is in it stands at the end. */
async function* portfolioFiles(
  ctx: Context,
  badges: readonly ReleasedBadge[],
  language: Language,
): AsyncGenerator<ZipFile> {
  const render = rememberPngs(1)
  const kept: Kept[] = []
  const lines: KeptFile[] = []
  const madeAt = ctx.now()
  for (const [at, badge] of badges.entries()) {
    const one = await keptOf(ctx, badge, at)
    kept.push(one)
    for (const file of await filesOf(ctx, badge, { one, language, render })) {
      lines.push(fileLine(file.path, file.type, file.bytes))
      yield { name: file.path, parts: [file.bytes] }
    }
  }
  const signer = await serviceSigner(ctx)
  const of = { issuer: signer.controller, madeAt: wholeSeconds(madeAt) }
  const page = Buffer.from(portfolioHtml(kept, of, ctx.config.publicUrl))
  lines.push(fileLine(INDEX, 'text/html', page))
  yield { name: INDEX, parts: [page] }
  const manifest = await signRecord(manifestOf(of, kept, lines), signer, madeAt)
  yield { name: MANIFEST, parts: [JSON.stringify(manifest, null, 2)] }
}

async function keptOf(ctx: Context, badge: ReleasedBadge, at: number): Promise<Kept> {
  const shown = readSigned(badge.badge_document)
  const { id } = JSON.parse(badge.badge_document) as { id: string }
  return {
    credential: id,
    name: shown.name,
    school: shown.school,
    companies: shown.companies,
    validFrom: shown.validFrom.slice(0, 10),
    state: stateOf(badge, shown, ctx.now()),
    folder: folderOf(shown.name, at),
    language: shown.language,
    link: await liveLink(ctx, badge),
  }
}

/** A number, so that no two are one, and the badge's name in letters that every file system takes. */
export function folderOf(name: string, at: number): string {
  return `badges/${String(at + 1).padStart(2, '0')}-${toFileName(name)}/`
}

/** The newest link by which somebody else can see the badge today; one without the name, if there is. */
async function liveLink(ctx: Context, badge: ReleasedBadge): Promise<LiveLink | undefined> {
  const open = []
  for (const link of (await listLinks(ctx.db, [badge.id])).toSorted(
    (one, other) => other.id - one.id,
  ))
    if (await badgeAt(ctx, link)) open.push(link)
  const link = open.find((one) => showsOf(one) !== 'named') ?? open[0]
  return (
    link && {
      url: linkUrl(ctx, ctx.vault.open(link.token_sealed)),
      code: codeOf(ctx, link),
      untilDay: link.until_day,
    }
  )
}

type FilesOf = Readonly<{ one: Kept; language: Language; render: PngRenderer }>

async function filesOf(ctx: Context, badge: ReleasedBadge, { one, language, render }: FilesOf) {
  const of = { document: badge.badge_document, dossierId: badge.dossier_id }
  const verified = await verifyNow(ctx, badge, language)
  // The student's name is nowhere in a portfolio: whoever gets a part of it learns of the badge alone.
  const link = one.link && { ...one.link, evidence: true, holder: null }
  const made = [
    await badgeFile(ctx, of, { form: 'json' }, render),
    await badgeFile(ctx, of, { form: 'png' }, render),
    await badgeFile(ctx, of, { form: 'svg' }, render),
    await badgeSheet(ctx, { ...verified, ...(link && { link }) }, language),
  ]
  return made.map(({ type, name, bytes }) => {
    return { path: `${one.folder}badge.${name.split('.').at(-1)}`, type, bytes }
  })
}

function noBadgeYet(): DomainError {
  return new DomainError('rule-refused', {
    fr: 'Vous n’avez pas encore de badge à emporter.',
    en: 'You have no badge to take away yet.',
  })
}
