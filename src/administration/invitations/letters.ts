import type { Context, Role } from '../../context.js'
import { queueLetter, queueMail } from '../../mail/queue-mail.js'
import { invitedMatter } from '../../people/invited-mail.js'
import { ROLE_FACTS } from '../../people/roles.data.js'
import type { Organisation, Person } from '../../people/store.js'
import { valueOf } from '../../settings/read.js'
import type { Db } from '../../store/schema.js'
import type { Language, Words } from '../../words.js'

type Invitation = Readonly<{
  person: Pick<Person, 'publicId'>
  address: string
  url: string
  role: Role
  organisation: Organisation | undefined
}>

/** The letter that brings the link for a password: in both languages, for nobody knows yet which they read. */
export async function letterOfInvitation(
  ctx: Context,
  trx: Db,
  { person, address, url, role, organisation }: Invitation,
): Promise<void> {
  const days = await valueOf({ ...ctx, db: trx }, 'invitation-days')
  const where = placeOf(organisation)
  const name = ROLE_FACTS[role].words
  await queueLetter(trx, ctx, {
    key: `${invitedMatter(person)} ${ctx.newId()}`,
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
export async function noticeOfRole(ctx: Context, trx: Db, given: Given): Promise<void> {
  const { name, where } = wordsOf(given)
  await notice(ctx, trx, given, {
    key: 'role-given',
    subject: { fr: 'Votre compte a un nouveau rôle', en: 'Your account has a new role' },
    text: {
      fr: `Bonjour,\n\nVotre compte a un nouveau rôle : « ${name.fr} » (${where.fr}). Il compte dès maintenant. Si cela vous surprend, dites-le à qui gère les comptes de votre organisation.\n\n${ctx.config.publicUrl}/sign-in`,
      en: `Hello,\n\nYour account has a new role: “${name.en}” (${where.en}). It counts from now on. If this surprises you, tell whoever manages the accounts of your organisation.\n\n${ctx.config.publicUrl}/sign-in`,
    },
  })
}

/** Tells the holder of an account that somebody wanted to give it a role, who does not learn that it could not be. */
export async function noticeOfRoleNotGiven(ctx: Context, trx: Db, given: Given): Promise<void> {
  const { name, where } = wordsOf(given)
  await notice(ctx, trx, given, {
    key: 'role-not-given',
    subject: {
      fr: 'Une invitation que votre compte ne peut pas prendre',
      en: 'An invitation that your account can’t take',
    },
    text: {
      fr: `Bonjour,\n\nOn vous a invité dans le rôle « ${name.fr} » (${where.fr}), avec l’adresse de votre compte. Rien n’a changé : le compte d’un élève, ou de qui l’a été, ne reçoit un tel rôle que de l’administrateur de la plateforme. Qui vous a invité ne l’apprend pas d’ici. Si vous attendiez cette invitation, dites-le-lui ; sinon, ne faites rien.`,
      en: `Hello,\n\nSomebody has invited you in the role “${name.en}” (${where.en}), with the address of your account. Nothing has changed: the account of a student, or of who was one, is given such a role by the platform’s administrator alone. Whoever invited you does not learn so from us. If you waited for this invitation, tell them; if not, do nothing.`,
    },
  })
}

type Notice = Readonly<{ key: string; subject: Words; text: Words }>

async function notice(
  ctx: Context,
  trx: Db,
  { person, runId }: Given,
  { key, subject, text }: Notice,
): Promise<void> {
  const language: Language = person.language === 'en' ? 'en' : 'fr'
  await queueMail(trx, ctx, {
    key: `${key} ${runId} ${person.publicId}`,
    to: { personId: person.id, language },
    subject: subject[language],
    text: text[language],
  })
}

const wordsOf = ({ role, organisation }: Given) => ({
  name: ROLE_FACTS[role].words,
  where: placeOf(organisation),
})

function placeOf(organisation: Organisation | undefined): Words {
  if (organisation) return { fr: organisation.name, en: organisation.name }
  return { fr: 'la plateforme', en: 'the platform' }
}
