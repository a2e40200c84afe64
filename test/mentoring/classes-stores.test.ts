import { describe, expect, test } from 'vitest'
import { classFindings } from '../../src/mentoring/classes/class-findings.js'
import { beginOpening } from '../../src/mentoring/classes/begin-opening.js'
import { endFunction, namePerson } from '../../src/mentoring/classes/name-person.js'
import { coverClass, recordAgreement } from '../../src/mentoring/classes/record-agreement.js'
import {
  promise,
  recordContribution,
  withdrawContribution,
} from '../../src/mentoring/classes/record-contribution.js'
import { recordStep } from '../../src/mentoring/classes/record-step.js'
import { seeContributions } from '../../src/mentoring/classes/see-contributions.js'
import { seePlan } from '../../src/mentoring/classes/see-plan.js'
import { setDomains } from '../../src/mentoring/classes/set-domains.js'
import { signPlan } from '../../src/mentoring/classes/sign-plan.js'
import { writePlan } from '../../src/mentoring/classes/write-plan.js'
import { writeProgression } from '../../src/mentoring/classes/write-progression.js'
import { addSchool } from '../../src/mentoring/cohorts/add-school.js'
import { seeCohorts } from '../../src/mentoring/cohorts/see-cohort.js'
import { confirmPlacement } from '../../src/mentoring/placements/confirm-placement.js'
import { confirmSession } from '../../src/mentoring/confirming/confirm-session.js'
import { findOrganisationBySlug } from '../../src/people/store.js'
import { STORES } from '../support/dialects.js'
import { openWorld } from '../support/world.js'
import { aMember, aPlacement, aSession, openAcademy } from './academy.js'
import { anAdmin } from './classes/ground.js'

const kept = (outcomes: readonly PromiseSettledResult<unknown>[]) =>
  outcomes.filter(({ status }) => status === 'fulfilled').length

describe.each(STORES)('on $name', ({ open }) => {
  test('a class that has all that it rests on is told of nothing', async () => {
    const world = await openWorld({ db: await open() })
    const academy = await openAcademy(world)
    const { teacher, classId, company, cohortId, school } = academy
    const admin = await anAdmin(world, academy)
    const ana = await aMember(world, academy, { id: 'ana' })
    await confirmSession(
      world,
      academy.colleague,
      await aSession(world, academy, { studentIds: [ana] }),
    )
    await confirmPlacement(world, academy.colleague, await aPlacement(world, academy, ana))

    const agreement = { type: 'ACCORD_CADRE_PTECH', title: 'Accord', startDay: '2026-09-01' }
    const agreementId = await recordAgreement(world, teacher, {
      ...agreement,
      classId,
      endDay: '2031-08-31',
      parties: [{ name: 'Ministère DÉMO', capacity: 'Ministre' }],
    })
    await expect(coverClass(world, teacher, { classId, agreementId })).rejects.toThrow()
    const person = { classId, name: 'Sacha Démo', fromDay: '2026-09-01' }
    const inspectorId = await namePerson(world, teacher, { ...person, function: 'INSPECTOR' })
    await namePerson(world, teacher, { ...person, function: 'ACADEMIC_REFERENT' })
    const left = await namePerson(world, teacher, { ...person, function: 'LEAD_TEACHER' })
    await endFunction(world, teacher, { classId, id: left, lastDay: '2026-11-24' })
    const based = { classId, basedOn: 0 }
    await writeProgression(world, teacher, {
      ...based,
      content: 'Période 1',
      cohortIds: [cohortId],
      inspectorId,
      acknowledged: [],
    })
    const years = ['a', 'b', 'c', 'd', 'e']
    // At the same moment: one of two, whoever is first.
    const written = [1, 2].map(() =>
      writePlan(world, teacher, { ...based, firstYear: 2026, years }),
    )
    expect(kept(await Promise.allSettled(written))).toBe(1)
    const signed = [academy.teacher, academy.colleague].map((one) =>
      signPlan(world, one, { classId, side: 'TEAM', version: 1 }),
    )
    expect(kept(await Promise.allSettled(signed))).toBe(1)
    await signPlan(world, admin, { classId, side: 'COMPANY', version: 1 })
    expect((await seePlan(world, admin, classId)).agreed).toBe(true)

    const given = { classId, companyId: company.publicId }
    await setDomains(world, admin, { ...given, domains: '225' })
    await promise(world, admin, { ...given, schoolYear: 2026, personDays: 60, euros: 0 })
    await promise(world, admin, { ...given, schoolYear: 2026, personDays: 70, euros: 10 })
    const time = {
      ...given,
      kind: 'PERSON_DAYS',
      day: '2026-11-10',
      description: 'Préparation',
      personDays: 0.5,
      euros: null,
    }
    const recorded = [1, 2].map(() => recordContribution(world, admin, time))
    expect(kept(await Promise.allSettled(recorded))).toBe(1)
    const other = { ...time, description: 'Autre' }
    await withdrawContribution(world, admin, await recordContribution(world, admin, other))
    expect((await seeContributions(world, admin)).lines).toMatchObject([
      {
        personDays: 0.6,
        tutoringDays: 9,
        equipmentCents: 0,
        promised: { personDays: 70, equipmentCents: 1000 },
      },
    ])
    const rules = await classFindings(world.db, { schoolIds: [school.id] }, '2026-11-24')
    expect(rules.map(({ rule }) => rule)).toEqual(['PT-10'])
    await world.db.destroy()
  }, 60_000)

  test('a way to a class opens it once, and a cohort goes on in another school', async () => {
    const world = await openWorld({ db: await open() })
    const academy = await openAcademy(world)
    const { teacher, cohortId } = academy
    const openingId = await beginOpening(world, teacher, {
      schoolId: academy.school.publicId,
      companyId: academy.company.publicId,
      track: 'Microtechniques',
      day: '2026-01-10',
      note: '',
    })
    const step = {
      openingId,
      step: 'OUVERTE',
      day: '2026-09-01',
      note: '',
      inspectors: '',
      dgesco: '',
      className: '2MT',
      mef: '2472250331',
      referentName: 'Dominique Démo',
      caVoteDate: '',
      acknowledged: ['PT-15'],
    }
    const taken = [step, { ...step, className: '2MU' }].map((one) =>
      recordStep(world, teacher, one),
    )
    expect(kept(await Promise.allSettled(taken))).toBe(1)
    const elsewhere = await findOrganisationBySlug(world.db, 'lycee-demo-des-erables')
    const school = { cohortId, schoolId: elsewhere!.publicId, fromDay: '2026-11-01' }
    const added = [1, 2].map(() => addSchool(world, teacher, school))
    expect(kept(await Promise.allSettled(added))).toBe(1)
    expect(await seeCohorts(world, academy.stranger)).toMatchObject([{ publicId: cohortId }])
    await world.db.destroy()
  }, 60_000)
})
