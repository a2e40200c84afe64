import { addDays, at, dayOf, workdayFrom } from './calendar.js'
import { CREATOR_OF_EXAMPLE, RENEWED } from './badges.data.js'
import { LEFT_TO_READERS, OWN_COMPANY, OWN_SCHOOL, OWN_STUDENT } from './cast.data.js'
import type { Dice } from './dice.js'
import type { DossierPlan, Plan, StudentPlan } from './plan.js'
import { readiness, versionOn, type Choice } from './weigh-plan.js'

type Told = Pick<Plan, 'today' | 'year' | 'schools' | 'students' | 'sessions' | 'placements'>
/** A choice that nobody has made yet, among those that are ready on a day. */
type Choose = (day: string, wanted: (choice: Choice) => boolean) => Choice
type Around = Readonly<{ dice: Dice; told: Told; choose: Choose; taken: Set<string> }>

/** How many badges are issued in each school year, the present one last: sixty. */
const ISSUED = [4, 10, 16, 22, 8] as const
/** Years before this one in which the badge was issued that has expired since. */
const EXPIRED_YEARS_AGO = 3
/** Days from `opened` to each step: none waits for 14 days. */
const PACE = [0, 1, 4, 6, 9] as const
/** Waiting dossiers had their last step so many days ago, or a weekend less. */
const LAST_STEP_DAYS_AGO = 4

/**
 * Dossiers in every state. Their students have what the rule of the badge asks for on the day on
 * which the dossier is opened.
 */
export function planDossiers(dice: Dice, told: Told): DossierPlan[] {
  const taken = new Set([`${OWN_STUDENT}.${LEFT_TO_READERS}`])
  const ready = onceADay(readiness(told))
  const choose: Choose = (day, wanted) => {
    const open = ready(day).filter((one) => !taken.has(keyOf(one)) && wanted(one))
    const choice = dice.pick(open)
    taken.add(keyOf(choice))
    return choice
  }
  const around = { dice, told, choose, taken }
  const issued = [expired(around), ...markSome(planIssued(around))]
  return [
    ...issued,
    ...planWaiting(around),
    ...planRefused(around),
    ...planIncomplete(around, ready),
  ]
}

/** Many dossiers are opened on the same few days. */
function onceADay(ready: (day: string) => Choice[]): (day: string) => Choice[] {
  const known = new Map<string, Choice[]>()
  return (day) => {
    const choices = known.get(day) ?? ready(day)
    known.set(day, choices)
    return choices
  }
}

const isExpiring = ({ template, version }: Pick<Choice, 'template' | 'version'>) =>
  template === RENEWED.template && version === 1

function expired({ told, choose }: Around): DossierPlan {
  const day = workdayFrom(dayOf(told.year - EXPIRED_YEARS_AGO, '06-12'))
  return { ...dossierOf(choose(day, isExpiring), day, PACE.length), shared: 'expired' }
}

function planIssued({ dice, told, choose }: Around): DossierPlan[] {
  return ISSUED.flatMap((wanted, index) => {
    const yearsAgo = ISSUED.length - 1 - index
    const count = yearsAgo === EXPIRED_YEARS_AGO ? wanted - 1 : wanted
    return Array.from({ length: count }, (_, place) => {
      const day = openingDay(dice, told, yearsAgo)
      const isOwn = yearsAgo === 0 && place === 0
      const choice = choose(
        day,
        // That one badge, and so always one, whatever others get.
        (one) => !isExpiring(one) && isOwn === (one.student.number === OWN_STUDENT),
      )
      return dossierOf(choice, day, PACE.length)
    })
  })
}

/** In the weeks before summer; in the present year in the last weeks. */
function openingDay(dice: Dice, { today, year }: Told, yearsAgo: number): string {
  if (yearsAgo === 0) return workdayFrom(addDays(today, -40 + dice.upTo(20)))
  return workdayFrom(dayOf(year - yearsAgo, `06-${18 + dice.upTo(8)}`))
}

