import { ageOn } from '../days.js'
import { ORGANISATION_FACTS } from '../../people/organisation-kinds.data.js'
import { refusedBy, wrongField } from '../refusals.js'
import type { Warning } from '../warnings.js'
import type { EnrolmentCase, GroupCase, Scheme } from './scheme.js'

/** JM-02: what a pair works on, and what a session of it is about. */
export const SUBJECTS = [
  { code: 'SOUTIEN_SCOLAIRE', words: { fr: 'Soutien scolaire', en: 'Help with school work' } },
  { code: 'ORIENTATION', words: { fr: 'Orientation', en: 'Guidance' } },
  { code: 'INSERTION_PRO', words: { fr: 'Insertion professionnelle', en: 'Way into work' } },
  { code: 'ENTREPRENEURIAT', words: { fr: 'Entrepreneuriat', en: 'Entrepreneurship' } },
] as const

/** JM-04: the ages of the plan « un jeune une solution ». Other sources say 5, 6 or 13: it only warns. */
const AGES = { from: 15, to: 30 } as const

export const oneMentor: Scheme = {
  code: 'UN_JEUNE_UN_MENTOR',
  words: { fr: 'Un jeune un mentor', en: 'Un jeune un mentor' },
  group: {
    words: { fr: 'Binôme', en: 'Pair' },
    several: { fr: 'Binômes', en: 'Pairs' },
    owner: { fr: 'Structure de mentorat', en: 'Mentoring structure' },
    page: '/pairs',
    opening: { page: '/pairs/new', words: { fr: 'Ouvrir un binôme', en: 'Open a pair' } },
  },
  ofOne: true,
  oneGroupAtATime: false,
  asksVolunteering: false,
  mentorsFrom: 'owner-or-company',
  kinds: SUBJECTS,
  judgeGroup,
  judgeEnrolment,
  judgeSession({ kind, format }) {
    toSubject(kind, '/kind')
    if (format === 'INDIVIDUEL') return []
    throw wrongField('/format', {
      fr: 'Un binôme a un seul jeune : la séance est individuelle. Changez le format.',
      en: 'A pair has one young person only: the session is one to one. Change the format.',
    })
  },
  formatOf: () => 'INDIVIDUEL',
}

/**
 * JM-02.
 *
 * @throws {DomainError} rule-refused
 */
export function toSubject(text: string, pointer: string): string {
  const subject = SUBJECTS.find(({ code }) => code === text)
  if (subject) return subject.code
  throw refusedBy('JM-02', pointer, {
    fr: `« ${text.slice(0, 40)} » n’est pas un sujet de ce dispositif. Choisissez soutien scolaire, orientation, insertion professionnelle ou entrepreneuriat.`,
    en: `“${text.slice(0, 40)}” is no subject of this scheme. Choose help with school work, guidance, way into work or entrepreneurship.`,
  })
}

/** JM-01: an association, an institution or a foundation. */
function judgeGroup({ owner: { kind, type } }: GroupCase): string {
  const { types } = ORGANISATION_FACTS['mentoring-structure']
  if (kind === 'mentoring-structure' && type !== null && Object.hasOwn(types, type)) return type
  throw refusedBy('JM-01', '/ownerId', {
    fr: 'L’organisateur d’un binôme est une association, une institution ou une fondation. Choisissez une structure de mentorat.',
    en: 'Who organises a pair is an association, an institution or a foundation. Choose a mentoring structure.',
  })
}

function judgeEnrolment({ fromDay, birthDate, others, pointer }: EnrolmentCase): Warning[] {
  if (others > 0) {
    throw wrongField(pointer, {
      fr: 'Un binôme a un seul jeune. Ouvrez un autre binôme.',
      en: 'A pair has one young person only. Open another pair.',
    })
  }
  const age = ageOn(birthDate, fromDay)
  return age < AGES.from || age > AGES.to ? [OTHER_AGE] : []
}

const OTHER_AGE: Warning = {
  rule: 'JM-04',
  words: {
    fr: `Le plan s’adresse aux jeunes de ${AGES.from} à ${AGES.to} ans, et l’âge de ce jeune au premier jour est autre. Confirmez avec la structure qu’elle l’accepte.`,
    en: `The plan is for those aged ${AGES.from} to ${AGES.to}, and on the first day this young person is not. Confirm with the structure that it accepts them.`,
  },
}
