import type { Actor, Context } from '../context.js'
import { beginOpening } from '../mentoring/classes/begin-opening.js'
import type { openClass } from '../mentoring/classes/open-class.js'
import { recordStep } from '../mentoring/classes/record-step.js'
import { addDays } from './calendar.js'

const STEPS = [
  ['CONTACT_DRAFPIC', 60],
  ['ETABLISSEMENT_RETENU', 20],
  ['OUVERTE', 0],
] as const

/** A class whose way was noted, and that opens without an exploration (PT-15). @returns its public id */
export async function openByItsWay(
  ctx: Context,
  actor: Actor,
  opening: Parameters<typeof openClass>[2],
): Promise<string> {
  const { schoolId, principalCompanyId: companyId, track, fromDay } = opening
  const asked = { schoolId, companyId, track, note: '', day: addDays(fromDay, -90) }
  const openingId = await beginOpening(ctx, actor, asked)
  const nothing = { note: '', inspectors: '', dgesco: '', referentName: '', caVoteDate: '' }
  const said = { ...nothing, openingId, className: opening.name, mef: opening.mef }
  const acknowledged = ['PT-15', 'PT-16']
  let classId: string | undefined
  for (const [step, before] of STEPS) {
    const day = addDays(fromDay, -before)
    classId = await recordStep(ctx, actor, { ...said, step, day, acknowledged })
  }
  if (classId === undefined) throw new Error('A class of the demo did not open.')
  return classId
}
