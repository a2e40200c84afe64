import type { Actor } from '../../../src/context.js'
import { askGuardian } from '../../../src/mentoring/consents/ask-guardian.js'
import { addGuardian } from '../../../src/mentoring/consents/guardians.js'
import type { Purpose } from '../../../src/mentoring/consents/purposes.data.js'
import type { Scope } from '../../../src/mentoring/consents/record.js'
import type { World } from '../../support/world.js'

/** Gives the one student of a world another birth date. */
export async function bornOn(world: World, birthDate: string): Promise<void> {
  const birth_date_sealed = world.vault.seal(birthDate)
  await world.db.updateTable('students').set({ birth_date_sealed }).execute()
}

export function aGuardian(world: World, teacher: Actor, name: string, studentId = 'student') {
  const email = `${name.toLowerCase()}@example.net`
  return addGuardian(world, teacher, { studentId, name, email, language: 'fr' })
}

type Letter = Readonly<{ address: string; text: string; subject: string; body: string }>

/** The letters in the outbox, opened. */
export async function letters(world: World): Promise<Letter[]> {
  const rows = await world.db.selectFrom('outbox_mails').selectAll().orderBy('id').execute()
  return rows.map(({ letter_sealed, subject, body }) => ({
    ...(JSON.parse(world.vault.open(letter_sealed ?? '')) as { address: string; text: string }),
    ...{ subject, body },
  }))
}

/** Asks a guardian: the code that is handed over, and the token of the link in their mail. */
export async function asked(
  world: World,
  actor: Actor,
  guardianId: string,
  of: Readonly<{ purpose?: Purpose; badge?: Scope; studentId?: string }> = {},
): Promise<{ code: string; token: string }> {
  const { purpose = 'public-page', badge = null, studentId = 'student' } = of
  const { code } = await askGuardian(world, actor, { studentId, guardianId, purpose, badge })
  const text = (await letters(world)).at(-1)?.text ?? ''
  return { code, token: /\/g\/([\w-]+)/.exec(text)?.[1] ?? '' }
}
