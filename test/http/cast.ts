import type { Actor, Role } from '../../src/context.js'
import { inviteList } from '../../src/administration/invitations/invite-list.js'
import { announce } from '../../src/people/announcements/announce.js'
import { askCorrection } from '../../src/mentoring/corrections/ask-correction.js'
import { objectAsStudent } from '../../src/mentoring/consents/object.js'
import { startBatch } from '../../src/issuer/batches/start-batch.js'
import { shareBadge } from '../../src/issuer/share-badge.js'
import { enrolStudent } from '../../src/mentoring/cohorts/enrol-student.js'
import { openGroup } from '../../src/mentoring/groups/open-group.js'
import { openPair } from '../../src/mentoring/pairs/open-pair.js'
import { beginOpening } from '../../src/mentoring/classes/begin-opening.js'
import { recordAgreement } from '../../src/mentoring/classes/record-agreement.js'
import { holdClassList, importHeldList } from '../../src/mentoring/imports/hold.js'
import { addMentor } from '../../src/mentoring/mentors/add-mentor.js'
import { siecleXml } from '../../src/mentoring/class-list/write-siecle.js'
import { findOrganisation } from '../../src/people/store.js'
import { OPERATOR } from '../../src/people/operator.js'
import { endRole } from '../../src/people/assign-role.js'
import { createOrganisation } from '../../src/people/create-organisation.js'
import { addSite } from '../../src/mentoring/placements/add-site.js'
import { planPlacement } from '../../src/mentoring/placements/plan-placement.js'
import { aStudent, type Issued } from '../issuer/share-story.js'
import { aCompany, aLycee, asActor, somebody } from '../people/people.js'
import { demoList, demoStudents } from '../support/siecle.js'
import { type World } from '../support/world.js'
import type { Name } from './readers.js'

/** Somebody in each role, of this school, this company, and of others. */
export async function everybody(world: World, story: Issued): Promise<Record<Name, Actor>> {
  const elsewhere = await aLycee(world, 'Lycée DÉMO des Érables', '9990002Y')
  const rival = await aCompany(world, 'Moules du Haut DÉMO', '00099002800011')
  const tete = await createOrganisation(world, OPERATOR, {
    kind: 'higher-education',
    name: 'Université DÉMO du Lac',
    type: 'UNIVERSITE',
  })
  const held = (email: string, role: Role, organisationId: number | null) =>
    somebody(world, email, { role, organisationId }).then((one) => asActor(world, one))
  const [company] = story.boss.assignments
  return {
    teacher: story.teacher,
    head: story.head,
    officer: await held('officer@example.org', 'liaison-officer', story.schoolId),
    tutor: story.tutor,
    admin: await held('manager@example.org', 'company-admin', company!.organisationId),
    student: story.student,
    pupil: await aStudent(world, 'pupil@example.org', story.schoolId),
    stranger: await held('stranger@example.org', 'school-staff', elsewhere.id),
    strangerHead: await held('stranger-head@example.org', 'school-approver', elsewhere.id),
    otherCompany: await held('rival@example.org', 'company-endorser', rival.id),
    coordinator: await held('tete@example.org', 'scheme-coordinator', tete.id),
    platform: await held('platform@example.org', 'platform-admin', null),
    referent: await aReferent(world, story.schoolId),
    former: await aFormer(world, story.schoolId),
  }
}

/** Of the academy, in which the school is from now on. */
async function aReferent(world: World, schoolId: number): Promise<Actor> {
  const academyCode = '03'
  const academy = { kind: 'academy', name: 'Académie DÉMO', academyCode } as const
  const { id: organisationId } = await createOrganisation(world, OPERATOR, academy)
  await world.db
    .updateTable('organisations')
    .set({ academy_code: academyCode })
    .where('id', '=', schoolId)
    .execute()
  const held = { role: 'academic-referent', organisationId } as const
  return asActor(world, await somebody(world, 'referent@example.org', held))
}

