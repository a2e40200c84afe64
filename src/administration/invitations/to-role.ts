import type { Role } from '../../context.js'
import { plain } from '../../mentoring/class-list/values.js'
import { ROLE_FACTS, STAFF_ROLES } from '../../people/roles.data.js'
import type { OrganisationKind } from '../../people/store.js'
import type { Words } from '../../words.js'

/** What people write, too, after `plain`. */
const ALSO: Readonly<Partial<Record<Role, readonly string[]>>> = {
  'school-staff': [
    'personnel',
    'enseignant',
    'enseignante',
    'professeur',
    'professeure',
    'teacher',
  ],
  'school-approver': ['approbatrice', 'approbatrice du lycee'],
  'liaison-officer': ['chargee de liaison'],
  'company-admin': ['administratrice', 'administratrice de l entreprise'],
  'company-endorser': ['endosseuse', 'endosseuse de l entreprise'],
  'academic-referent': ['referente academique', 'referent', 'referente'],
  'platform-admin': ['administratrice de la plateforme'],
}

/**
 * The role that somebody means in words, in French or English: its whole name, or the beginning of one alone of those
 * that the organisation has.
 *
 * @param kind undefined for the platform itself
 * @returns the role, or what is wrong
 */
export function toRole(text: string, kind: OrganisationKind | undefined): Role | Words {
  const written = plain(text)
  if (namesOf('student').includes(written)) return STUDENTS
  const here = STAFF_ROLES.filter((role) => isHeldIn(role, kind))
  const exact = STAFF_ROLES.find((role) => namesOf(role).includes(written))
  if (exact) return here.includes(exact) ? exact : elsewhere(exact, here)
  const begun = here.filter((role) => namesOf(role).some((name) => name.startsWith(`${written} `)))
  const [only] = begun
  return written !== '' && only && begun.length === 1 ? only : unknown(here)
}

function isHeldIn(role: Role, kind: OrganisationKind | undefined): boolean {
  const { kinds } = ROLE_FACTS[role]
  return kind === undefined ? kinds.length === 0 : kinds.includes(kind)
}

function namesOf(role: Role): string[] {
  const { fr, en } = ROLE_FACTS[role].words
  return [plain(role), plain(fr), plain(en), ...(ALSO[role] ?? [])]
}

function listed(roles: readonly Role[]): Words {
  const list = (language: keyof Words) =>
    roles.map((role) => ROLE_FACTS[role].words[language]).join(', ')
  return { fr: list('fr'), en: list('en') }
}

function unknown(here: readonly Role[]): Words {
  const { fr, en } = listed(here)
  return {
    fr: `Ce rôle n’est pas connu, ou plusieurs commencent ainsi. Écrivez l’un de ceux-ci : ${fr}.`,
    en: `This role is not known, or several begin like this. Write one of these: ${en}.`,
  }
}

function elsewhere(role: Role, here: readonly Role[]): Words {
  const { fr, en } = listed(here)
  const name = ROLE_FACTS[role].words
  return {
    fr: `Le rôle « ${name.fr} » ne se donne pas dans cette organisation. Écrivez l’un de ceux-ci : ${fr}.`,
    en: `The role “${name.en}” is not given in this organisation. Write one of these: ${en}.`,
  }
}

const STUDENTS: Words = {
  fr: 'Un élève ne s’invite pas ici : il vient avec la liste de sa classe (« Import »).',
  en: 'A student is not invited here: they come with the list of their class (“Import”).',
}
