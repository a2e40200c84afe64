import type { Context } from '../../context.js'
import { queueMail } from '../../mail/queue-mail.js'
import { today } from '../../people/days.js'
import { listMembersOf } from '../../people/members-store.js'
import { findPerson } from '../../people/store.js'
import type { Db } from '../../store/schema.js'
import { LANGUAGES, type Words } from '../../words.js'

/**
 * Tells the approvers of schools that a company has withdrawn an endorsement, in the transaction that does it.
 *
 * @param path of the page that says more
 */
export async function tellSchools(
  trx: Db,
  ctx: Context,
  { schoolIds, path }: Readonly<{ schoolIds: readonly number[]; path: string }>,
): Promise<void> {
  const day = today(ctx)
  const approvers = await listMembersOf(trx, schoolIds, day, ['school-approver'])
  for (const personId of new Set(approvers.map((one) => one.personId))) {
    const person = await findPerson(trx, personId)
    if (!person?.email) continue
    const language = LANGUAGES.find((known) => known === person.language) ?? 'fr'
    await queueMail(trx, ctx, {
      key: `endorsement-withdrawn ${ctx.newId()}`,
      to: { personId, language },
      subject: SUBJECT[language],
      text: textAt(`${ctx.config.publicUrl}${path}`)[language],
    })
  }
}

const SUBJECT: Words = {
  fr: 'Une entreprise a retiré un endossement',
  en: 'A company has withdrawn an endorsement',
}

function textAt(url: string): Words {
  return {
    fr: `Bonjour,

Une entreprise partenaire a retiré un endossement. Le badge reste valable, et dit désormais, à qui le vérifie, que l’entreprise ne s’en porte plus garante. Sa raison et ce qu’il concerne :

${url}`,
    en: `Hello,

A partner company has withdrawn an endorsement. The badge stays valid, and now says, to whoever verifies it, that the company stands by it no more. Its reason, and what it is about:

${url}`,
  }
}
