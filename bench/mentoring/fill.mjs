// A country of lycées, the same in every run: ten academies, each with so many schools that the students are
// as many as asked for. What happens in them is drawn by a generator with a fixed seed.
export const ACADEMIES = 10
const CLASSES = 3
const COHORT = 12
/** Entry years of the cohorts of a class: each is in its school year 1 to 5. */
const YEARS = [2022, 2023, 2024, 2025, 2026]
const LEVELS = ['2NDE_PRO', '1RE_PRO', 'TLE_PRO', 'BTS1', 'BTS2']
const A_SCHOOL = CLASSES * COHORT * YEARS.length
/** Of a cohort in a school year: 40 make ten a student over all cohorts. */
const SESSIONS = 40
const NOW = '2026-11-20T10:00:00.000Z'

const random = (() => {
  let state = 20_260_901
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    return Math.floor((state / 0x80000000) * below)
  }
})()

/** @returns who may sign in, and what there is: by academy, school and cohort */
export async function fill(sink, students) {
  const schools = Math.max(1, Math.round(students / ACADEMIES / A_SCHOOL))
  const made = { schools, students: 0, sessions: 0, presences: 0, cohorts: [], academies: [] }
  for (let n = 1; n <= ACADEMIES; n++) await academy(sink, n, made)
  for (let n = 1; n <= ACADEMIES * schools; n++) await school(sink, n, made)
  await sink.flush()
  return made
}

const ids = new Map()
function nextId(table) {
  ids.set(table, (ids.get(table) ?? 0) + 1)
  return ids.get(table)
}

export function forgetIds() {
  ids.clear()
}

async function add(sink, table, values) {
  const id = nextId(table)
  await sink.add(table, ['id', ...Object.keys(values)], [id, ...Object.values(values)])
  return id
}

function organisation(sink, kind, n, more = {}) {
  const name = `${kind} DÉMO ${n}`
  const values = { uai: null, siret: null, academy_code: null, ...more }
  const slug = `${kind}-${n}`
  return add(sink, 'organisations', {
    public_id: slug,
    slug,
    kind,
    name,
    created_at: NOW,
    ...values,
  })
}

async function person(sink, role, organisation_id) {
  const n = (ids.get('persons') ?? 0) + 1
  const id = await add(sink, 'persons', {
    public_id: `person-${n}`,
    given_name: 'Camille',
    family_name: 'DÉMO',
    email: `person-${n}@example.org`,
    created_at: NOW,
  })
  const from_day = '2020-09-01'
  await add(sink, 'role_assignments', { person_id: id, organisation_id, role, from_day })
  return id
}

async function academy(sink, n, made) {
  const academy_code = codeOf(n)
  const id = await organisation(sink, 'academy', n, { academy_code })
  const referentId = await person(sink, 'academic-referent', id)
  made.academies.push({ id, publicId: `academy-${n}`, referentId })
}

function codeOf(n) {
  return String(50 + n)
}

async function school(sink, n, made) {
  const academy = 1 + Math.floor((n - 1) / made.schools)
  const uai = `${String(n).padStart(7, '0')}X`
  const schoolId = await organisation(sink, 'lycee', n, { uai, academy_code: codeOf(academy) })
  const teacherId = await person(sink, 'school-staff', schoolId)
  for (let c = 1; c <= CLASSES; c++) {
    const at = { schoolId, teacherId, uai, academy }
    await oneClass(sink, { ...at, company: await company(sink, n * CLASSES + c) }, c, made)
  }
}

async function company(sink, n) {
  const id = await organisation(sink, 'company', n, { siret: String(n).padStart(14, '0') })
  const mentorIds = []
  for (let m = 0; m < 4; m++) {
    const personId = await person(sink, 'company-endorser', id)
    mentorIds.push(personId)
    await add(sink, 'mentors', {
      public_id: `mentor-${personId}`,
      person_id: personId,
      organisation_id: id,
      sex: m === 0 ? 'F' : 'M',
      from_day: '2020-09-01',
      vetting: 'VERIFIE_PAR_STRUCTURE',
      created_at: NOW,
    })
  }
  return { id, mentorIds }
}

