import type { Language, Words } from '../../words.js'

/** For what a student, and under 15 a guardian too, may be asked to agree. Each is off until they do. */
export const PURPOSES = ['public-page', 'named-link', 'transmission-to-company'] as const
export type Purpose = (typeof PURPOSES)[number]
/** What is told, and takes no agreement. */
export const NOTICES = ['information'] as const
export type NoticeName = (typeof NOTICES)[number]

/** Article 45 of the loi Informatique et Libertés: from this age on a minor agrees alone; before, jointly with a guardian. */
export const ALONE_FROM_AGE = 15
/** Parental authority ends. */
export const ADULT_AGE = 18

export type Asking = Readonly<{
  /** A few words, for a list. */
  title: Words
  /** What is read before the answer. When it changes, so do its digests, and later answers name the new ones. */
  text: Words
  /** SHA-256 of each text, kept with each answer. */
  sha256: Readonly<Record<Language, string>>
  /**
   * Under 15, beside the student: one guardian, who is presumed to have the other's agreement (acte usuel, code civil 372-2), or
   * all of them. A no of any guardian is a no in either case.
   */
  guardians: 'one' | 'all'
  /** Months after which an agreement has to be given anew. */
  lastsMonths: number
}>

/** The rules of each purpose, to be changed here and nowhere else. */
export const ASKINGS: Readonly<Record<Purpose, Asking>> = {
  'public-page': {
    title: { fr: 'Montrer un badge par un lien', en: 'Show a badge by a link' },
    text: {
      fr: 'Qui reçoit le lien voit le badge : son image, ce qu’il atteste, le lycée, l’entreprise, le mois, et sur quelles preuves. Il n’y a ni nom, ni photo, ni classe, ni âge. La page n’est dans aucun moteur de recherche. Dire non ne change rien au suivi, aux notes ni au badge lui-même. L’accord se retire quand on veut : la page disparaît tout de suite. Une copie que quelqu’un a déjà prise ne peut pas être reprise.',
      en: 'Whoever receives the link sees the badge: its picture, what it attests, the lycée, the company, the month, and on what evidence. There is no name, no photo, no class, no age. The page is in no search engine. To say no changes nothing in the mentoring, the marks or the badge itself. The agreement can be withdrawn at any time: the page is gone at once. A copy that somebody has already taken cannot be called back.',
    },
    sha256: {
      fr: 'c9360cd0206edc0d596df7cf18b3511eb05213e3eeb69ac6f5e095410dc8bdd5',
      en: 'fe2eae9721964cb5eeddf1c19a97b98ef65081e491844c17890ec703b0880f2b',
    },
    guardians: 'one',
    lastsMonths: 36,
  },
  'named-link': {
    title: { fr: 'Ajouter le nom à un lien', en: 'Add the name to a link' },
    text: {
      fr: 'Le nom et le prénom de l’élève s’ajoutent à la page d’un badge, pour qui reçoit ce lien-là : un recruteur, une école. Les autres liens restent sans nom. Le badge signé, lui, ne contient jamais de nom. Dire non ne change rien d’autre. L’accord se retire quand on veut : le nom disparaît tout de suite. Une copie déjà prise ne peut pas être reprise.',
      en: 'The student’s names are added to the page of a badge, for whoever receives that one link: a recruiter, a school. Other links stay without a name. The signed badge itself never holds a name. To say no changes nothing else. The agreement can be withdrawn at any time: the name is gone at once. A copy already taken cannot be called back.',
    },
    sha256: {
      fr: '3ef17d75d1f2236b0022c2977971fa64b6a9309002059d12f47f935496c3f313',
      en: 'f14616ded745393723b232bb250f31846f7564961de7293b3f0dd9b6c274c84f',
    },
    guardians: 'one',
    lastsMonths: 12,
  },
  'transmission-to-company': {
    title: { fr: 'Transmettre un badge à une entreprise', en: 'Pass a badge on to a company' },
    text: {
      fr: 'Le lycée transmet le badge et le nom de l’élève à une entreprise, pour une candidature que l’élève lui a dite. L’entreprise ne reçoit rien d’autre : ni notes, ni adresse, ni date de naissance. Dire non ne change rien au suivi. L’accord se retire quand on veut, pour ce qui n’est pas encore transmis ; l’entreprise répond de ce qu’elle a reçu.',
      en: 'The lycée passes the badge and the student’s name on to a company, for an application that the student told it of. The company receives nothing else: no marks, no address, no birth date. To say no changes nothing in the mentoring. The agreement can be withdrawn at any time, for what has not been passed on yet; the company answers for what it has received.',
    },
    sha256: {
      fr: '5f87f2ace114946bad56ba7e6284384f06ff1418229d79f23f5dcb15820930c3',
      en: '71c2258f4baf8fee34aac6aa938c2d7bb1f1ef2e5088155a94469272b344a247',
    },
    guardians: 'one',
    lastsMonths: 12,
  },
}

/** What everybody is told (RGPD, art. 13): no consent, because the school follows on its public mission. */
export const INFORMATION: Pick<Asking, 'title' | 'text' | 'sha256'> = {
  title: { fr: 'Le suivi du mentorat par le lycée', en: 'How the lycée follows the mentoring' },
  text: {
    fr: 'Le lycée note les séances de mentorat et les périodes en entreprise parce que c’est sa mission d’enseignement : il n’a pas besoin d’un accord pour cela. L’élève et ses parents peuvent voir ce qui est noté, faire corriger ce qui est faux, et s’y opposer pour une raison qui leur est propre : le lycée répond dans le mois. Une année scolaire après le départ de l’élève, il ne reste que des totaux sans nom.',
    en: 'The lycée records mentoring sessions and placements because teaching is its mission: it needs no agreement for that. The student and their parents can see what is recorded, have corrected what is wrong, and object for a reason of their own: the lycée answers within a month. One school year after the student has left, only totals without a name remain.',
  },
  sha256: {
    fr: '87cb820e9db07a21677e2d7da8dbe63d8c800da31ec37770f0c2b615ec5c3ac8',
    en: 'c6f5fe8618a4d286fc4f216334f0854b78e6ac6c9dc7fe1142869e49d74337f6',
  },
}

/** What may be objected to (RGPD, art. 21). */
export const PROCESSINGS = ['sessions', 'placements', 'badges', 'figures', 'other'] as const
export type Processing = (typeof PROCESSINGS)[number]

export const PROCESSING_WORDS: Readonly<Record<Processing, Words>> = {
  sessions: { fr: 'le suivi des séances de mentorat', en: 'the record of mentoring sessions' },
  placements: { fr: 'le suivi des périodes en entreprise', en: 'the record of placements' },
  badges: { fr: 'les dossiers de badge', en: 'the dossiers of badges' },
  figures: { fr: 'les totaux et les indicateurs', en: 'totals and indicators' },
  other: { fr: 'autre chose, dite dans la raison', en: 'something else, told in the reason' },
}
