import type { Words } from '../words.js'

export const GOOD: Words = {
  fr: 'La signature est bonne : rien n’a changé depuis que le badge a été signé.',
  en: 'The signature is good: nothing has changed since the badge was signed.',
}
export const BAD: Words = {
  fr: 'La signature ne correspond pas au contenu : le badge a été modifié, ou la signature n’est pas la sienne.',
  en: 'The signature does not fit the content: the badge was changed, or the signature is not its own.',
}
/** What is wrong with a proof, by code; a code without words of its own is told as BAD. */
export const FAULTS = {
  proof_purpose: {
    fr: 'La signature n’a pas été faite pour délivrer un badge : elle ne prouve rien ici. Demandez à l’émetteur.',
    en: 'The signature was not made to issue a badge: it proves nothing here. Ask the issuer.',
  },
  proof_time: {
    fr: 'La signature porte une date impossible : elle est dans le futur, ou elle a expiré. Demandez à l’émetteur.',
    en: 'The signature has an impossible date: it lies in the future, or it has expired. Ask the issuer.',
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
    fr: 'Ce badge est la copie complète de son titulaire, avec des secrets : elle ne se vérifie pas. Demandez-lui la version faite pour être montrée.',
    en: 'This badge is the full copy of its holder, with secrets in it: it can’t be verified. Ask them for the version that is made to be shown.',
  },
  weak_key: {
    fr: 'N’importe qui peut imiter la clé de cette signature : elle ne prouve rien. Demandez à l’émetteur un badge signé avec une autre clé.',
    en: 'Anybody can imitate the key of this signature: it proves nothing. Ask the issuer for a badge that is signed with another key.',
  },
  key_type: {
    fr: 'La clé n’est pas de la sorte que la signature annonce : on ne peut pas s’y fier. Demandez à l’émetteur s’il a bien délivré ce badge.',
    en: 'The key is not of the kind that the signature announces: it can’t be relied on. Ask the issuer whether it issued this badge.',
  },
  undefined_term: {
    fr: 'Le badge contient un mot sans définition : la signature ne le protège pas. Demandez le fichier d’origine.',
    en: 'The badge holds a word without a definition: the signature does not protect it. Ask for the original file.',
  },
} as const satisfies Readonly<Record<string, Words>>
