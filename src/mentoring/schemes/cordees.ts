import { ORGANISATION_FACTS } from '../../people/organisation-kinds.data.js'
import type { Words } from '../../words.js'
import { dayInWords, isWithin } from '../days.js'
import { isAtLeast, LEVEL_WORDS } from '../levels.js'
import { refusedBy } from '../refusals.js'
import {
  levelOn,
  type EnrolmentCase,
  type GroupCase,
  type Scheme,
  type SessionCase,
  type SessionFormat,
} from './scheme.js'

type Scope = 'INDIVIDUELLE' | 'COLLECTIVE'

/** CO-06: the kind tells the scope. The list of collective actions is open: « etc. ». */
const KINDS: readonly Readonly<{ code: string; scope: Scope; words: Words }>[] = [
  {
    code: 'TUTORAT_ETUDIANT',
    scope: 'INDIVIDUELLE',
    words: { fr: 'Tutorat étudiant', en: 'Tutoring by a student' },
  },
  {
    code: 'MENTORAT_PROFESSIONNEL',
    scope: 'INDIVIDUELLE',
    words: { fr: 'Mentorat par un professionnel', en: 'Mentoring by a professional' },
  },
  {
    code: 'DECOUVERTE_LIEU_SECTEUR',
    scope: 'COLLECTIVE',
    words: { fr: 'Découverte d’un lieu ou d’un secteur', en: 'Discovery of a place or sector' },
  },
  { code: 'MUSEE', scope: 'COLLECTIVE', words: { fr: 'Visite de musée', en: 'Museum visit' } },
  {
    code: 'PRISE_DE_PAROLE',
    scope: 'COLLECTIVE',
    words: { fr: 'Prise de parole en public', en: 'Public speaking' },
  },
  {
    code: 'AUTRE_ACTION',
    scope: 'COLLECTIVE',
    words: { fr: 'Autre action collective', en: 'Another collective action' },
  },
]

/** Beyond this number a form takes a collective action for one of a class. No text draws this line. */
const MAX_SMALL_GROUP = 6

/** CO-03 */
const FLOOR = '4E'

export const cordees: Scheme = {
  code: 'CORDEES',
  words: { fr: 'Cordées de la réussite', en: 'Cordées de la réussite' },
  group: {
    words: { fr: 'Cordée', en: 'Cordée' },
    several: { fr: 'Cordées', en: 'Cordées' },
    owner: { fr: 'Tête de cordée', en: 'Tête de cordée' },
    page: '/cordees',
    openPage: '/schemes/CORDEES/new',
  },
  ofOne: false,
  oneGroupAtATime: false,
  asksVolunteering: true,
  mentorsFrom: 'owner-and-companies',
  kinds: KINDS,
  judgeGroup,
  judgeEnrolment,
  judgeSession,
  formatOf(kind, studentCount) {
    if (scopeOf(kind) === 'INDIVIDUELLE') return 'INDIVIDUEL'
    return studentCount <= MAX_SMALL_GROUP ? 'PETIT_GROUPE' : 'CLASSE'
  },
}

/** CO-01 and CO-02. */
function judgeGroup({ owner, schools }: GroupCase): string {
  const type = teteType(owner)
  if (type === null) {
    throw refusedBy('CO-01', '/ownerId', {
      fr: 'La tête de cordée est un établissement d’enseignement supérieur, ou un lycée avec CPGE ou STS. Choisissez-en un.',
      en: 'The tête de cordée is a place of higher education, or a lycée with CPGE or STS. Choose one.',
    })
  }
  const wrong = schools.find(({ kind }) => kind !== 'college' && kind !== 'lycee')
  if (wrong) {
    throw refusedBy('CO-02', wrong.pointer, {
      fr: 'Un établissement encordé est un collège ou un lycée. Choisissez-en un.',
      en: 'A school of a cordée is a collège or a lycée. Choose one.',
    })
  }
  if (schools.length > 0) return type
  throw refusedBy('CO-02', '/schoolIds', {
    fr: 'Une cordée a au moins un établissement encordé. Choisissez un collège ou un lycée.',
    en: 'A cordée has one school or more. Choose a collège or a lycée.',
  })
}

