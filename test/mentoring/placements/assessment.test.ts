import { beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '../../../src/context.js'
import { enrolStudent } from '../../../src/mentoring/cohorts/enrol-student.js'
import { confirmedFactsOf, findStudent } from '../../../src/mentoring/facts/facts.js'
import { seeUnconfirmed } from '../../../src/mentoring/confirming/see-unconfirmed.js'
import {
  agreeToAssessment,
  objectTo,
} from '../../../src/mentoring/placements/agree-to-assessment.js'
import { askAssessment } from '../../../src/mentoring/placements/ask-assessment.js'
import {
  copyAssessment,
  keepAssessment,
  openAssessment,
  sendAssessment,
} from '../../../src/mentoring/placements/assess-placement.js'
import { readMarks } from '../../../src/mentoring/placements/assessment.js'
import { changeTutor } from '../../../src/mentoring/placements/change-tutor.js'
import { completePlacement } from '../../../src/mentoring/placements/complete-placement.js'
import { confirmPlacement } from '../../../src/mentoring/placements/confirm-placement.js'
import { placementFindings } from '../../../src/mentoring/placements/findings.js'
import { addGrid } from '../../../src/mentoring/placements/grids.js'
import { recordVisit } from '../../../src/mentoring/placements/record-visit.js'
import { seePlacement } from '../../../src/mentoring/placements/see-placement.js'
import {
  writeAgreement,
  recordSignature,
} from '../../../src/mentoring/placements/write-agreement.js'
import { partiesFor } from '../../../src/mentoring/placements/agreement.js'
import { openWorld, type World } from '../../support/world.js'
import { ADDRESS, aStudent, openAcademy, type Academy } from '../academy.js'
import { browserOf } from '../browser.js'
import { accountOf, filledIn, plan, tokenOf } from './planned.js'

let world: World
let academy: Academy
let student: Actor
let placementId: string

const NEUTRAL = 'neutral-1'
const AFTER = new Date('2026-12-21T11:00:00.000Z')

beforeEach(async () => {
  world = await openWorld()
  academy = await openAcademy(world)
  await aStudent(world, academy, { id: 'ana' })
  student = await accountOf(world, academy, 'ana', 'ana@example.org')
  placementId = await plan(world, academy, {
    tutorId: '',
    tutorGivenName: 'Ida',
    tutorFamilyName: 'Durand',
  })
  world.clock.at = AFTER
})

const ask = async () =>
  tokenOf((await askAssessment(world, academy.teacher, { placementId, gridId: NEUTRAL })).url)
const facts = async () => confirmedFactsOf(world.db, (await findStudent(world.db, 'ana'))?.id ?? 0)
const see = (actor: Actor = academy.teacher) => seePlacement(world, actor, placementId)

describe('the three-party assessment', () => {
  test('is not sent in the tutor’s place by the staff of the school, to whom the link was shown', async () => {
    const token = await ask()
    const tab = await browserOf(world, ADDRESS.teacher)
    const { marks, ...said } = filledIn()
    const marked = Object.entries(marks).map(([code, level]) => [`mark-${code}`, String(level)])
    const form = { ...Object.fromEntries(marked), ...said, gridId: NEUTRAL }
    for (const step of ['save', 'send']) {
      const answer = await tab.send(`/a/${token}/placement`, { ...form, do: step })
      expect(answer.status).toBe(403)
    }
    expect((await see()).placement.daysDone).toBeNull()
    expect((await see()).begun).toBe(false)
    const tutor = await browserOf(world, ADDRESS.tutor)
    const sent = await tutor.send(`/a/${token}/placement`, { ...form, do: 'send' })
    expect(sent.status).toBe(200)
    expect((await see()).placement.daysDone).toBe(10)
  })

  test('is sent by the tutor, confirmed by the school, agreed to by the student, and then a fact', async () => {
    const token = await ask()
    await sendAssessment(world, token, filledIn())
    expect((await see()).placement).toMatchObject({ daysDone: 10, confirmedAt: null })
    expect(await facts()).toEqual([])
    await expect(agreeToAssessment(world, student, placementId)).rejects.toMatchObject({
      code: 'conflict',
    })
    await confirmPlacement(world, academy.teacher, placementId)
    expect(await facts()).toMatchObject([{ kind: 'placement', days: 10, untilDay: '2026-12-18' }])
    await agreeToAssessment(world, student, placementId)
    expect((await see()).assessment?.agreed_at).toBe(AFTER.toISOString())
    await expect(agreeToAssessment(world, student, placementId)).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  test('counts no more when the student objects', async () => {
    await sendAssessment(world, await ask(), filledIn())
    await confirmPlacement(world, academy.teacher, placementId)
    const reason = 'J’ai fait neuf jours.'
    await expect(objectTo(world, academy.tutor, placementId, { reason })).rejects.toMatchObject({
      code: 'not-found',
    })
    await objectTo(world, student, placementId, { reason })
    expect(await facts()).toEqual([])
    await expect(agreeToAssessment(world, student, placementId)).rejects.toMatchObject({
      code: 'conflict',
    })
    expect((await see()).placement.contestReason).toBe(reason)
  })

  test('may be saved incomplete, and the link stays open until it is sent', async () => {
    const token = await ask()
    const half = filledIn({ marks: { '1.1': '2' }, outcome: '', daysDone: '' })
    await keepAssessment(world, token, half)
    await keepAssessment(world, token, { ...half, marks: { '1.1': '3' } })
    const { filled } = await openAssessment(world, token)
    expect(readMarks(filled.marks)).toEqual({ '1.1': '3' })
    expect(filled).toMatchObject({ comment: 'Soigneux.', sent_at: null })
    await expect(sendAssessment(world, token, half)).rejects.toMatchObject({
      fields: [{ pointer: '/outcome' }],
    })
    await sendAssessment(world, token, filledIn())
    await expect(openAssessment(world, token)).rejects.toMatchObject({ code: 'gone' })
    await expect(sendAssessment(world, token, filledIn())).rejects.toMatchObject({ code: 'gone' })
    await expect(keepAssessment(world, token, half)).rejects.toMatchObject({ code: 'gone' })
  })

  test('keeps what was filled in when the link is made again, or the tutor changes', async () => {
    const first = await ask()
    await keepAssessment(world, first, filledIn({ marks: { '1.1': '2' } }))
    const second = await ask()
    await expect(openAssessment(world, first)).rejects.toMatchObject({ code: 'gone' })
    expect(readMarks((await openAssessment(world, second)).filled.marks)).toEqual({ '1.1': '2' })
    await changeTutor(world, academy.teacher, {
      placementId,
      ...{ tutorId: academy.tutor.publicId, tutorGivenName: '', tutorFamilyName: '' },
      acknowledged: [],
    })
    await expect(openAssessment(world, second)).rejects.toMatchObject({ code: 'gone' })
    const third = await openAssessment(world, await ask())
    expect(readMarks(third.filled.marks)).toEqual({ '1.1': '2' })
    expect(third.tutorId).toBe(academy.tutor.personId)
  })

  test.each([
    ['COMPLETED with 12 days', { daysDone: '12' }, '2026-12-18', 12],
    [
      'PARTIALLY_COMPLETED',
      { outcome: 'PARTIALLY_COMPLETED', daysDone: '5', lastDay: '2026-12-11', missedHours: '35' },
      '2026-12-11',
      5,
    ],
    ['DID_NOT_SHOW', { outcome: 'DID_NOT_SHOW', daysDone: '', marks: {} }, '2026-12-18', null],
  ])('%s sets the days', async (_, changes, untilDay, daysDone) => {
    await sendAssessment(world, await ask(), filledIn(changes))
    expect((await see()).placement).toMatchObject({ untilDay, daysDone })
  })

  test.each([
    ['PFMP-13: 13 days of 12', { daysDone: '13' }, '/daysDone'],
    ['no day at all', { daysDone: '0' }, '/daysDone'],
    ['no number', { daysDone: 'dix' }, '/daysDone'],
    ['a criterion open', { marks: { '1.1': '3' } }, '/mark-1.2'],
    ['a level that is none', { marks: { ...filledIn().marks, '4.2': '9' } }, '/mark-4.2'],
    [
      'an early end without its day',
      { outcome: 'PARTIALLY_COMPLETED', missedHours: '7' },
      '/lastDay',
    ],
    [
      'an early end after the last day',
      { outcome: 'PARTIALLY_COMPLETED', lastDay: '2026-12-19', missedHours: '7' },
      '/lastDay',
    ],
    [
      'an early end without the hours',
      { outcome: 'PARTIALLY_COMPLETED', lastDay: '2026-12-18' },
      '/missedHours',
    ],
    [
      'more days than until the early end',
      { outcome: 'PARTIALLY_COMPLETED', lastDay: '2026-12-11', missedHours: '7', daysDone: '6' },
      '/daysDone',
    ],
  ])('is refused with %s, and the link still serves', async (_, changes, pointer) => {
    const token = await ask()
    await expect(sendAssessment(world, token, filledIn(changes))).rejects.toMatchObject({
      fields: [{ pointer }],
    })
    await sendAssessment(world, token, filledIn())
  })

  test('of a student who never came is confirmed as that, and never a fact', async () => {
    await sendAssessment(world, await ask(), filledIn({ outcome: 'DID_NOT_SHOW', daysDone: '' }))
    await confirmPlacement(world, academy.colleague, placementId)
    expect(await facts()).toEqual([])
    await expect(
      completePlacement(world, academy.teacher, { placementId, daysDone: 9 }),
    ).rejects.toMatchObject({ code: 'conflict' })
  })

  test('that the tutor sent is the company’s word: the school confirms it, not the company', async () => {
    await sendAssessment(world, await ask(), filledIn())
    await expect(confirmPlacement(world, academy.tutor, placementId)).rejects.toMatchObject({
      code: 'not-found',
    })
    expect(await seeUnconfirmed(world, academy.tutor)).toEqual([])
    expect(await seeUnconfirmed(world, academy.teacher)).toHaveLength(1)
  })

  test('on paper is copied by the school and confirmed by somebody else', async () => {
    const token = await ask()
    const copy = { placementId, gridId: NEUTRAL, ...filledIn() }
    await copyAssessment(world, academy.teacher, copy)
    await expect(openAssessment(world, token)).rejects.toMatchObject({ code: 'gone' })
    expect((await see()).assessment?.manner).toBe('PAPER')
    await expect(confirmPlacement(world, academy.teacher, placementId)).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(copyAssessment(world, academy.teacher, copy)).rejects.toMatchObject({
      code: 'conflict',
    })
    await confirmPlacement(world, academy.tutor, placementId)
    expect(await facts()).toHaveLength(1)
  })

  test('is asked once the placement has begun, by its school alone', async () => {
    world.clock.at = new Date('2026-12-06T11:00:00.000Z')
    await expect(ask()).rejects.toMatchObject({ code: 'conflict' })
    world.clock.at = new Date('2026-12-07T11:00:00.000Z')
    expect(await ask()).not.toBe('')
    const by = (actor: Actor) => askAssessment(world, actor, { placementId, gridId: NEUTRAL })
    await expect(by(academy.stranger)).rejects.toMatchObject({ code: 'not-found' })
    await expect(by(student)).rejects.toMatchObject({ code: 'not-found' })
  })

  test('is by a grid that the school brought, and by no other school’s', async () => {
    const grid = {
      schoolId: academy.school.publicId,
      title: 'Grille DÉMO',
      competences: 'Préparer\n- Lit un plan\n- Choisit un outil\nRéaliser\n- Découpe',
      levels: 'Non\nOui',
    }
    const gridId = await addGrid(world, academy.teacher, grid)
    const { url } = await askAssessment(world, academy.teacher, { placementId, gridId })
    const opened = await openAssessment(world, tokenOf(url))
    expect(opened.grid).toMatchObject({ verified: false, title: 'Grille DÉMO' })
    expect(opened.grid.competences.map(({ criteria }) => criteria.map(({ code }) => code))).toEqual(
      [['1.1', '1.2'], ['2.1']],
    )
    await expect(addGrid(world, academy.stranger, grid)).rejects.toMatchObject({
      code: 'not-found',
    })
    const wrong = { ...grid, competences: 'Préparer\nRéaliser\n- Découpe' }
    await expect(addGrid(world, academy.teacher, wrong)).rejects.toMatchObject({
      fields: [{ pointer: '/competences' }],
    })
    await keepAssessment(world, tokenOf(url), filledIn({ marks: { '1.1': '2' } }))
    await expect(ask()).rejects.toMatchObject({
      code: 'conflict',
      fields: [{ pointer: '/gridId' }],
    })
  })
})

describe('following a placement', () => {
  const rulesOn = async (day: string) =>
    (await placementFindings(world.db, { schoolIds: [academy.school.id] }, day)).map(
      ({ rule }) => rule,
    )
  const visit = (day: string) =>
    recordVisit(world, academy.teacher, {
      ...{ placementId, day },
      ...({ manner: 'PHONE', finding: 'GOES_WELL' } as const),
    })
  const sign = (party: ReturnType<typeof partiesFor>[number]) =>
    recordSignature(world, academy.teacher, {
      ...{ placementId, party },
      ...({ signedOn: '2026-12-01', manner: 'PAPER' } as const),
    })

  test('PFMP-11: unsigned is reported from its first day on', async () => {
    expect(await rulesOn('2026-12-06')).toEqual([])
    expect(await rulesOn('2026-12-07')).toEqual(['PFMP-11'])
    for (const party of partiesFor('ADULT')) await sign(party)
    expect(await rulesOn('2026-12-07')).toEqual(['PFMP-11'])
    await sign('GUARDIAN')
    expect(await rulesOn('2026-12-07')).toEqual([])
    await expect(sign('GUARDIAN')).rejects.toMatchObject({ code: 'conflict' })
  })

  test('PFMP-11: whoever follows a tutor has not signed', async () => {
    for (const party of partiesFor('MINOR')) await sign(party)
    await changeTutor(world, academy.teacher, {
      placementId,
      ...{ tutorId: academy.tutor.publicId, tutorGivenName: '', tutorFamilyName: '' },
      acknowledged: [],
    })
    expect(await rulesOn('2026-12-07')).toEqual(['PFMP-11'])
  })

  test('PFMP-12 and PFMP-14: fewer than two checks, and unknown days, are reported the day after', async () => {
    for (const party of partiesFor('MINOR')) await sign(party)
    expect(await rulesOn('2026-12-18')).toEqual([])
    expect(await rulesOn('2026-12-19')).toEqual(['PFMP-12', 'PFMP-14'])
    await visit('2026-12-07')
    expect(await rulesOn('2026-12-19')).toEqual(['PFMP-12', 'PFMP-14'])
    await visit('2026-12-18')
    expect(await rulesOn('2026-12-19')).toEqual(['PFMP-14'])
    await completePlacement(world, academy.teacher, { placementId, daysDone: 10 })
    expect(await rulesOn('2026-12-19')).toEqual([])
  })

  test('PFMP-12: a check is within the placement, once a day', async () => {
    await expect(visit('2026-12-06')).rejects.toMatchObject({ fields: [{ pointer: '/day' }] })
    await expect(visit('2026-12-19')).rejects.toMatchObject({ fields: [{ pointer: '/day' }] })
    await visit('2026-12-07')
    await expect(visit('2026-12-07')).rejects.toMatchObject({ code: 'conflict' })
  })

  test('PFMP-13: the days of an attestation, no more than there are, are confirmed by somebody else', async () => {
    const days = (daysDone: number) =>
      completePlacement(world, academy.teacher, { placementId, daysDone })
    await expect(confirmPlacement(world, academy.colleague, placementId)).rejects.toMatchObject({
      code: 'conflict',
    })
    await expect(days(13)).rejects.toMatchObject({ rule: 'PFMP-13' })
    await expect(days(0)).rejects.toMatchObject({ code: 'invalid-request' })
    await days(12)
    await expect(days(12)).rejects.toMatchObject({ code: 'conflict' })
    await expect(confirmPlacement(world, academy.teacher, placementId)).rejects.toMatchObject({
      code: 'forbidden',
    })
    await confirmPlacement(world, academy.colleague, placementId)
    expect(await facts()).toMatchObject([{ days: 12 }])
  })

  test('PFMP-15: the text of an agreement changes no more once somebody has signed', async () => {
    const write = (GRATUITY: string) =>
      writeAgreement(world, academy.teacher, { placementId, mentions: { GRATUITY } })
    await write('Aucune')
    await write('')
    expect((await see()).mentions).toEqual({})
    await write('Aucune')
    await sign('SCHOOL')
    await expect(write('Cent euros')).rejects.toMatchObject({ code: 'conflict' })
    expect((await see()).mentions).toEqual({ GRATUITY: 'Aucune' })
  })

  test('a company reads a given name and an initial, and nothing of what is only begun', async () => {
    await sendAssessment(world, await ask(), filledIn())
    const view = await see(academy.tutor)
    expect(view).toMatchObject({ reader: 'company', studentName: 'Zoé K.', findings: [] })
    expect(view.assessment).toBeUndefined()
    expect((await see(student)).reader).toBe('student')
    await expect(see(academy.otherTutor)).rejects.toMatchObject({ code: 'not-found' })
    await expect(see(academy.stranger)).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('the figures of the cohort are counted again', () => {
  const due = () => world.db.selectFrom('figures_due').select('school_year').execute()
  const onPaper = () =>
    copyAssessment(world, academy.teacher, { ...filledIn(), placementId, gridId: NEUTRAL })

  beforeEach(async () => {
    const { cohortId } = academy
    await enrolStudent(world, academy.teacher, {
      cohortId,
      studentId: 'ana',
      fromDay: '2026-09-01',
    })
  })

  test.each([
    [
      'days are recorded',
      async () => () => completePlacement(world, academy.teacher, { placementId, daysDone: 8 }),
    ],
    [
      'the tutor sends an assessment',
      async () => {
        const token = await ask()
        return () => sendAssessment(world, token, filledIn())
      },
    ],
    ['one is copied from paper', async () => onPaper],
  ])('when %s', async (_, prepare) => {
    const act = await prepare()
    await world.db.deleteFrom('figures_due').execute()
    await act()
    expect(await due()).toEqual([{ school_year: 2026 }])
  })
})
