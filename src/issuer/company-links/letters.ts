import type { Words } from '../../words.js'
import type { LinkStep } from './store.js'

/** One line without a personal datum: mail servers write subjects down. */
export const ASKED_SUBJECT: Readonly<Record<LinkStep, Words>> = {
  assess: {
    fr: 'Un avis vous est demandé sur un badge de compétence',
    en: 'You are asked to assess a badge of competency',
  },
  endorse: {
    fr: 'L’engagement de votre entreprise vous est demandé pour un badge',
    en: 'You are asked for the commitment of your company to a badge',
  },
}

export const CODE_SUBJECT: Words = {
  fr: 'Votre code',
  en: 'Your code',
}

type Asked = Readonly<{
  step: LinkStep
  url: string
  school: string
  company: string
  badge: string
  days: number
}>

/** Names no student: mail is passed on. */
export function askedText(asked: Asked): Words {
  const { url, school, company, badge, days } = asked
  const what: Readonly<Record<LinkStep, Words>> = {
    assess: {
      fr: `évaluer, pour « ${company} », un dossier du badge « ${badge} »`,
      en: `assess, for “${company}”, a dossier of the badge “${badge}”`,
    },
    endorse: {
      fr: `engager « ${company} » pour le badge « ${badge} »`,
      en: `commit “${company}” to the badge “${badge}”`,
    },
  }
  return {
    fr: `Bonjour,

« ${school} » vous demande de ${what[asked.step].fr} :

${url}

Ce lien est pour vous seul, sert une fois et vaut ${days} jours. L’ouvrir n’engage à rien. Vous n’avez pas besoin de compte. Si cette demande ne vous concerne pas, ne faites rien : le lien s’éteint.`,
    en: `Hello,

“${school}” asks you to ${what[asked.step].en}:

${url}

This link is for you alone, serves once and lasts ${days} days. To open it commits you to nothing. You need no account. If this does not concern you, do nothing: the link goes out.`,
  }
}

export function codeText(code: string, minutes: number): Words {
  return {
    fr: `Bonjour,

Votre code : ${code}

Tapez-le sur la page que vous avez ouverte, dans les ${minutes} minutes. Si vous n’avez rien demandé, ne le donnez à personne.`,
    en: `Hello,

Your code: ${code}

Type it on the page that you have opened, within ${minutes} minutes. If you asked for nothing, give it to nobody.`,
  }
}