/** Somebody whose role in the school ended yesterday. */
async function aFormer(world: World, organisationId: number): Promise<Actor> {
  const held = { role: 'school-approver', organisationId } as const
  const person = await somebody(world, 'former@example.org', held)
  await endRole(world, OPERATOR, { ...held, personId: person.id })
  return asActor(world, person)
}

type Cast = Readonly<{ world: World; story: Issued; actors: Record<Name, Actor> }>

/** One thing of each kind in this school’s book, by the first part of its address. */
export async function idsOfAll(cast: Cast): Promise<Record<string, string>> {
  const { world, story } = cast
  const { teacher, student } = story
  const publicIdIn = async (
    table: 'ptech_classes' | 'cohorts' | 'placements' | 'dossiers' | 'mentoring_sessions',
  ) =>
    (await world.db.selectFrom(table).select('public_id').orderBy('id').executeTakeFirstOrThrow())
      .public_id
  const template = await world.db
    .selectFrom('templates')
    .select('public_id')
    .orderBy('id')
    .executeTakeFirst()
  const school = await world.db
    .selectFrom('organisations')
    .selectAll()
    .orderBy('id')
    .executeTakeFirstOrThrow()
  const company = await world.db
    .selectFrom('organisations')
    .selectAll()
    .where('kind', '=', 'company')
    .orderBy('id')
    .executeTakeFirstOrThrow()
  const classId = await publicIdIn('ptech_classes')
  const list = { schoolId: school.public_id, schoolYear: 2026 }
  // Without the first INE, which is that of the student of the story.
  const file = siecleXml(demoList({ students: demoStudents(4).slice(1) }))
  const first = await holdClassList(world, teacher, { ...list, file })
  const receipt = await importHeldList(world, teacher, { id: first, leaveOutRefused: false })
  const held = await holdClassList(world, teacher, { ...list, file })
  const groups = await cordeeAndPair(cast, school.public_id)
  await shareBadge(world, student, { badgeId: story.badgeId, label: 'Stage' })
  await objectAsStudent(world, student, { processing: 'figures', reason: 'Raison personnelle' })
  await askCorrection(world, student, { field: 'familyName', said: 'Une lettre de trop' })
  const { public_id: objections } = await world.db
    .selectFrom('objections')
    .select('public_id')
    .executeTakeFirstOrThrow()
  const recorded = await publicIdIn('placements')
  const { placementId, siteId } = await aPlannedPlacement(cast)
  return {
    ...groups,
    objections,
    schools: school.public_id,
    announcements: await anAnnouncement(world),
    invitations: await aListOfInvitations(world, school.public_id),
    placements: placementId,
    sites: siteId,
    organisations: school.public_id,
    people: teacher.publicId,
    classes: classId,
    agreements: await recordAgreement(world, teacher, {
      classId,
      type: 'CHARTE',
      title: 'Charte DÉMO',
      startDay: '2026-09-01',
      endDay: '2027-08-31',
      parties: [],
    }),
    openings: await beginOpening(world, teacher, {
      schoolId: school.public_id,
      companyId: company.public_id,
      track: 'Plastiques',
      day: '2026-09-01',
      note: '',
    }),
    cohorts: await publicIdIn('cohorts'),
    students: story.studentId,
    sessions: await publicIdIn('mentoring_sessions'),
    mentors: await aMentor(cast),
    'my-record': recorded,
    calendar: '2026-a-toussaint',
    import: held,
    imports: receipt.id,
    definitions: template!.public_id,
    templates: template!.public_id,
    dossiers: await publicIdIn('dossiers'),
    badges: story.badgeId,
    batches: await startBatch(world, teacher, {
      act: 'propose',
      rows: [{ studentId: story.studentId, versionId: story.versionId }],
      key: 'batch',
    }),
    'my-badges': story.badgeId,
  }
}

