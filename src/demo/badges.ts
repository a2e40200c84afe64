import { defineTemplate } from '../templates/define-template.js'
import { editDraft } from '../templates/edit-draft.js'
import { EXAMPLE_DEFINITIONS } from '../templates/examples.js'
import { newVersion } from '../templates/new-version.js'
import { proposeVersion } from '../templates/propose-version.js'
import { publishVersion } from '../templates/publish-version.js'
import { findVersion } from '../templates/store.js'
import { CREATOR_OF_EXAMPLE, DRAFT, PUBLISHED, RENEWED } from './badges.data.js'
import { addDays, at, dayOf } from './calendar.js'
import { BOSS } from './cast.data.js'
import { runJobs } from './jobs.js'
import { known, oneOf, versionKey, type Happening, type Stage } from './stage.js'

/** The seven examples, defined and published by their companies; one renewed; one more as a draft. */
export function definitions(stage: Stage): Happening[] {
  const { year, today } = stage.plan
  return [
    ...PUBLISHED.flatMap(([yearsAgo, date], template) => {
      const day = dayOf(year - yearsAgo, date)
      return [
        { at: at(addDays(day, -6), 9), happen: () => define(stage, template) },
        { at: at(day, 9), happen: () => publish(stage, template, 1) },
      ]
    }),
    ...renewal(stage),
    { at: at(addDays(today, -20), 10), happen: () => draft(stage) },
  ]
}

async function define(stage: Stage, template: number): Promise<void> {
  const example = oneOf(EXAMPLE_DEFINITIONS, template)
  const isRenewed = template === RENEWED.template
  const { publicId, versionId } = await defineTemplate(stage.ctx, adminOf(stage, template), {
    companyId: creatorOf(stage, template).organisation.id,
    definition: isRenewed ? { ...example, validityMonths: RENEWED.validityMonths } : example,
  })
  stage.templates.set(template, publicId)
  stage.versions.set(versionKey(template, 1), versionId)
}

async function publish(stage: Stage, template: number, version: number): Promise<void> {
  const id = known(stage.versions, versionKey(template, version))
  const digest = (await findVersion(stage.ctx.db, id))?.digest ?? ''
  const read = { versionId: id, digest }
  const proposer = oneOf(creatorOf(stage, template).endorsers, BOSS).actor
  await proposeVersion(stage.ctx, proposer, { ...read, function: 'Direction de l’atelier' })
  await publishVersion(stage.ctx, adminOf(stage, template), {
    ...read,
    function: 'Direction de l’entreprise',
  })
  await runJobs(stage.ctx)
}

/** The second version no longer ends after a year. */
function renewal(stage: Stage): Happening[] {
  const { template, second } = RENEWED
  const [yearsAgo, date] = second
  const day = dayOf(stage.plan.year - yearsAgo, date)
  const rewrite = async () => {
    const actor = adminOf(stage, template)
    const versionId = await newVersion(stage.ctx, actor, known(stage.templates, template))
    const digest = (await findVersion(stage.ctx.db, versionId))?.digest ?? ''
    const definition = oneOf(EXAMPLE_DEFINITIONS, template)
    await editDraft(stage.ctx, actor, { versionId, digest, definition })
    stage.versions.set(versionKey(template, 2), versionId)
  }
  return [
    { at: at(addDays(day, -4), 9), happen: rewrite },
    { at: at(day, 9), happen: () => publish(stage, template, 2) },
  ]
}

async function draft(stage: Stage): Promise<void> {
  const [first] = EXAMPLE_DEFINITIONS
  const { organisation, admin } = creatorOf(stage, 0)
  await defineTemplate(stage.ctx, admin.actor, {
    companyId: organisation.id,
    definition: { ...first, ...DRAFT },
  })
}

export function creatorOf(stage: Stage, template: number) {
  return known(stage.companies, oneOf(CREATOR_OF_EXAMPLE, template))
}

function adminOf(stage: Stage, template: number) {
  return creatorOf(stage, template).admin.actor
}