/** One is revoked; some students share theirs. */
function markSome(dossiers: readonly DossierPlan[]): DossierPlan[] {
  return dossiers.map((dossier, index) => {
    if (dossier.student.number === OWN_STUDENT) return dossier
    if (dossier === dossiers[20])
      return { ...dossier, revokedAt: daysAfter(dossier, 75), shared: 'revoked' }
    if (dossier === dossiers[21]) return { ...dossier, shared: 'shared' }
    return index % 3 === 0 ? { ...dossier, shared: 'other' } : dossier
  })
}

function daysAfter({ steps }: DossierPlan, days: number): string {
  return at(workdayFrom(addDays((steps.at(-1) ?? '').slice(0, 10), days)), 9)
}

/** What asks for somebody, at each step: two in the own school and company, others elsewhere. */
function planWaiting({ told, choose }: Around): DossierPlan[] {
  const own = ({ template, student }: Choice) =>
    CREATOR_OF_EXAMPLE[template] === OWN_COMPANY &&
    student.years.at(-1)?.school === OWN_SCHOOL &&
    student.number !== OWN_STUDENT
  const elsewhere = ({ student }: Choice) => student.school !== OWN_SCHOOL
  return [1, 2, 3, 4].flatMap((taken) =>
    [own, own, elsewhere, elsewhere, elsewhere].map((wanted) => {
      const day = workdayFrom(addDays(told.today, -LAST_STEP_DAYS_AGO - (PACE[taken - 1] ?? 0)))
      return dossierOf(choose(day, wanted), day, taken)
    }),
  )
}

const REFUSED_DAYS_AGO = [60, 33, 21] as const

/** The approver says no, before the company has said anything. */
function planRefused({ told, choose }: Around): DossierPlan[] {
  return REFUSED_DAYS_AGO.map((ago) => {
    const day = workdayFrom(addDays(told.today, -ago))
    const choice = choose(day, ({ student }) => student.number !== OWN_STUDENT)
    const dossier = dossierOf(choice, day, 2)
    return { ...dossier, refusedAt: daysAfter(dossier, 2) }
  })
}

const INCOMPLETE = 10

/** Opened early: the evidence is still to come. */
function planIncomplete(around: Around, ready: (day: string) => Choice[]): DossierPlan[] {
  const { told, taken } = around
  const day = workdayFrom(addDays(told.today, -9))
  for (const one of ready(day)) taken.add(keyOf(one))
  // In the first days of a school year those who enter are not on any list yet.
  const newest = day > dayOf(told.year, '09-10') ? told.year : told.year - 1
  const entering = told.students.filter(
    ({ entryYear, leftOn }) => entryYear === newest && leftOn === undefined,
  )
  const own = told.students.filter(({ number }) => number === OWN_STUDENT)
  return Array.from({ length: INCOMPLETE }, (_, index) => {
    const choice = early(around, index === 0 ? own : entering, day)
    return dossierOf(choice, day, 1)
  })
}

function early(
  { dice, told, taken }: Around,
  students: readonly StudentPlan[],
  day: string,
): Choice {
  const choices = students.flatMap((student) =>
    CREATOR_OF_EXAMPLE.flatMap((creator, template) => {
      const companies = told.schools[student.school]?.companies ?? []
      const choice = { student, template, version: versionOn(told.year, template, day) }
      const open = companies.some(({ company }) => company === creator) && !taken.has(keyOf(choice))
      return open ? [choice] : []
    }),
  )
  const choice = dice.pick(choices)
  taken.add(keyOf(choice))
  return choice
}

function dossierOf(choice: Choice, day: string, taken: number): DossierPlan {
  const steps = PACE.slice(0, taken).map((days, step) =>
    at(workdayFrom(addDays(day, days)), 9 + step, 7 * step),
  )
  return { ...choice, steps }
}

const keyOf = ({ student, template }: Choice) => `${student.number}.${template}`
