// A store on disk with endorsed dossiers of one badge, for a batch that approves and issues them. Students and their dossiers are
// written as rows; all else, and every badge, by the acts of the service.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadConfig } from '../dist/config.js'
import { digestOfDossier, saltFacts } from '../dist/issuer/evidence.js'
import { openCohort } from '../dist/mentoring/classes/open-cohort.js'
import { openClass } from '../dist/mentoring/classes/open-class.js'
import { confirmedFactsOf } from '../dist/mentoring/facts/facts.js'
import { openContext } from '../dist/open-context.js'
import { createOrganisation } from '../dist/people/create-organisation.js'
import { createPerson } from '../dist/people/create-person.js'
import { OPERATOR } from '../dist/people/operator.js'
import { makeServiceKey } from '../dist/people/service-keys.js'
import { listAssignments } from '../dist/people/store.js'
import { defineTemplate } from '../dist/templates/define-template.js'
import { proposeVersion } from '../dist/templates/propose-version.js'
import { publishVersion } from '../dist/templates/publish-version.js'
import { findVersion } from '../dist/templates/store.js'
import { runNextJob } from '../dist/worker.js'

const FIRST_DAY = '2026-09-01'
/** In the middle of a first term, as the clock of this machine goes on. */
const NOW = Date.parse('2026-11-24T11:00:00Z')

const DEFINITION = {
  name: 'Préparer et stratifier une pièce composite au contact',
  description:
    'Préparer un moule, découper les renforts et stratifier une pièce sans défaut apparent.',
  criteria: 'L’élève prépare **seul** son poste, puis stratifie une pièce conforme au plan.',
  theme: 'COMPOSITES',
  language: 'fr',
  alignments: [],
  complements: { label: 'Bac pro Plastiques et composites', rncp: 'RNCP38566', cfd: '40022503' },
  rule: [{ kind: 'placement', days: 5, ownCompany: true }],
  picture: { shape: 'hexagon', colour: 'teal', icon: 'layers' },
  validityMonths: null,
}

export async function openIssuingStore() {
  const folder = mkdtempSync(join(tmpdir(), 'sceau-bench-'))
  const config = loadConfig({
    DATA_DIR: join(folder, 'data'),
    KEYS_DIR: join(folder, 'keys'),
    PUBLIC_URL: 'https://sceau.example',
    LOG_LEVEL: 'silent',
  })
  const began = performance.now()
  let from = Date.parse(`${FIRST_DAY}T08:00:00Z`)
  const ctx = await openContext(config, {
    now: () => new Date(from + performance.now() - began),
  })
  await makeServiceKey(ctx)
  const school = await createOrganisation(ctx, OPERATOR, {
    kind: 'lycee',
    name: 'Lycée DÉMO des Tilleuls',
    uai: '9990001X',
  })
  const company = await createOrganisation(ctx, OPERATOR, {
    kind: 'company',
    name: 'Composites du Lac DÉMO',
    siret: '00099001000019',
  })
  const people = {}
  for (const [name, role, { id }] of [
    ['teacher', 'school-staff', school],
    ['head', 'school-approver', school],
    ['tutor', 'company-endorser', company],
    ['boss', 'company-endorser', company],
    ['admin', 'company-admin', company],
  ]) {
    const named = { givenName: 'Camille', familyName: 'Martin', email: `${name}@example.org` }
    const person = await createPerson(ctx, OPERATOR, { ...named, role, organisationId: id })
    const assignments = await listAssignments(ctx.db, person.id, FIRST_DAY)
    const { id: personId, publicId } = person
    people[name] = { personId, publicId, assignments, via: 'session', scopes: [] }
  }
  from = NOW
  const opened = await openClass(ctx, people.teacher, {
    schoolId: school.publicId,
    name: '2PC',
    mef: '2472250331',
    track: 'Plastiques et composites',
    principalCompanyId: company.publicId,
    fromDay: FIRST_DAY,
  })
  const cohortPublicId = await openCohort(ctx, people.teacher, {
    classId: opened.publicId,
    entryYear: 2026,
  })
  const { id: cohortId } = await ctx.db
    .selectFrom('cohorts')
    .select('id')
    .where('public_id', '=', cohortPublicId)
    .executeTakeFirstOrThrow()
  const { versionId } = await defineTemplate(ctx, people.admin, {
    companyId: company.id,
    definition: DEFINITION,
  })
  const { digest } = await findVersion(ctx.db, versionId)
  const read = { versionId, digest }
  await proposeVersion(ctx, people.boss, { ...read, function: 'Responsable d’atelier' })
  await publishVersion(ctx, people.admin, { ...read, function: 'Directrice' })
  while (await runNextJob(ctx));
  const version = await findVersion(ctx.db, versionId)
  return { folder, ctx, people, school, company, cohortId, version }
}

let students = 0

/** @returns {Promise<{ dossierId: string, digest: string }[]>} endorsed dossiers of new students */
export async function endorsedDossiers(store, count) {
  const made = []
  const { ctx } = store
  await ctx.db.transaction().execute(async (trx) => {
    for (let n = 0; n < count; n++) made.push(await endorsedDossier(store, trx, (students += 1)))
  })
  return made
}

async function endorsedDossier(store, trx, n) {
  const { ctx, people, school, company, cohortId, version } = store
  const at = ctx.now().toISOString()
  const since = { from_day: FIRST_DAY }
  const insert = (table, row) =>
    trx.insertInto(table).values(row).returning('id').executeTakeFirstOrThrow()
  const { id: student_id } = await insert('students', {
    public_id: ctx.newId(),
    school_id: school.id,
    given_name: 'Zoé',
    family_name: 'Kerguélen',
    birth_date_sealed: ctx.vault.seal('2011-02-03'),
    ine_fingerprint: ctx.vault.fingerprint(String(n)),
    created_at: at,
  })
  await insert('enrolments', { ...since, student_id, cohort_id: cohortId })
  await insert('placements', {
    public_id: ctx.newId(),
    student_id,
    company_id: company.id,
    tutor_id: people.tutor.personId,
    from_day: '2026-11-02',
    until_day: '2026-11-13',
    days_done: 9,
    recorded_by_id: people.teacher.personId,
    recorded_at: at,
    confirmed_by_id: people.tutor.personId,
    confirmed_function: 'company-endorser',
    confirmed_at: at,
  })
  const salted = saltFacts(ctx, await confirmedFactsOf(trx, student_id))
  const facts = salted.map(({ fact, digest, salt }) => {
    return { kind: fact.kind, fact_id: fact.id, digest, salt }
  })
  const subject = `urn:uuid:00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
  const digest = digestOfDossier(version, subject, facts)
  const dossierId = ctx.newId()
  const { id: dossier_id } = await insert('dossiers', {
    public_id: dossierId,
    student_id,
    template_version_id: version.id,
    school_id: school.id,
    company_id: company.id,
    state: 'endorsed',
    subject,
    digest,
    opened_by_id: people.teacher.personId,
    opened_at: at,
    proposed_by_id: people.teacher.personId,
    proposed_at: at,
    assessed_by_id: people.tutor.personId,
    assessed_function: 'Tuteur',
    assessed_at: at,
    endorsed_by_id: people.boss.personId,
    endorsed_function: 'Directrice',
    endorsed_at: at,
    endorsement_comment: 'Un travail soigné, du moule au démoulage, et un poste toujours propre.',
  })
  for (const fact of facts) await insert('dossier_facts', { ...fact, dossier_id })
  return { dossierId, digest }
}
