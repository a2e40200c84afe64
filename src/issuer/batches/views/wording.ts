import type { Say } from '../../../web/say.js'
import type { Tone } from '../../../web/components/status.js'
import type { Words } from '../../../words.js'
import type { BadgeAct, BatchAct } from '../acts.data.js'
import type { Evidence } from '../choose-rows.js'
import type { RowLine, Standing } from '../see-batch.js'
import type { Prospect } from '../weigh.js'

export const PROSPECT_WORDS: Readonly<Record<Prospect, Readonly<{ words: Words; tone: Tone }>>> = {
  ready: { tone: 'valid', words: { fr: 'Prêt', en: 'Ready' } },
  awarded: { tone: 'plain', words: { fr: 'Déjà attribué', en: 'Awarded already' } },
  waiting: {
    tone: 'plain',
    words: { fr: 'Attend quelqu’un d’autre', en: 'Waits for somebody else' },
  },
  missing: { tone: 'unknown', words: { fr: 'Incomplet', en: 'Incomplete' } },
  refused: { tone: 'invalid', words: { fr: 'Refusé par une règle', en: 'Refused by a rule' } },
}

export const STANDING_WORDS: Readonly<Record<Standing, Readonly<{ words: Words; tone: Tone }>>> = {
  waiting: {
    tone: 'unknown',
    words: { fr: 'Attend une deuxième personne', en: 'Waits for a second person' },
  },
  running: { tone: 'unknown', words: { fr: 'En cours', en: 'Under way' } },
  paused: { tone: 'unknown', words: { fr: 'En pause', en: 'Paused' } },
  cancelled: { tone: 'plain', words: { fr: 'Annulé', en: 'Cancelled' } },
  finished: { tone: 'valid', words: { fr: 'Terminé', en: 'Finished' } },
}

type Outcome = RowLine['outcome']
export const OUTCOME_WORDS: Readonly<Record<Outcome, Readonly<{ words: Words; tone: Tone }>>> = {
  done: { tone: 'valid', words: { fr: 'Fait', en: 'Done' } },
  refused: { tone: 'invalid', words: { fr: 'Refusé', en: 'Refused' } },
  cancelled: { tone: 'plain', words: { fr: 'Annulé', en: 'Cancelled' } },
  open: { tone: 'unknown', words: { fr: 'En attente', en: 'Waiting' } },
}

const MEANING_OF_MANY: Readonly<Record<BadgeAct, Words>> = {
  hold: {
    fr: 'Le temps d’examiner un doute : nos pages et notre vérification diront de ces badges « suspendu, l’émetteur l’examine ». La liste publique, qui ne connaît que les révocations, ne change pas. Chaque élève en est averti.',
    en: 'While a doubt is examined: our pages and our verification will say of these badges “suspended, the issuer examines it”. The public list, which knows revocations only, does not change. Each student is told.',
  },
  restore: {
    fr: 'L’examen est fini : ces badges comptent de nouveau. Chaque élève en est averti.',
    en: 'The examination is over: these badges count again. Each student is told.',
  },
  replace: {
    fr: 'Un dossier s’ouvre pour chacun de ces badges, à proposer, évaluer, endosser et approuver comme tout autre. Chaque ancien badge compte jusqu’à ce que le nouveau soit délivré, et il est révoqué à cet instant ; l’élève en est alors averti.',
    en: 'A dossier is opened for each of these badges, to be proposed, assessed, endorsed and approved as any other. Each old badge counts until the new one is issued, and is revoked at that moment; the student is told then.',
  },
  revoke: {
    fr: 'La révocation est définitive : toute vérification dira que ces badges ne valent plus, et personne ne pourra l’annuler. Chaque élève en est averti.',
    en: 'A revocation is for good: every verification will say that these badges do not count any more, and nobody can undo it. Each student is told.',
  },
}

/** What whoever sends the batch commits to. */
export const COMMITMENTS: Readonly<Record<BatchAct, Words>> = {
  propose: {
    fr: 'Vous envoyez ces dossiers à l’entreprise, avec leurs faits et rien d’autre sur les élèves que leur prénom et l’initiale de leur nom.',
    en: 'You send these dossiers to the company, with their facts and nothing more of the students than their given names and an initial.',
  },
  assess: {
    fr: 'Vous avez vu chacun de ces élèves travailler : vous dites que les critères du badge sont atteints. Une autre personne de l’entreprise l’endossera.',
    en: 'You saw each of these students work: you say that the criteria of the badge are met. Somebody else of the company will endorse it.',
  },
  endorse: {
    fr: 'En endossant ces badges, vous engagez l’entreprise pour chacun. Votre commentaire est signé avec la clé de l’entreprise dans chacun d’eux, et montré à tous ceux à qui les élèves les présentent.',
    en: 'By endorsing these badges you commit the company for each. Your comment is signed with the company’s key in each of them, and shown to everybody to whom the students present them.',
  },
  approve: {
    fr: 'Le lycée délivre ces badges : ils sont signés aussitôt. S’ils étaient faux, ils ne pourraient plus qu’être révoqués.',
    en: 'The school issues these badges: they are signed at once. If they were wrong, they could only be revoked.',
  },
  ...MEANING_OF_MANY,
}

/** « 12 prêts, 3 incomplets » */
export function countsIn(say: Say, counts: Readonly<Partial<Record<Prospect, number>>>): string {
  const parts = (Object.keys(PROSPECT_WORDS) as Prospect[]).flatMap((prospect) => {
    const count = counts[prospect] ?? 0
    const { fr, en } = PROSPECT_WORDS[prospect].words
    return count === 0 ? [] : [say({ fr: `${fr} : ${say.number(count)}`, en: `${en}: ${count}` })]
  })
  return parts.join(' · ')
}

/** « 2 h de mentorat, 9 jours en entreprise » */
export function evidenceIn(say: Say, { minutes, days }: Evidence): string {
  const parts = [
    ...(minutes > 0
      ? [say({ fr: `${say.hours(minutes)} de mentorat`, en: `${say.hours(minutes)} of mentoring` })]
      : []),
    ...(days > 0
      ? [
          say({
            fr: `${say.number(days)} jours en entreprise`,
            en: `${say.number(days)} days in a company`,
          }),
        ]
      : []),
  ]
  return parts.join(', ')
}
