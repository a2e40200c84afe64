import type { Words } from '../../words.js'

export type WarningWords = Readonly<{
  subject: (day: string) => Words
  text: (day: string, publicUrl: string) => Words
}>

/** No school is named, and no person. */
export const OF_STUDENT: WarningWords = {
  subject: (day) => ({
    fr: `Sceau\u00a0: votre dossier d’élève sera effacé le ${day}`,
    en: `Sceau: your student record will be erased on ${day}`,
  }),
  text: (day, publicUrl) => ({
    fr: [
      'Bonjour,',
      '',
      `Votre scolarité est terminée depuis plus d’une année scolaire\u00a0: le ${day}, votre dossier d’élève sera effacé, avec ses badges, ses liens de partage, et votre compte si rien d’autre n’en a besoin.`,
      'Les fichiers de vos badges que vous avez gardés resteront valables, et se vérifieront encore. Emportez-les avant ce jour.',
      '',
      `Pour garder votre dossier, connectez-vous avant ce jour\u00a0: ${publicUrl}/sign-in. La durée est alors comptée de nouveau, et vous serez prévenu encore une fois. Sinon, vous n’avez rien à faire.`,
      '',
    ].join('\n'),
    en: [
      'Hello,',
      '',
      `Your schooling ended more than a school year ago: on ${day} your student record will be erased, with its badges and shared links, and your account if nothing else needs it.`,
      'The files of your badges that you have kept stay valid, and can still be verified. Take them away before that day.',
      '',
      `To keep your record, sign in before that day: ${publicUrl}/sign-in. The time is then counted anew, and you will be warned once more. Otherwise there is nothing to do.`,
      '',
    ].join('\n'),
  }),
}

export const OF_ADULT: WarningWords = {
  subject: (day) => ({
    fr: `Sceau\u00a0: votre compte sera effacé le ${day}`,
    en: `Sceau: your account will be erased on ${day}`,
  }),
  text: (day, publicUrl) => ({
    fr: [
      'Bonjour,',
      '',
      `Vous n’avez plus, dans Sceau, ni fonction, ni engagement de mentor, ni période suivie\u00a0: le ${day}, votre nom, votre adresse et votre compte seront effacés. Ce que vous avez fait restera, sans votre nom.`,
      '',
      `Pour garder votre compte, connectez-vous avant ce jour\u00a0: ${publicUrl}/sign-in. La durée est alors comptée de nouveau, et vous serez prévenu encore une fois. Sinon, vous n’avez rien à faire.`,
      '',
    ].join('\n'),
    en: [
      'Hello,',
      '',
      `You have no function, commitment as a mentor or placement in Sceau any more: on ${day} your name, your address and your account will be erased. What you did stays, without your name.`,
      '',
      `To keep your account, sign in before that day: ${publicUrl}/sign-in. The time is then counted anew, and you will be warned once more. Otherwise there is nothing to do.`,
      '',
    ].join('\n'),
  }),
}
