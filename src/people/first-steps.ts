import type { Actor, Context } from '../context.js'
import { valueOf } from '../settings/read.js'
import type { Waiting } from '../web/components/journey.js'
import type { Words } from '../words.js'
import { may } from './authorize.js'
import { today } from './days.js'
import { listPasskeys } from './passkeys/store.js'
import { countHolders, listOrganisations } from './store.js'

export type FirstStep = Readonly<{
  words: Words
  /** Where it is done. */
  href: string
  done: boolean
  /** Without it nobody can issue a badge; the others are good to have. */
  needed: boolean
}>

/**
 * What whoever sets up the service does after the first administrator, in its order, and what of it is done.
 *
 * @param backupMade what only the data folder knows
 */
export async function seeFirstSteps(
  ctx: Context,
  actor: Actor,
  { backupMade }: Readonly<{ backupMade: boolean }>,
): Promise<FirstStep[]> {
  const day = today(ctx)
  const held = (role: Parameters<typeof countHolders>[1]) => countHolders(ctx.db, role, day)
  const kinds = (await listOrganisations(ctx.db)).map(({ kind }) => kind)
  const passkeys = actor.personId === null ? [] : await listPasskeys(ctx.db, actor.personId)
  const done: Readonly<Record<StepName, boolean>> = {
    passkey: passkeys.length > 0,
    contact: (await valueOf(ctx, 'operator-contact')) !== '',
    mail: ctx.config.smtpUrl !== undefined,
    school: kinds.includes('lycee'),
    company: kinds.includes('company'),
    approver: (await held('school-approver')) > 0,
    endorser: (await held('company-endorser')) > 0,
    backup: backupMade,
    second: (await held('platform-admin')) > 1,
  }
  return STEPS.map(([name, step]) => ({ ...step, done: done[name] }))
}

/** On the first page of the platform’s administrator, until badges can be issued. A demo is set up. */
export async function firstStepsWaiting(ctx: Context, actor: Actor): Promise<Waiting[]> {
  if (ctx.config.demo || !may(actor, 'manage-service', {})) return []
  const steps = await seeFirstSteps(ctx, actor, { backupMade: true })
  const count = steps.filter(({ needed, done }) => needed && !done).length
  return [{ words: WAITING, href: '/admin/health', count }]
}

const WAITING: Words = {
  fr: 'Premiers pas à faire avant qu’un badge puisse être délivré',
  en: 'First steps to take before a badge can be issued',
}

const STEPS = [
  [
    'passkey',
    {
      words: {
        fr: 'Enregistrer votre clé d’accès : admettre, inviter et régler la demandent.',
        en: 'Register your passkey: to admit, invite and set takes it.',
      },
      href: '/account',
      needed: false,
    },
  ],
  [
    'school',
    {
      words: { fr: 'Admettre un premier lycée.', en: 'Admit a first lycée.' },
      href: '/organisations',
      needed: true,
    },
  ],
  [
    'company',
    {
      words: { fr: 'Admettre une première entreprise.', en: 'Admit a first company.' },
      href: '/organisations',
      needed: true,
    },
  ],
  [
    'approver',
    {
      words: {
        fr: 'Inviter un approbateur du lycée ; il invitera ses collègues.',
        en: 'Invite an approver of the lycée; they invite their colleagues.',
      },
      href: '/invitations',
      needed: true,
    },
  ],
  [
    'endorser',
    {
      words: {
        fr: 'Inviter les personnes de l’entreprise : un administrateur et un endosseur.',
        en: 'Invite the people of the company: an administrator and an endorser.',
      },
      href: '/invitations',
      needed: true,
    },
  ],
  [
    'contact',
    {
      words: {
        fr: 'Donner l’adresse de contact du service, que ses pages montrent.',
        en: 'Give the contact address of the service, which its pages show.',
      },
      href: '/admin/settings/operator-contact',
      needed: false,
    },
  ],
  [
    'mail',
    {
      words: {
        fr: 'Brancher le courriel : les variables SMTP_URL et MAIL_FROM, puis redémarrer. Sans lui, les liens se transmettent à la main.',
        en: 'Connect mail: the variables SMTP_URL and MAIL_FROM, then start anew. Without it, links are handed over.',
      },
      href: '/mail',
      needed: false,
    },
  ],
  [
    'backup',
    {
      words: {
        fr: 'Faire une première sauvegarde : « sceau backup DOSSIER ».',
        en: 'Make a first backup: “sceau backup FOLDER”.',
      },
      href: '/admin/health',
      needed: false,
    },
  ],
  [
    'second',
    {
      words: {
        fr: 'Nommer un second administrateur : seul, vous ne pourriez pas retrouver votre accès.',
        en: 'Name a second administrator: alone, you could not recover your access.',
      },
      href: '/people/new',
      needed: false,
    },
  ],
] as const satisfies readonly (readonly [string, Omit<FirstStep, 'done'>])[]

type StepName = (typeof STEPS)[number][0]
