import type { Context, Role } from '../../context.js'
import { queueLetter, queueMail } from '../../mail/queue-mail.js'
import { ROLE_FACTS } from '../../people/roles.data.js'
import type { Organisation, Person } from '../../people/store.js'
import { valueOf } from '../../settings/read.js'
import type { Db } from '../../store/schema.js'
import type { Language, Words } from '../../words.js'

type Invitation = Readonly<{
  address: string
  url: string
  role: Role
  organisation: Organisation | undefined
}>

/** The letter that brings the link for a password: in both languages, for nobody knows yet which they read. */
export async function letterOfInvitation(
  ctx: Context,
  trx: Db,
  { address, url, role, organisation }: Invitation,
): Promise<void> {
  const days = await valueOf({ ...ctx, db: trx }, 'invitation-days')
  const where = placeOf(organisation)
  const name = ROLE_FACTS[role].words
  await queueLetter(trx, ctx, {
    key: `invited ${ctx.newId()}`,
    to: { address, language: 'fr' },
    subject: 'Votre accès au service de badges / Your access to the badge service',
    text: `Bonjour,

Vous êtes invité sur le service de badges de compétences, dans le rôle « ${name.fr} » (${where.fr}). Choisissez votre mot de passe à cette page :

${url}

Ce lien sert une fois et vaut ${days} jours. Il est pour vous seul : ne le transmettez pas. Si cette invitation vous surprend, ne faites rien.

---

Hello,

You are invited to the service of competency badges, in the role “${name.en}” (${where.en}). Choose your password on the page above. The link serves once, for ${days} days, and is for you alone. If this invitation surprises you, do nothing.`,
  })
}

type Given = Readonly<{
  person: Person
  role: Role
  organisation: Organisation | undefined
  runId: string
}>

/** Tells the holder of an account that it has a new role. */
export async function noticeOfRole(
  ctx: Context,
  trx: Db,
  { person, role, organisation, runId }: Given,
): Promise<void> {
  const language: Language = person.language === 'en' ? 'en' : 'fr'
  const where = placeOf(organisation)[language]
  const name = ROLE_FACTS[role].words[language]
  const words: Words = {
    fr: `Bonjour,\n\nVotre compte a un nouveau rôle : « ${name} » (${where}). Il compte dès maintenant. Si cela vous surprend, dites-le à qui gère les comptes de votre organisation.\n\n${ctx.config.publicUrl}/sign-in`,
    en: `Hello,\n\nYour account has a new role: “${name}” (${where}). It counts from now on. If this surprises you, tell whoever manages the accounts of your organisation.\n\n${ctx.config.publicUrl}/sign-in`,
  }
  const subject: Words = {
    fr: 'Votre compte a un nouveau rôle',
    en: 'Your account has a new role',
  }
  await queueMail(trx, ctx, {
    key: `role-given ${runId} ${person.publicId}`,
    to: { personId: person.id, language },
    subject: subject[language],
    text: words[language],
  })
}

function placeOf(organisation: Organisation | undefined): Words {
  if (organisation) return { fr: organisation.name, en: organisation.name }
  return { fr: 'la plateforme', en: 'the platform' }
}
