import type { Actor } from '../context.js'
import { approve } from '../issuer/approve.js'
import { assess } from '../issuer/assess.js'
import { endorse } from '../issuer/endorse.js'
import { openDossier } from '../issuer/open-dossier.js'
import { propose } from '../issuer/propose.js'
import { refuseDossier } from '../issuer/refuse-dossier.js'
import { revokeBadge } from '../issuer/revoke-badge.js'
import { findBadgeOfDossier } from '../issuer/store/badges.js'
import { findDossier } from '../issuer/store/dossiers.js'
import { creatorOf } from './badges.js'
import { BOSS, ENDORSERS } from './cast.data.js'
import { runJobs } from './jobs.js'
import { STEPS, type DossierPlan, type Step } from './plan.js'
import { known, oneOf, schoolOn, versionKey, type Happening, type Stage } from './stage.js'
import { COMMENTS } from './topics.data.js'

/** Every step that a dossier takes, by whom it takes; the badge is signed at once. */
export function dossierSteps(stage: Stage): Happening[] {
  return stage.plan.dossiers.flatMap((dossier) => [
    ...dossier.steps.map((at, index) => ({
      at,
      happen: () => TAKE[oneOf(STEPS, index)](stage, dossier),
    })),
    ...(dossier.refusedAt === undefined
      ? []
      : [{ at: dossier.refusedAt, happen: () => refuse(stage, dossier) }]),
    ...(dossier.revokedAt === undefined
      ? []
      : [{ at: dossier.revokedAt, happen: () => revoke(stage, dossier) }]),
  ])
}

const TAKE: Readonly<Record<Step, (stage: Stage, dossier: DossierPlan) => Promise<void>>> = {
  async opened(stage, dossier) {
    const { student, template, version, steps } = dossier
    const { teachers, liaison } = schoolOf(stage, dossier)
    const { actor } = steps.length === 1 ? liaison : oneOf(teachers, 0)
    const id = await openDossier(stage.ctx, actor, {
      studentId: known(stage.students, student),
      versionId: known(stage.versions, versionKey(template, version)),
    })
    stage.dossiers.set(dossier, id)
  },
  async proposed(stage, dossier) {
    const { teachers } = schoolOf(stage, dossier)
    await propose(stage.ctx, oneOf(teachers, 0).actor, known(stage.dossiers, dossier))
  },
  async assessed(stage, dossier) {
    // A mentor, so that the one who commits the company is somebody else.
    const mentor = 2 + (dossier.student.number % (ENDORSERS - 2))
    const shown = await shownTo(stage, dossier)
    const actor = endorserOf(stage, dossier, mentor)
    await assess(stage.ctx, actor, { ...shown, function: 'Tutrice ou tuteur en entreprise' })
  },
  async endorsed(stage, dossier) {
    await endorse(stage.ctx, endorserOf(stage, dossier, BOSS), {
      ...(await shownTo(stage, dossier)),
      function: 'Direction de l’atelier',
      comment: oneOf(COMMENTS, dossier.student.number),
    })
  },
  async approved(stage, dossier) {
    const { approver } = schoolOf(stage, dossier)
    await approve(stage.ctx, approver.actor, await shownTo(stage, dossier))
    await runJobs(stage.ctx)
  },
}

async function refuse(stage: Stage, dossier: DossierPlan): Promise<void> {
  await refuseDossier(stage.ctx, schoolOf(stage, dossier).approver.actor, {
    ...(await shownTo(stage, dossier)),
    reason: 'La pièce n’a pas été vue du début à la fin : à reprendre au prochain stage.',
  })
}

async function revoke(stage: Stage, dossier: DossierPlan): Promise<void> {
  await revokeBadge(stage.ctx, schoolOf(stage, dossier).approver.actor, {
    badgeId: await badgeOf(stage, dossier),
    reason: 'Délivré par erreur : la période en entreprise était celle d’un autre élève.',
  })
}

/** The public id of the badge that came of a dossier. */
export async function badgeOf(stage: Stage, dossier: DossierPlan): Promise<string> {
  const found = await findDossier(stage.ctx.db, known(stage.dossiers, dossier))
  const badge = found && (await findBadgeOfDossier(stage.ctx.db, found.id))
  if (!badge) throw new Error('A dossier of the demo has no badge.')
  return badge.public_id
}

/** What people commit to is what they were shown. */
async function shownTo(stage: Stage, dossier: DossierPlan) {
  const dossierId = known(stage.dossiers, dossier)
  const found = await findDossier(stage.ctx.db, dossierId)
  return { dossierId, digest: found?.digest ?? '' }
}

/** The school where the dossier was opened. */
function schoolOf(stage: Stage, { student, steps }: DossierPlan) {
  return known(stage.schools, schoolOn(student, steps[0] ?? ''))
}

function endorserOf(stage: Stage, { template }: DossierPlan, index: number): Actor {
  return oneOf(creatorOf(stage, template).endorsers, index).actor
}
