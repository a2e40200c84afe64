import type { Actor, Context } from '../context.js'
import { beginOpening } from '../mentoring/classes/begin-opening.js'
import type { openClass } from '../mentoring/classes/open-class.js'
import { recordStep } from '../mentoring/classes/record-step.js'
import { addDays, at } from './calendar.js'
import { OPENING } from './cast.data.js'
import { known, oneOf, type Happening, type Stage } from './stage.js'

const STEPS = [
  ['CONTACT_DRAFPIC', 60],
  ['ETABLISSEMENT_RETENU', 20],
  ['OUVERTE', 0],
] as const

const NOTHING = { note: '', inspectors: '', dgesco: '', referentName: '', caVoteDate: '' }

/** A class whose way was noted, and that opens without an exploration (PT-15). @returns its public id */
export async function openByItsWay(
  ctx: Context,
  actor: Actor,
  opening: Parameters<typeof openClass>[2],
): Promise<string> {
  const { schoolId, principalCompanyId: companyId, track, fromDay } = opening
  const asked = { schoolId, companyId, track, note: '', day: addDays(fromDay, -90) }
  const openingId = await beginOpening(ctx, actor, asked)
  const said = { ...NOTHING, openingId, className: opening.name, mef: opening.mef }
  const acknowledged = ['PT-15', 'PT-16']
  let classId: string | undefined
  for (const [step, before] of STEPS) {
    const day = addDays(fromDay, -before)
    classId = await recordStep(ctx, actor, { ...said, step, day, acknowledged })
  }
  if (classId === undefined) throw new Error('A class of the demo did not open.')
  return classId
}

/** PT-15: a second class that a company asks for; its exploration is still to come. */
export function openingUnderWay(stage: Stage): Happening[] {
  const { ctx, plan } = stage
  const { askedDaysAgo, contactedDaysAgo, school, company, track } = OPENING
  const asked = addDays(plan.today, -askedDaysAgo)
  const contacted = addDays(plan.today, -contactedDaysAgo)
  let openingId = ''
  const teacher = () => oneOf(known(stage.schools, school).teachers, 0).actor
  const begin = async (day: string) => {
    openingId = await beginOpening(ctx, teacher(), {
      schoolId: known(stage.schools, school).organisation.publicId,
      companyId: known(stage.companies, company).organisation.publicId,
      ...{ track, day },
      note: 'L’entreprise cherche des jeunes pour son nouvel atelier.',
    })
  }
  const contact = async (day: string) => {
    const said = { ...NOTHING, note: 'Premier échange, dossier envoyé.', className: '', mef: '' }
    const step = 'CONTACT_DRAFPIC'
    await recordStep(ctx, teacher(), { ...said, openingId, step, day, acknowledged: [] })
  }
  return [
    { at: at(asked, 11), happen: () => begin(asked) },
    { at: at(contacted, 11), happen: () => contact(contacted) },
  ]
}