async function oneClass(sink, at, number, made) {
  const publicId = `class-${at.schoolId}-${number}`
  const classId = await add(sink, 'ptech_classes', {
    public_id: publicId,
    school_id: at.schoolId,
    name: `2PC${number}`,
    mef: '2472250331',
    track: 'Plastiques et composites',
    created_at: NOW,
  })
  await add(sink, 'class_companies', {
    class_id: classId,
    company_id: at.company.id,
    role: 'principal',
    from_day: '2020-09-01',
  })
  for (const entryYear of YEARS) {
    const id = await add(sink, 'cohorts', {
      public_id: `${publicId}-${entryYear}`,
      scheme: 'PTECH',
      owner_id: at.schoolId,
      class_id: classId,
      entry_year: entryYear,
      created_at: NOW,
    })
    const cohort = { ...at, id, publicId: `${publicId}-${entryYear}`, entryYear }
    made.cohorts.push(cohort)
    const studentIds = await members(sink, cohort)
    made.students += studentIds.length
    await sessions(sink, cohort, studentIds, made)
  }
}

async function members(sink, { id, schoolId, entryYear, company }) {
  const studentIds = []
  for (let n = 0; n < COHORT; n++) {
    const number = (ids.get('students') ?? 0) + 1
    const studentId = await add(sink, 'students', {
      public_id: `student-${number}`,
      school_id: schoolId,
      given_name: 'Zoé',
      family_name: `DÉMO ${number}`,
      sex: random(5) < 2 ? 'F' : 'M',
      birth_date_sealed: 'sealed',
      ine_fingerprint: `fingerprint-${number}`,
      created_at: NOW,
    })
    studentIds.push(studentId)
    const left = random(20) === 0 ? `2026-10-${10 + random(15)}` : null
    const until = { until_day: left, exit_reason: left && 'REORIENTATION' }
    const of = { student_id: studentId, cohort_id: id, from_day: `${entryYear}-09-01` }
    await add(sink, 'enrolments', { ...of, ...until })
    for (let year = entryYear; year <= 2026; year++) {
      await schooling(sink, { studentId, schoolId, year, level: LEVELS[year - entryYear] })
      if (year < 2026) await placement(sink, { studentId, year, company })
    }
  }
  return studentIds
}

async function schooling(sink, { studentId, schoolId, year, level }) {
  await add(sink, 'schoolings', {
    student_id: studentId,
    school_id: schoolId,
    level,
    mef: '2472250331',
    division: '2PC',
    from_day: `${year}-09-01`,
    until_day: year < 2026 ? `${year + 1}-08-31` : null,
  })
}

async function placement(sink, { studentId, year, company }) {
  await add(sink, 'placements', {
    public_id: `placement-${studentId}-${year}`,
    student_id: studentId,
    company_id: company.id,
    tutor_id: company.mentorIds[0],
    from_day: `${year + 1}-03-02`,
    until_day: `${year + 1}-03-27`,
    days_done: 20,
    recorded_by_id: company.mentorIds[0],
    recorded_at: NOW,
  })
}

async function sessions(sink, cohort, studentIds, made) {
  for (let year = cohort.entryYear; year <= 2026; year++) {
    for (let n = 0; n < SESSIONS; n++) await session(sink, { cohort, year }, studentIds, made)
  }
}

async function session(sink, { cohort, year }, studentIds, made) {
  const { id: cohort_id, company, teacherId, entryYear } = cohort
  const kind = ['PROJET', 'IMMERSION', 'CARRIERE'][random(year > entryYear ? 3 : 2)]
  // Three to twelve; small groups mostly.
  const count = random(4) > 0 ? 3 + random(3) : 3 + random(COHORT - 2)
  const months = year < 2026 ? 10 : 3
  const month = 9 + random(months)
  const [y, m] = month > 12 ? [year + 1, month - 12] : [year, month]
  const day = `${y}-${String(m).padStart(2, '0')}-${String(1 + random(20)).padStart(2, '0')}`
  const number = (ids.get('mentoring_sessions') ?? 0) + 1
  const isConfirmed = random(10) > 0
  const id = await add(sink, 'mentoring_sessions', {
    public_id: `session-${String(number).padStart(12, '0')}`,
    cohort_id,
    company_id: company.id,
    scheme: 'PTECH',
    kind,
    format: kind === 'CARRIERE' || count < 7 ? 'PETIT_GROUPE' : 'CLASSE',
    day,
    minutes: 30 * (1 + random(6)),
    topic: 'Moule en composite',
    recorded_by_id: teacherId,
    recorded_at: `${day}T16:00:00.000Z`,
    confirmed_by_id: isConfirmed ? company.mentorIds[0] : null,
    confirmed_at: isConfirmed ? `${day}T18:00:00.000Z` : null,
  })
  await add(sink, 'session_mentors', { session_id: id, person_id: company.mentorIds[random(4)] })
  const first = random(COHORT)
  for (let n = 0; n < count; n++) {
    const student_id = studentIds[(first + n) % COHORT]
    await add(sink, 'session_students', { session_id: id, student_id })
  }
  made.sessions += 1
  made.presences += count
}
