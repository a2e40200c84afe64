import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { confirmedFactsOf, findStudent } from '../../src/mentoring/facts/facts.js'
import { addDerogation } from '../../src/mentoring/placements/add-site.js'
import { agreeToAssessment } from '../../src/mentoring/placements/agree-to-assessment.js'
import { askAssessment } from '../../src/mentoring/placements/ask-assessment.js'
import { keepAssessment, sendAssessment } from '../../src/mentoring/placements/assess-placement.js'
import { cancelPlacement } from '../../src/mentoring/placements/change-tutor.js'
import { completePlacement } from '../../src/mentoring/placements/complete-placement.js'
import { confirmPlacement } from '../../src/mentoring/placements/confirm-placement.js'
import { placementFindings } from '../../src/mentoring/placements/findings.js'
import { addGrid } from '../../src/mentoring/placements/grids.js'
import { recordVisit } from '../../src/mentoring/placements/record-visit.js'
import { seePlacement } from '../../src/mentoring/placements/see-placement.js'
import { seePlacements } from '../../src/mentoring/placements/see-placements.js'
import { choicesForPlan, seeGrids, seeSites } from '../../src/mentoring/placements/see-plan-form.js'
import { recordSignature, writeAgreement } from '../../src/mentoring/placements/write-agreement.js'
import { STORES } from '../support/dialects.js'
import { openWorld } from '../support/world.js'
import { aStudent, openAcademy } from './academy.js'
import { accountOf, aSite, filledIn, plan, tokenOf } from './placements/planned.js'

describe.each(STORES)('on $name', ({ open }) => {
  test('a placement lives from its plan to the word of its student', async () => {
    const world = await openWorld({ db: await open() })
    const academy = await openAcademy(world)
    const { teacher, tutor, school } = academy
    await aStudent(world, academy, { id: 'ana' })
    const student = await accountOf(world, academy, 'ana', 'ana@example.org')
    const siteId = await aSite(world, academy)
    await addDerogation(world, teacher, { siteId, sentOn: '2026-09-01', works: 'Résines' })

    // Two plans at the same moment: one has the days.
    const days = {
      siteId,
      fromDay: '2026-11-16',
      untilDay: '2026-11-20',
      work: 'REGULATED',
    } as const
    const both = await Promise.allSettled([plan(world, academy, days), plan(world, academy, days)])
    const [placementId = ''] = both.flatMap((one) => (one.status === 'fulfilled' ? one.value : []))
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)

    await writeAgreement(world, teacher, { placementId, mentions: { GRATUITY: 'Aucune' } })
    const signature = { placementId, signedOn: '2026-11-10', manner: 'PAPER' } as const
    await recordSignature(world, teacher, { ...signature, party: 'SCHOOL' })
    await expect(
      recordSignature(world, teacher, { ...signature, party: 'SCHOOL' }),
    ).rejects.toMatchObject({ code: 'conflict' })
    const visit = { placementId, manner: 'PHONE', finding: 'GOES_WELL' } as const
    await recordVisit(world, teacher, { ...visit, day: '2026-11-17' })
    await expect(recordVisit(world, teacher, { ...visit, day: '2026-11-17' })).rejects.toThrow()
    const rules = async () =>
      (await placementFindings(world.db, { schoolIds: [school.id] }, '2026-11-24')).map(
        ({ rule }) => rule,
      )
    expect(await rules()).toEqual(['PFMP-11', 'PFMP-12', 'PFMP-14'])

    const gridId = await addGrid(world, teacher, {
      ...{ schoolId: school.publicId, title: 'Grille DÉMO' },
      ...{ competences: 'Préparer\n- Lit un plan', levels: 'Non\nOui' },
    })
    const token = tokenOf((await askAssessment(world, teacher, { placementId, gridId })).url)
    const filled = filledIn({ marks: { '1.1': '2' }, daysDone: '5' })
    await keepAssessment(world, token, { ...filled, outcome: '' })
    const sent = await Promise.allSettled([
      sendAssessment(world, token, filled),
      sendAssessment(world, token, filled),
    ])
    expect(sent.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await confirmPlacement(world, teacher, placementId)
    await agreeToAssessment(world, student, placementId)
    const ana = await findStudent(world.db, 'ana')
    expect(await confirmedFactsOf(world.db, ana!.id)).toMatchObject([{ days: 5 }])
    expect(await rules()).toEqual(['PFMP-11', 'PFMP-12'])

    for (const actor of [teacher, tutor, student]) {
      const [line] = (await seePlacements(world, actor)).lines
      expect(line?.group).toBe('validated')
      const view = await seePlacement(world, actor, placementId)
      expect(view.assessment?.agreed_at).toBe(world.now().toISOString())
    }
    const of = { studentId: 'ana', companyId: academy.company.publicId }
    expect((await choicesForPlan(world, teacher, of)).sites).toHaveLength(1)
    expect((await seeSites(world, teacher)).derogations).toHaveLength(1)
    expect((await seeGrids(world, teacher)).grids).toHaveLength(2)
    // To cancel and to complete at the same moment: one of the two is done.
    const other = await plan(world, academy, { fromDay: '2026-11-23', untilDay: '2026-11-24' })
    const ends = await Promise.allSettled([
      cancelPlacement(world, teacher, other),
      completePlacement(world, teacher, { placementId: other, daysDone: 2 }),
    ])
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    // PGlite answers its last query before it closes.
    await sleep(0)
    await world.db.destroy()
  }, 60_000)
})
