import type { Context } from '../context.js'
import { getStudent } from '../mentoring/students/store.js'
import type { NameAnswer } from '../verifier/fetch-badge.js'
import { codeFingerprint } from './link-code.js'
import { foldName, isNameOf } from './name-rules.js'
import { badgeAt } from './public-badge.js'
import { getDossier } from './store/dossiers.js'
import { findLinkByCode, giveBackNameTry, takeNameTry } from './store/share-links.js'

/** Wrong names a link answers until its owner allows it anew: a class has some thirty. */
export const MOST_WRONG_NAMES = 5

/**
 * Whether the badge behind a short code is that of a name, if its owner lets people ask. The name is not told, kept or
 * logged, and the answer does not say why nothing could be checked.
 *
 * @param code as we write it
 */
export async function checkName(
  ctx: Context,
  { code, name }: Readonly<{ code: string; name: string }>,
): Promise<NameAnswer> {
  const link = await findLinkByCode(ctx.db, codeFingerprint(ctx, code))
  const badge = link && (await badgeAt(ctx, link))
  if (!badge || foldName(name) === '') return 'not-checked'
  const dossier = await getDossier(ctx.db, badge.dossier_id)
  const { given_name: givenName, family_name: familyName } = await getStudent(
    ctx.db,
    dossier.student_id,
  )
  if (!(await takeNameTry(ctx.db, link.id, MOST_WRONG_NAMES))) return 'not-checked'
  if (!isNameOf(name, { givenName, familyName })) return 'differs'
  await giveBackNameTry(ctx.db, link.id)
  return 'matches'
}