function anAnnouncement(world: World): Promise<string> {
  const text = { fr: 'Le service s’arrête dimanche.', en: 'The service stops on Sunday.' }
  const days = { fromDay: '2026-11-24', untilDay: '2026-11-30' }
  return announce(world, OPERATOR, { ...text, ...days, organisation: '', to: 'all', roles: [] })
}

async function aListOfInvitations(world: World, organisation: string): Promise<string> {
  const text = 'Ève;Liste;eve.liste@example.org;personnel du lycée'
  return (await inviteList(world, OPERATOR, { organisation, text })).runId
}

async function aMentor({ world, story }: Cast): Promise<string> {
  const company = await findOrganisation(world.db, story.boss.assignments[0]!.organisationId!)
  const said = { vetting: 'A_VERIFIER', vettedOn: '', renewBy: '', charterOn: '' }
  const named = { givenName: 'Ève', familyName: 'Atelier', email: '', sex: '' }
  const organisationId = company!.publicId
  return addMentor(world, story.teacher, { ...said, ...named, organisationId })
}

/** A cordée with the student in it, and their pair. */
async function cordeeAndPair({ world, story, actors }: Cast, schoolId: string) {
  const [held] = actors.coordinator.assignments
  const tete = await findOrganisation(world.db, held!.organisationId!)
  const ownerId = tete!.publicId
  const { teacher, studentId } = story
  const make = (input: Parameters<typeof createOrganisation>[2]) =>
    createOrganisation(world, OPERATOR, input)
  const structure = await make({
    kind: 'mentoring-structure',
    name: 'Association DÉMO Tremplin',
    type: 'ASSOCIATION',
    siret: '00099003600014',
  })
  const two = { schoolIds: [schoolId], fromDay: '2026-09-01' }
  const cordee = { scheme: 'CORDEES', ownerId, name: 'Cordée DÉMO', ...two }
  const cohortId = await openGroup(world, teacher, cordee)
  await enrolStudent(world, teacher, {
    cohortId,
    studentId,
    fromDay: '2026-09-01',
    volunteeredOn: '2026-09-01',
  })
  await world.db
    .insertInto('mentors')
    .values({
      public_id: 'mentor',
      person_id: actors.coordinator.personId!,
      organisation_id: structure.id,
      from_day: '2026-09-01',
      vetting: 'A_VERIFIER',
      created_at: world.now().toISOString(),
    })
    .execute()
  const pair = await openPair(world, teacher, {
    structureId: structure.publicId,
    studentId,
    mentorId: 'mentor',
    subject: 'ORIENTATION',
    startedOn: '2026-10-01',
    registrationReference: '',
    registeredOn: '',
    acknowledged: ['JM-03'],
  })
  return { schemes: 'CORDEES', groups: cohortId, cordees: cohortId, pairs: pair, school: schoolId }
}

/** Of the student of this book, in this company, by the teacher. */
async function aPlannedPlacement({ world, story }: Cast) {
  const { teacher, tutor, studentId } = story
  const [role] = tutor.assignments
  const company = await findOrganisation(world.db, role!.organisationId!)
  const companyId = company!.publicId
  const place = { name: 'Atelier DÉMO', town: 'Port-Démo', staffCount: 40 }
  const siteId = await addSite(world, teacher, { ...place, companyId, siret: '00099003600014' })
  const placementId = await planPlacement(world, teacher, {
    ...{ studentId, companyId, siteId, tutorId: tutor.publicId, referentId: '' },
    ...{ tutorGivenName: '', tutorFamilyName: '', medicalOpinionOn: '', work: 'ORDINARY' },
    ...{ fromDay: '2027-06-07', untilDay: '2027-06-18', startTime: '08:30', endTime: '16:30' },
    ...{ dailyMinutes: 420, weeklyMinutes: 2100, acknowledged: [] },
  })
  return { placementId, siteId }
}
