import type { Language, Words } from '../words.js'
import { HOLD_REASONS, REPLACEMENT_REASONS } from './life-reasons.data.js'
import { NOTICE_ACTS, type BadgeNotice, type NoticeAct } from './store/notices.js'

type Noted = Pick<BadgeNotice, 'act' | 'reason'>

/** In a word, for staff. */
export const ACT_WORDS: Readonly<Record<NoticeAct, Words>> = {
  hold: { fr: 'Suspendu', en: 'Suspended' },
  restore: { fr: 'Suspension levée', en: 'Given back' },
  revoke: { fr: 'Révoqué', en: 'Revoked' },
  replace: { fr: 'Remplacé', en: 'Replaced' },
}

const SENTENCES: Readonly<Record<NoticeAct, Words>> = {
  hold: {
    fr: 'Votre lycée a suspendu ce badge pendant qu’il l’examine. Il ne compte pas pour l’instant ; il n’est pas révoqué.',
    en: 'Your school has suspended this badge while it examines it. It does not count for now; it is not revoked.',
  },
  restore: {
    fr: 'Votre lycée a fini d’examiner ce badge : il compte de nouveau.',
    en: 'Your school has finished examining this badge: it counts again.',
  },
  revoke: {
    fr: 'Votre lycée a révoqué ce badge, pour de bon : il ne compte plus.',
    en: 'Your school has revoked this badge, for good: it counts no more.',
  },
  replace: {
    fr: 'Votre lycée a remplacé ce badge par un badge corrigé. Celui-ci est révoqué ; le nouveau est parmi vos badges.',
    en: 'Your school has replaced this badge by a corrected one. This one is revoked; the new one is among your badges.',
  },
}

/** What was done, in one or two sentences to its holder. */
export function sentenceOf({ act }: Noted): Words {
  return SENTENCES[toNoticeAct(act)]
}

/** Why, as the list has it; undefined where the act has no list. */
export function reasonWords({ act, reason }: Noted): Words | undefined {
  const lists: Readonly<Record<string, Readonly<Record<string, Words>>>> = {
    hold: HOLD_REASONS,
    replace: REPLACEMENT_REASONS,
  }
  return lists[act]?.[reason ?? '']
}

/** What its holder can do: whom to ask, and to whom they object. */
export const WHOM_TO_ASK: Words = {
  fr: 'Vous ne comprenez pas, ou vous n’êtes pas d’accord ? Dites-le à la direction de votre lycée, seul ou avec vos parents : elle doit vous répondre, et elle peut corriger.',
  en: 'You do not understand, or you do not agree? Tell the head of your school, alone or with your parents: they must answer you, and they can correct it.',
}

/** Of the act alone: no badge, school or person is named. What somebody typed stays on the page. */
export function mailOf(
  noted: Noted,
  language: Language,
  url: string,
): { subject: string; text: string } {
  const { subject, hello, one, why, typed, see } = TEXTS[language]
  const reason = reasonWords(noted)
  return {
    subject,
    text: [
      hello,
      '',
      one,
      sentenceOf(noted)[language],
      ...(reason ? [`${why} ${reason[language]}.`] : []),
      ...(noted.act === 'revoke' ? [typed] : []),
      '',
      `${see} ${url}`,
      '',
      WHOM_TO_ASK[language],
      '',
    ].join('\n'),
  }
}

const TEXTS = {
  fr: {
    subject: 'Sceau\u00a0: un de vos badges a changé',
    hello: 'Bonjour,',
    one: 'Un de vos badges a changé.',
    why: 'La raison\u00a0:',
    typed: 'La raison est écrite sur sa page.',
    see: 'De quel badge il s’agit\u00a0:',
  },
  en: {
    subject: 'Sceau: one of your badges has changed',
    hello: 'Hello,',
    one: 'One of your badges has changed.',
    why: 'The reason:',
    typed: 'The reason is on its page.',
    see: 'Which badge it is:',
  },
} as const satisfies Readonly<Record<Language, unknown>>

export function toNoticeAct(text: string): NoticeAct {
  const act = NOTICE_ACTS.find((one) => one === text)
  if (!act) throw new Error(`A badge has no act ${text}.`)
  return act
}
