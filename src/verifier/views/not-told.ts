import type { Words } from '../../words.js'

export const NOT_TOLD_TITLE: Words = { fr: 'Ce que cela ne dit pas', en: 'What this does not tell' }

/** Over the warnings. */
export const TO_KNOW: Words = { fr: 'À savoir', en: 'To know' }

export const NOT_TOLD: readonly Words[] = [
  {
    fr: 'Qui vous montre le badge. S’il ne porte pas de nom, demandez à la personne d’ouvrir devant vous un nouveau lien de partage.',
    en: 'Who shows you the badge. If it bears no name, ask the person to open a new share link before your eyes.',
  },
  {
    fr: 'Ce que la personne sait faire aujourd’hui : ceux qui signent parlent de ce qu’ils ont vu alors.',
    en: 'What the person can do today: those who sign speak of what they saw then.',
  },
  {
    fr: 'Qu’elle a un diplôme : un badge n’en est pas un.',
    en: 'That they have a diploma: a badge is none.',
  },
]
