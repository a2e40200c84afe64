import { enrolStudents } from '../mentoring/cohorts/enrol-student.js'
import { importClassList } from '../mentoring/imports/import-class-list.js'
import { findStudentsByIne } from '../mentoring/imports/store.js'
import { at, dayOf } from './calendar.js'
import { ENTERED, VOLUNTEERED } from './cordees.data.js'
import type { CollegianPlan } from './plan.js'
import { groupKey, known, oneOf, type Happening, type Stage } from './stage.js'
import { ineOf } from './students.js'

/** The lists of the collèges for this year and the one before it, and who enters a cordée. */
export function collegians(stage: Stage): Happening[] {
  const { collegians: all, year } = stage.plan
  return [year - 1, year].flatMap((then) => {
    const listed = all.filter((one) => one.years.some((known) => known.year === then))
    const byCollege = Map.groupBy(listed, ({ college }) => college)
    const entering = Map.groupBy(
      listed.filter(({ years }) => years[0]?.year === then),
      ({ college, cordee }) => JSON.stringify({ college, cordee }),
    )
    return [
      ...[...byCollege].map(([college, students]) => ({
        at: at(dayOf(then, '09-02'), 11, college),
        happen: () => importList(stage, { year: then, college, students }),
      })),
      ...[...entering.values()].map((students, place) => ({
        at: at(dayOf(then, ENTERED), 8, place),
        happen: () => enter(stage, then, students),
      })),
    ]
  })
}

type List = Readonly<{ year: number; college: number; students: readonly CollegianPlan[] }>

/** The level has a column: no MEF of a 4e or 3e is certain (DOMAIN.md 2.1). */
const COLUMNS = {
  ID_NATIONAL: 'INE',
  NOM_DE_FAMILLE: 'Nom',
  PRENOM: 'Prénom',
  DATE_NAISS: 'Né(e) le',
  CODE_SEXE: 'Sexe',
  CODE_STRUCTURE: 'Classe',
  NIVEAU: 'Niveau',
} as const

async function importList(stage: Stage, { year, college, students }: List): Promise<void> {
  const { ctx } = stage
  const { organisation, teachers } = known(stage.colleges, college)
  const lines = students.map((one) => {
    const level = one.years.find((then) => then.year === year)?.level === '3E' ? '3e' : '4e'
    const { familyName, givenName, birthDate, sex, cordee } = one
    const division = `${level} ${'ABC'.charAt(cordee)}`
    return [ineOf(one), familyName, givenName, birthDate, sex, division, level].join(';')
  })
  const file = Buffer.from([Object.values(COLUMNS).join(';'), ...lines, ''].join('\n'))
  await importClassList(ctx, oneOf(teachers, 0).actor, {
    schoolId: organisation.publicId,
    schoolYear: year,
    file,
    mapping: { columns: COLUMNS, level: 'NIVEAU' },
  })
  const fingerprints = students.map((one) => ctx.vault.fingerprint(ineOf(one)))
  for (const { student } of await findStudentsByIne(ctx.db, fingerprints)) {
    const planned = students[fingerprints.indexOf(student.ine_fingerprint)]
    if (planned) stage.students.set(planned, student.public_id)
  }
}

/** CO-04: volunteers, of one collège, into one cordée. */
async function enter(
  stage: Stage,
  year: number,
  students: readonly CollegianPlan[],
): Promise<void> {
  const [{ college, cordee } = { college: 0, cordee: 0 }] = students
  await enrolStudents(stage.ctx, oneOf(known(stage.colleges, college).teachers, 0).actor, {
    cohortId: known(stage.groups, groupKey({ cordee })),
    studentIds: students.map((one) => known(stage.students, one)),
    fromDay: dayOf(year, ENTERED),
    volunteeredOn: dayOf(year, VOLUNTEERED),
  })
}