function teteType({ kind, type }: GroupCase['owner']): string | null {
  if (kind === 'lycee') return 'LYCEE_CPGE_STS'
  if (kind !== 'higher-education' || type === null) return null
  return Object.hasOwn(ORGANISATION_FACTS[kind].types, type) ? type : null
}

/** CO-02, CO-03 and CO-04: a volunteer from the 4e on, of a school of the cordée; nothing else is asked. */
function judgeEnrolment(enrolment: EnrolmentCase): [] {
  const { fromDay, pointer, schoolTimes, volunteeredOn } = enrolment
  const on = dayInWords(fromDay)
  if (!schoolTimes.some((time) => isWithin(fromDay, time))) {
    throw refusedBy('CO-02', pointer, {
      fr: `Le ${on.fr}, l’établissement d’un élève n’est pas encordé. Choisissez un autre jour, ou retirez l’élève.`,
      en: `On ${on.en} a student’s school is not in the cordée. Choose another day, or leave the student out.`,
    })
  }
  if (volunteeredOn === null || volunteeredOn > fromDay) {
    throw refusedBy('CO-04', '/volunteeredOn', {
      fr: `Les élèves d’une cordée sont volontaires. Donnez le jour où ils l’ont dit, le ${on.fr} au plus tard.`,
      en: `The students of a cordée are volunteers. Give the day on which they said so, ${on.en} at the latest.`,
    })
  }
  assertLevel(enrolment.schoolings, fromDay, pointer)
  return []
}

/** CO-03: the level of the student on the day. */
function assertLevel(schoolings: EnrolmentCase['schoolings'], day: string, pointer: string): void {
  const level = levelOn(schoolings, day)
  if (level !== undefined && isAtLeast(level, FLOOR)) return
  const on = dayInWords(day)
  if (level === undefined) {
    throw refusedBy('CO-03', pointer, {
      fr: `Aucune scolarité n’est connue le ${on.fr} pour un élève. Importez la liste de classe, ou retirez-le.`,
      en: `No schooling is known on ${on.en} for a student. Import the class list, or leave them out.`,
    })
  }
  const found = LEVEL_WORDS[level]
  throw refusedBy('CO-03', pointer, {
    fr: `Le ${on.fr}, un élève est en ${found.fr} : les cordées commencent en 4e. Retirez-le.`,
    en: `On ${on.en} a student is in ${found.en}: the cordées start in 4e. Leave them out.`,
  })
}

function judgeSession({ kind, format, day, students }: SessionCase): [] {
  const scope = scopeOf(kind)
  if (scope === undefined) {
    throw refusedBy('CO-06', '/kind', {
      fr: `« ${kind.slice(0, 40)} » n’est pas une action des Cordées de la réussite. Choisissez-en une dans la liste.`,
      en: `“${kind.slice(0, 40)}” is no action of the Cordées de la réussite. Choose one from the list.`,
    })
  }
  assertFormat(scope, format, students.length)
  for (const { schoolings, pointer } of students) assertLevel(schoolings, day, pointer)
  return []
}

/** CO-06 */
function assertFormat(scope: Scope, format: SessionFormat, studentCount: number): void {
  const isIndividual = format === 'INDIVIDUEL'
  if (isIndividual !== (scope === 'INDIVIDUELLE')) {
    throw refusedBy('CO-06', '/format', {
      fr: isIndividual
        ? 'Cette action est collective. Choisissez un petit groupe ou la classe.'
        : 'Cette action est individuelle. Choisissez le format individuel.',
      en: isIndividual
        ? 'This action is collective. Choose a small group or the class.'
        : 'This action is individual. Choose the one-to-one format.',
    })
  }
  if (!isIndividual || studentCount === 1) return
  throw refusedBy('CO-06', '/studentIds', {
    fr: `Une action individuelle a un élève ; ${studentCount} sont cochés. Saisissez-en une par élève.`,
    en: `An individual action has one student; ${studentCount} are ticked. Record one for each student.`,
  })
}

function scopeOf(kind: string): Scope | undefined {
  return KINDS.find(({ code }) => code === kind)?.scope
}
