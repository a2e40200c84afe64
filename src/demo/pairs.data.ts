/** What is planned of « un jeune un mentor »: fifteen pairs, each with a mentor of its own. */

/** Students in Tle of the third to fifth school. */
export const OLDER = 13
export const OLDER_SCHOOLS: readonly number[] = [2, 3, 4]
/** JM-04: collégiens in 4e who are thirteen on the first day, which warns. */
export const YOUNGER = 2

/** JM-05: the first pair ended after four months; the others are a month old. In days before today. */
export const EARLY = { from: 150, until: 28 } as const
export const OTHERS_FROM = 30

/** Days from the first one to each session, of the pair that ended and of the others. */
export const SESSIONS_OF_EARLY: readonly number[] = [10, 35, 60, 85, 110]
export const SESSIONS_OF_OTHERS: readonly number[] = [3, 12, 21]

/** By subject, in the order of the sessions. */
export const PAIR_TOPICS: Readonly<Record<string, readonly string[]>> = {
  SOUTIEN_SCOLAIRE: ['Reprendre les proportions', 'Lire un énoncé jusqu’au bout', 'Réviser à deux'],
  ORIENTATION: ['Ce qui m’intéresse', 'Deux BTS comparés', 'Préparer la journée portes ouvertes'],
  INSERTION_PRO: ['Relire le CV', 'Entraînement à l’entretien', 'Trouver trois entreprises'],
  ENTREPRENEURIAT: ['Une idée et son public', 'Compter ce que cela coûte', 'Présenter son idée'],
}
