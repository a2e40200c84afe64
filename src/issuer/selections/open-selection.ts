import { z } from 'zod'
import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { agreeBySharing } from '../../mentoring/consents/say-word.js'
import { getStudent } from '../../mentoring/students/store.js'
import { today } from '../../people/days.js'
import { hashOf } from '../../people/secrets.js'
import { appendAudit } from '../../store/audit.js'
import { told, validate } from '../../web/validate.js'
import type { Language } from '../../words.js'
import { isOpen, lastDayOf } from '../link-life.js'
import { foldName } from '../name-rules.js'
import { assertMayOpenLink, usualLifeIn } from '../school-sharing.js'
import { Label, Life, Shows } from '../share-badge.js'
import { getDossier } from '../store/dossiers.js'
import { selectionUrl } from './address.js'
import { insertSelection, listSelections } from './store.js'

/** Each badge is verified at each opening, some 5 ms of a processor. */
export const MOST_BADGES = 12
export const MAX_OPEN_SELECTIONS = 10

const BADGES = told({
  fr: `Choisissez de 1 à ${MOST_BADGES} badges, chacun une fois.`,
  en: `Choose 1 to ${MOST_BADGES} badges, each once.`,
})
const TITLE = told({
  fr: 'Donnez un titre à la page, en 80 caractères au plus : « Mes badges en composites ».',
  en: 'Give the page a title, in 80 characters at most: “My badges in composites”.',
})
const Wanted = z.object({
  title: z
    .string()
    .trim()
    .normalize('NFC')
    .min(1, TITLE)
    .max(80, TITLE)
    .refine((text) => !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text), TITLE),
  label: Label,
  life: Life,
  shows: Shows,
  badges: z
    .array(z.string().max(64))
    .min(1, BADGES)
    .max(MOST_BADGES, BADGES)
    .refine((ids) => new Set(ids).size === ids.length, BADGES),
})

export type WantedSelection = Readonly<{
  /** Read by whoever has the link. */
  title: string
  /** For whom it is: read by the student alone. */
  label: string
  life?: string | undefined
  shows?: string | undefined
  /** In their order. */
  badges: readonly string[]
  language: Language
}>

/**
 * Opens a page of some badges of the student who asks, in their order, behind one link. To open it is to agree to
 * showing each of them, as with a link of one.
 *
 * @throws {DomainError} not-found or forbidden (not the student's own), invalid-request, rule-refused
 */
export async function openSelection(
  ctx: Context,
  actor: Actor,
  input: WantedSelection,
): Promise<{ url: string; id: string }> {
  const wanted = validate(Wanted, input)
  const badges = await Promise.all(wanted.badges.map((id) => assertMayOpenLink(ctx, actor, id)))
  const [studentId = -1] = await studentsOf(ctx, badges)
  const { school_id } = await getStudent(ctx.db, studentId)
  const life = wanted.life ?? (await usualLifeIn(ctx, school_id))
  await assertUnnamed(ctx, studentId, wanted.title)
  const at = ctx.now()
  const [id, token, day] = [ctx.newId(), ctx.newId(), today(ctx)]
  await ctx.db.transaction().execute(async (trx) => {
    for (const badge of badges) {
      const agreed = { badge, language: input.language }
      await agreeBySharing(ctx, trx, actor, agreed)
      if (wanted.shows === 'named')
        await agreeBySharing(ctx, trx, actor, { ...agreed, purpose: 'named-link' })
    }
    // First the audit: writers wait for each other on its head, so that the count below holds.
    const { shows } = wanted
    const details = { badges: badges.length, life, shows }
    const line = { at, actor: actor.publicId, action: 'selection.opened', subject: id }
    await appendAudit(trx, { ...line, details })
    const open = (await listSelections(trx, studentId)).filter((one) => isOpen(one, day))
    if (open.length >= MAX_OPEN_SELECTIONS) throw tooMany()
    const row = {
      ...{ public_id: id, student_id: studentId, token_hash: hashOf(token) },
      ...{ token_sealed: ctx.vault.seal(token), title: wanted.title, label: wanted.label },
      ...{ shows, created_at: at.toISOString(), until_day: lastDayOf(life, day) },
    }
    await insertSelection(
      trx,
      row,
      badges.map((badge) => badge.id),
    )
  })
  return { url: selectionUrl(ctx, token), id }
}

/** Whose badges they are: of one record, even where somebody has two. @throws {DomainError} invalid-request */
async function studentsOf(
  ctx: Context,
  badges: readonly { dossier_id: number }[],
): Promise<number[]> {
  const all = badges.map(
    async ({ dossier_id }) => (await getDossier(ctx.db, dossier_id)).student_id,
  )
  const ids = [...new Set(await Promise.all(all))]
  if (ids.length > 1) throw refused('/badges', BADGES_OF_ONE)
  return ids
}

/** A title is read by everybody: a name comes by its own agreement, and goes with it. */
async function assertUnnamed(ctx: Context, studentId: number, title: string): Promise<void> {
  const { family_name, given_name } = await getStudent(ctx.db, studentId)
  const words = new Set(wordsOf(title))
  const family = foldName(family_name)
  const isIn =
    (family.length > 2 && foldName(title).includes(family)) ||
    wordsOf(`${given_name} ${family_name}`).some((one) => words.has(one) && !PARTICLES.has(one))
  if (isIn) throw refused('/title', NO_NAME)
}

function wordsOf(text: string): string[] {
  return text
    .split(/[^\p{L}\p{N}]+/u)
    .map(foldName)
    .filter((word) => word !== '')
}

/** Parts of names that are words of any title, too. */
const PARTICLES = new Set([
  'd',
  'da',
  'de',
  'des',
  'di',
  'dos',
  'du',
  'el',
  'l',
  'la',
  'le',
  'les',
  'van',
  'von',
])

function tooMany(): DomainError {
  return refused('/title', {
    fr: `Vous avez déjà ${MAX_OPEN_SELECTIONS} pages ouvertes. Fermez celles qui ne servent plus, puis recommencez.`,
    en: `You have ${MAX_OPEN_SELECTIONS} open pages already. Close those that serve no more, then try again.`,
  })
}

const BADGES_OF_ONE = {
  fr: 'Ces badges sont de deux dossiers d’élève : faites une page pour chacun.',
  en: 'These badges are of two student records: make a page for each.',
}
const NO_NAME = {
  fr: 'Un titre ne contient pas votre nom : choisissez « avec mon nom », qui se retire quand vous voulez.',
  en: 'A title does not hold your name: choose “with my name”, which you can take back at any time.',
}

function refused(pointer: string, words: { fr: string; en: string }): DomainError {
  return new DomainError('rule-refused', words, { fields: [{ pointer, words }] })
}
