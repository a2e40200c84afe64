import type { Context } from '../../context.js'
import { queueMail } from '../../mail/queue-mail.js'
import { getStudent, lockStudent, noteRecordTold } from '../../mentoring/students/store.js'
import { today } from '../../people/days.js'
import { lockPerson } from '../../people/passkeys/store.js'
import { noteForgettingTold } from '../../people/people-store.js'
import { findPerson } from '../../people/store.js'
import type { Db } from '../../store/schema.js'
import { sayIn } from '../../web/say.js'
import { toLanguage } from '../../words.js'
import { adultsToWarn } from './forget-adult.js'
import { kindOf, studentsToWarn } from './forget-students.js'
import { OF_ADULT, OF_STUDENT, type WarningWords } from './warning-words.js'
import { warnedForDay } from './warning.js'

/** How many would be warned now. */
export async function countToWarn(ctx: Context): Promise<number> {
  return (await adultsToWarn(ctx)).length + (await studentsToWarn(ctx)).length
}

/**
 * Tells whose account or record is soon forgotten by its age what will happen, when, and how to stay: once. Who has no address is
 * told nothing; one whose warning fails keeps nobody else's back.
 *
 * @param most of each, in one night
 * @returns how many were told
 */
export async function warnAhead(
  ctx: Context,
  most: Readonly<{ students: number; adults: number }>,
): Promise<number> {
  let warned = 0
  for (const id of (await adultsToWarn(ctx)).slice(0, most.adults))
    if (await isWarned(ctx, () => warnAdult(ctx, id))) warned += 1
  for (const id of (await studentsToWarn(ctx)).slice(0, most.students))
    if (await isWarned(ctx, () => warnStudent(ctx, id))) warned += 1
  return warned
}

async function isWarned(ctx: Context, warn: () => Promise<boolean>): Promise<boolean> {
  try {
    return await warn()
  } catch (error) {
    ctx.log.error({ event: 'warning-failed', failure: kindOf(error) })
    return false
  }
}

function warnAdult(ctx: Context, personId: number): Promise<boolean> {
  return ctx.db.transaction().execute(async (trx) => {
    await lockPerson(trx, personId)
    if (!(await adultsToWarn({ ...ctx, db: trx }, personId)).includes(personId)) return false
    await write(ctx, trx, personId, OF_ADULT)
    return true
  })
}

function warnStudent(ctx: Context, id: number): Promise<boolean> {
  return ctx.db.transaction().execute(async (trx) => {
    await lockStudent(trx, id)
    const { person_id: personId } = await getStudent(trx, id)
    if (personId === null) return false
    await lockPerson(trx, personId)
    if (!(await studentsToWarn({ ...ctx, db: trx }, id)).includes(id)) return false
    await noteRecordTold(trx, id, today(ctx))
    await write(ctx, trx, personId, OF_STUDENT)
    return true
  })
}

/** Of two records that end on one day, one letter is enough. */
async function write(ctx: Context, trx: Db, personId: number, words: WarningWords): Promise<void> {
  await noteForgettingTold(trx, personId, today(ctx))
  const person = await findPerson(trx, personId)
  if (!person) return
  const language = toLanguage(person.language)
  const day = sayIn(language, ctx.config.timeZone).day(warnedForDay(ctx))
  await queueMail(trx, ctx, {
    key: `forgetting ${person.publicId} ${today(ctx)}`,
    to: { personId, language },
    subject: words.subject(day)[language],
    text: words.text(day, ctx.config.publicUrl)[language],
  })
}
