import { z } from 'zod'
import type { Actor, Context } from '../context.js'
import { organisationsWith } from '../people/authorize.js'
import { findVersionByNumber } from '../templates/store.js'
import { page } from '../web/page.js'
import { PageNumber, told } from '../web/validate.js'
import type { Words } from '../words.js'
import { approve } from './approve.js'
import { assess } from './assess.js'
import { lengthFault } from './commitment.js'
import { mayTakeSome } from './batches/see-batch.js'
import { endorse } from './endorse.js'
import { openDossier } from './open-dossier.js'
import { propose } from './propose.js'
import { refuseDossier } from './refuse-dossier.js'
import { seeCandidates, seeStudentsToAward } from './see-candidates.js'
import { seeDossier } from './see-dossier.js'
import { seeDossiers } from './see-dossiers.js'
import { noDossier } from './steps.js'
import { DOSSIER_STATES } from './store/dossiers.js'
import { DossierPage } from './views/dossier.js'
import { DossiersView } from './views/dossiers.js'
import { ChooseStudentView, NewDossierView } from './views/new-dossier.js'
import { withdraw } from './withdraw.js'

const Id = z.string().max(64)
/** So that all that is wrong with a form is said at once; the act asks again. */
const typed = (what: 'function' | 'comment' | 'reason') =>
  z
    .string()
    .max(4_000)
    .default('')
    .superRefine((text, refusal) => {
      const fault = lengthFault(what, text)
      if (fault) refusal.addIssue({ code: 'custom', message: told(fault) })
    })

const dossiersPage = page({
  path: '/dossiers',
  access: 'signed-in',
  query: z.object({
    state: z.enum(DOSSIER_STATES).optional().catch(undefined),
    page: PageNumber,
  }),
  async show(ctx, asked, actor) {
    const list = await seeDossiers(ctx, actor, asked.query)
    const mayOpen = organisationsWith(actor, 'open-dossier').length > 0
    const mayBatch = mayTakeSome(actor)
    return <DossiersView {...{ asked, list, mayOpen, mayBatch }} state={asked.query.state} />
  },
})

const newDossierPage = page({
  path: '/dossiers/new',
  access: 'signed-in',
  query: z.object({ student: Id.optional() }),
  form: z.object({
    badge: z
      .string()
      .regex(/^[\w-]{1,64}\.\d{1,6}$/, told({ fr: 'Choisissez un badge.', en: 'Choose a badge.' })),
  }),
  async show(ctx, asked, actor) {
    const { student } = asked.query
    return student === undefined ? (
      <ChooseStudentView asked={asked} cohorts={await seeStudentsToAward(ctx, actor)} />
    ) : (
      <NewDossierView asked={asked} found={await seeCandidates(ctx, actor, student)} />
    )
  },
  async submit(ctx, { form, query }, actor) {
    const [templateId = '', number] = form.badge.split('.')
    const version = await findVersionByNumber(ctx.db, templateId, Number(number))
    if (!version || query.student === undefined) throw noDossier()
    const input = { studentId: query.student, versionId: version.id }
    const dossierId = await openDossier(ctx, actor, input)
    return {
      to: `/dossiers/${dossierId}`,
      notice: { fr: 'Le dossier est ouvert.', en: 'The dossier is open.' },
    }
  },
})

const digest = z.string().max(64)
const DossierForm = z.discriminatedUnion('act', [
  z.object({ act: z.literal('propose') }),
  z.object({ act: z.literal('assess'), digest, function: typed('function') }),
  z.object({
    act: z.literal('endorse'),
    digest,
    function: typed('function'),
    comment: typed('comment'),
    entitled: z.literal(
      'yes',
      told({
        fr: 'Cochez cette déclaration : seule une personne en droit d’engager l’entreprise endosse.',
        en: 'Tick this statement: only a person entitled to commit the company endorses.',
      }),
    ),
  }),
  z.object({ act: z.literal('approve'), digest }),
  z.object({ act: z.literal('refuse'), digest, reason: typed('reason') }),
  z.object({ act: z.literal('withdraw') }),
])
type DossierForm = z.infer<typeof DossierForm>

const dossierPage = page({
  path: '/dossiers/:id',
  access: 'signed-in',
  params: z.object({ id: Id }),
  form: DossierForm,
  async show(ctx, asked, actor) {
    return <DossierPage asked={asked} dossier={await seeDossier(ctx, actor, asked.params.id)} />
  },
  async submit(ctx, { form, params }, actor) {
    await act(ctx, actor, params.id, form)
    return { to: `/dossiers/${params.id}`, notice: DONE[form.act] }
  },
})

function act(ctx: Context, actor: Actor, dossierId: string, form: DossierForm): Promise<unknown> {
  switch (form.act) {
    case 'propose':
      return propose(ctx, actor, dossierId)
    case 'assess':
      return assess(ctx, actor, { dossierId, ...form })
    case 'endorse':
      return endorse(ctx, actor, { dossierId, ...form })
    case 'approve':
      return approve(ctx, actor, { dossierId, ...form })
    case 'refuse':
      return refuseDossier(ctx, actor, { dossierId, ...form })
    case 'withdraw':
      return withdraw(ctx, actor, dossierId)
  }
}

const DONE: Readonly<Record<DossierForm['act'], Words>> = {
  propose: {
    fr: 'Le dossier est proposé à l’entreprise.',
    en: 'The dossier is proposed to the company.',
  },
  assess: {
    fr: 'Votre évaluation est enregistrée. Une autre personne de l’entreprise peut endosser.',
    en: 'Your assessment is recorded. Somebody else of the company may endorse.',
  },
  endorse: {
    fr: 'Le badge est endossé. Le lycée peut l’approuver.',
    en: 'The badge is endorsed. The school may approve it.',
  },
  approve: {
    fr: 'Le badge est approuvé ; il est signé dans quelques instants.',
    en: 'The badge is approved; it will be signed in a few moments.',
  },
  refuse: { fr: 'Le dossier est refusé.', en: 'The dossier is refused.' },
  withdraw: {
    fr: 'Le dossier est de nouveau en préparation.',
    en: 'The dossier is being prepared again.',
  },
}

export const dossierPages = [dossiersPage, newDossierPage, dossierPage]
