import type { Words } from '../../words.js'
import type { Found, FoundChecks } from '../found.js'

/** What can be found out about an older badge: check, result and words, by name. */
function found(result: Found['result'], code: string, fr: string, en: string): Found {
  const words: Words = { fr, en }
  return { result, code, words }
}

export const OLDER = found(
  'pass',
  'ob2',
  'C’est un badge de l’ancienne norme (Open Badges 2.0). Nous savons le lire.',
  'This is a badge of the older standard (Open Badges 2.0). We can read it.',
)
/** PN-05: what is only an address is not followed, since whoever made the picture chose it. */
export const ONLY_A_LINK: FoundChecks = {
  format: OLDER,
  proof: found(
    'unknown',
    'link_only',
    'Cette image ne contient pas de badge, seulement l’adresse où il se trouve. Nous ne suivons pas les adresses cachées dans une image : demandez le lien du badge à la personne, et collez-le ici.',
    'This image holds no badge, only the address where it stands. We do not follow addresses that are hidden in an image: ask the person for the link to the badge, and paste it here.',
  ),
}

export const SOUND: FoundChecks = {
  structure: found(
    'pass',
    'structure',
    'Le badge a la forme qu’il doit avoir.',
    'The badge has the form that it should.',
  ),
  context: found(
    'pass',
    'context',
    'Le vocabulaire du badge est celui de l’ancienne norme.',
    'The vocabulary of the badge is that of the older standard.',
  ),
  type: found('pass', 'type', 'C’est un Open Badge.', 'This is an Open Badge.'),
}
export const WRONG_FORM = found(
  'fail',
  'structure',
  'Il manque une information à ce badge, ou elle n’est pas écrite comme elle doit l’être. Demandez le fichier d’origine.',
  'Something is missing in this badge, or is not written as it should be. Ask for the original file.',
)
export const WRONG_LINK = found(
  'fail',
  'structure',
  'Une page de l’émetteur dont ce badge a besoin n’est pas écrite comme elle doit l’être. Demandez à l’émetteur.',
  'A page of the issuer that this badge needs is not written as it should be. Ask the issuer.',
)
export const NO_CONTEXT = found(
  'unknown',
  'unknown_context',
  'Le badge emploie des mots dont nous ne connaissons pas le sens. Demandez à son émetteur ce qu’il veut dire.',
  'The badge uses words whose meaning we do not know. Ask its issuer what it means.',
)
export const NO_ASSERTION = found(
  'fail',
  'type',
  'Ce document décrit un badge ou un émetteur. Ce n’est pas un badge que quelqu’un a reçu. Demandez le fichier d’origine.',
  'This document describes a badge or an issuer. It is not a badge that somebody was given. Ask for the original file.',
)

export const CONFIRMED = found(
  'pass',
  'hosted',
  'Ce badge n’est pas signé, mais le serveur de l’émetteur montre le même à cet instant.',
  'This badge is not signed, but the issuer’s server shows the same one right now.',
)
export const DIFFERS = found(
  'fail',
  'hosted_differs',
  'Le serveur de l’émetteur montre un autre badge : celui-ci a été changé.',
  'The issuer’s server shows another badge: this one was changed.',
)
export const NOT_THERE = found(
  'fail',
  'hosted_missing',
  'Le serveur de l’émetteur ne connaît pas ce badge : il n’a jamais été délivré, ou il n’est plus publié.',
  'The issuer’s server does not know this badge: it was never issued, or is published no more.',
)
export const NO_ANSWER = found(
  'unknown',
  'hosted_unreachable',
  'Le serveur de l’émetteur n’a pas répondu de façon sûre (https). Lui seul peut confirmer ce badge. Réessayez plus tard, ou demandez à l’émetteur.',
  'The issuer’s server did not answer in a secure way (https). It alone can confirm this badge. Try again later, or ask the issuer.',
)
/** Something else has said no before the server's badge was looked at. */
export const NOT_COMPARED = found(
  'unknown',
  'hosted_untried',
  'Ce badge n’a pas été comparé avec celui de l’émetteur : une autre vérification a déjà échoué.',
  'This badge was not compared with that of the issuer: another check has failed already.',
)
export const UNSIGNED = found(
  'fail',
  'unsigned',
  'Ce badge dit qu’il est signé, mais il ne l’est pas. Demandez le fichier d’origine.',
  'This badge says that it is signed, but it is not. Ask for the original file.',
)

export const WRONG_KEY = found(
  'fail',
  'key_type',
  'La clé de l’émetteur n’est pas de la sorte que le badge annonce : on ne peut pas s’y fier. Demandez à l’émetteur s’il l’a bien délivré.',
  'The issuer’s key is not of the kind that the badge announces: it can’t be relied on. Ask the issuer whether it issued the badge.',
)
export const WEAK_KEY = found(
  'fail',
  'weak_key',
  'La clé de l’émetteur est trop faible : d’autres peuvent signer à sa place. Demandez-lui s’il a bien délivré ce badge.',
  'The issuer’s key is too weak: others can sign in its place. Ask the issuer whether it issued this badge.',
)
export const NO_KEY = found(
  'unknown',
  'key_unreachable',
  'La clé de l’émetteur n’a pas pu être lue : on ne sait pas si la signature est bonne. Réessayez plus tard, ou demandez à l’émetteur.',
  'The issuer’s key could not be read: whether the signature is good is unknown. Try again later, or ask the issuer.',
)

export const IN_SCOPE = found(
  'pass',
  'hosted_scope',
  'Le badge se trouve bien chez l’émetteur qu’il annonce.',
  'The badge stands at the issuer that it announces.',
)
export const OUT_OF_SCOPE = found(
  'fail',
  'hosted_elsewhere',
  'Le badge ne se trouve pas chez l’émetteur qu’il annonce : quelqu’un d’autre a pu le faire.',
  'The badge does not stand at the issuer that it announces: somebody else may have made it.',
)
export const NO_ISSUER = found(
  'unknown',
  'issuer_unreachable',
  'Ce que l’émetteur publie sur lui ou sur ce badge n’a pas pu être lu. Réessayez plus tard, ou demandez-lui directement.',
  'What the issuer publishes about itself or this badge could not be read. Try again later, or ask them directly.',
)
export const NO_ADDRESS = found(
  'unknown',
  'issuer_method_unsupported',
  'Cet émetteur n’a pas d’adresse sur Internet où le reconnaître. Demandez-lui directement.',
  'This issuer has no address on the internet by which to know it. Ask the issuer directly.',
)

export const NO_LIST = found(
  'not_applicable',
  'no_status',
  'L’émetteur n’a pas de liste de révocation : il ne peut pas retirer ce badge.',
  'The issuer has no revocation list: it can’t withdraw this badge.',
)
export const ENDORSEMENTS_UNREAD = found(
  'unknown',
  'ob2_endorsements',
  'Ce badge renvoie à des endossements. Nous ne vérifions pas ceux de l’ancienne norme : n’en tenez pas compte.',
  'This badge links to endorsements. We do not check those of the older standard: leave them aside.',
)
