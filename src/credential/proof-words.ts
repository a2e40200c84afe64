import type { Words } from '../words.js'

export const GOOD: Words = {
  fr: 'La signature est bonne : rien n’a changé depuis que le badge a été signé.',
  en: 'The signature is good: nothing has changed since the badge was signed.',
}
export const BAD: Words = {
  fr: 'La signature ne correspond pas au contenu : le badge a été modifié, ou signé autrement.',
  en: 'The signature does not fit the content: the badge was changed, or signed in another way.',
}
/** What is wrong with a proof, by code; a code without words of its own is told as BAD. */
export const FAULTS = {
  proof_purpose: {
    fr: 'La signature n’a pas été faite pour délivrer un badge.',
    en: 'The signature was not made to issue a badge.',
  },
  proof_time: {
    fr: 'La signature porte une date impossible : elle est dans le futur, ou elle a expiré.',
    en: 'The signature has an impossible date: it lies in the future, or it has expired.',
  },
  proof_domain: {
    fr: 'La signature a été faite pour quelqu’un d’autre.',
    en: 'The signature was made for somebody else.',
  },
  proof_challenge: {
    fr: 'La signature ne répond pas à la question qui a été posée.',
    en: 'The signature does not answer the question that was asked.',
  },
  base_proof: {
    fr: 'Ce badge est la copie complète de son titulaire, avec des secrets : elle ne se vérifie pas. Demandez-lui la version à montrer (une « preuve dérivée »).',
    en: 'This badge is the full copy of its holder, with secrets in it: it can’t be verified. Ask them for the version to show (a “derived proof”).',
  },
  weak_key: {
    fr: 'La clé de signature est d’une sorte que n’importe qui peut imiter.',
    en: 'The signing key is of a kind that anybody can imitate.',
  },
  key_type: {
    fr: 'La clé n’est pas de la sorte que la signature annonce.',
    en: 'The key is not of the kind that the signature announces.',
  },
  undefined_term: {
    fr: 'Un champ du badge n’a pas de sens dans son vocabulaire : la signature ne le couvre pas.',
    en: 'A field of the badge has no meaning in its vocabulary: the signature does not cover it.',
  },
} as const satisfies Readonly<Record<string, Words>>
