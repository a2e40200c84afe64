import type { Words } from '../words.js'

/** What each kind of job does. */
export const JOB_WORDS: Readonly<Record<string, Words>> = {
  'activate-key': { fr: 'mettre une clé en service', en: 'put a key into use' },
  'activate-service-key': {
    fr: 'mettre en service une clé du service',
    en: 'put a key of the service into use',
  },
  'check-audit': { fr: 'vérifier l’audit', en: 'validate the audit' },
  'consent-said-no': { fr: 'fermer ce qu’un refus ferme', en: 'close what a refusal closes' },
  'count-figures': { fr: 'compter les indicateurs', en: 'count the indicators' },
  'count-school': {
    fr: 'compter les indicateurs d’un lycée',
    en: 'count the indicators of a school',
  },
  'count-schools': {
    fr: 'compter les indicateurs des lycées',
    en: 'count the indicators of schools',
  },
  'end-guardians': { fr: 'retirer les responsables légaux', en: 'end guardians' },
  'endorse-definition': {
    fr: 'signer l’endossement d’une définition',
    en: 'sign the endorsement of a definition',
  },
  'write-to-leavers': { fr: 'écrire aux élèves qui partent', en: 'write to students who leave' },
  'erase-student': { fr: 'effacer un élève', en: 'erase a student' },
  'fact-changed': { fr: 'revoir ce qui repose sur un fait', en: 'review what rests on a fact' },
  'forget-answers': { fr: 'oublier les réponses gardées', en: 'forget kept answers' },
  'forget-pending-import': { fr: 'oublier une liste en attente', en: 'forget a list that waits' },
  'issue-badge': { fr: 'délivrer un badge', en: 'issue a badge' },
  'log-checkpoint': {
    fr: 'signer un point de contrôle du journal',
    en: 'sign a checkpoint of the log',
  },
  'make-token-keys': { fr: 'créer les clés des jetons', en: 'make the keys of tokens' },
  'mark-figures': {
    fr: 'marquer les indicateurs à recompter',
    en: 'mark indicators to be counted anew',
  },
  'publish-lists': { fr: 'publier les listes de révocation', en: 'publish the status lists' },
  'refresh-trust-lists': { fr: 'relire les listes de confiance', en: 'read the trust lists again' },
  'run-batch': { fr: 'traiter un lot', en: 'work through a batch' },
  'take-recovery': {
    fr: 'prendre une demande d’accès perdu',
    en: 'take a request for lost access',
  },
  retention: { fr: 'appliquer les durées de conservation', en: 'apply retention' },
  'send-digests': { fr: 'préparer les récapitulatifs', en: 'prepare the digests' },
  'send-mail': { fr: 'envoyer un courriel', en: 'send a mail' },
}

export function wordsOfJob(kind: string): Words {
  return JOB_WORDS[kind] ?? { fr: kind, en: kind }
}

/**
 * Why a job failed, in words of ours: what was kept may repeat what some library or server said, and is shown to nobody.
 *
 * @param kept `last_error` of the job
 */
export function wordsOfFailure(kept: string): Words {
  return REASONS.find(({ sign }) => sign.test(kept))?.words ?? UNEXPECTED
}

const REASONS: readonly Readonly<{ sign: RegExp; words: Words }>[] = [
  {
    sign: /^keys-away: /,
    words: {
      fr: 'Les clés de signature ne répondent pas. La tâche attend leur retour.',
      en: 'The signing keys do not answer. The job waits until they do.',
    },
  },
  {
    sign: /^key-changed: /,
    words: {
      fr: 'Les clés ont changé plus vite que ceci n’était signé. Rien n’est perdu ; la tâche recommence. Ne changez plus de clé jusque-là.',
      en: 'The keys have changed faster than this was signed. Nothing is lost; the job tries again. Change no key until then.',
    },
  },
  {
    sign: /^clock-off: /,
    words: {
      fr: 'L’horloge du serveur n’est pas à l’heure. Remettez-la à l’heure.',
      en: 'The clock of the server is wrong. Set it right.',
    },
  },
  {
    sign: /^The mail server did not take the mail/,
    words: {
      fr: 'Le serveur de courriel n’a pas pris le message. Vérifiez SMTP_URL.',
      en: 'The mail server did not take the mail. Check SMTP_URL.',
    },
  },
  {
    sign: /^no act for the job kind/,
    words: {
      fr: 'Cette version du service ne connaît pas cette tâche. Installez celle qui l’a ordonnée.',
      en: 'This version of the service knows no such job. Install the one that ordered it.',
    },
  },
  {
    sign: /\b(ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH)\b/,
    words: {
      fr: 'Un autre serveur ne répond pas. Vérifiez le réseau.',
      en: 'Another server does not answer. Check the network.',
    },
  },
  {
    sign: /SQLITE_BUSY|database is locked|could not serialize|deadlock/,
    words: {
      fr: 'La base était occupée. Un nouvel essai suffit en général.',
      en: 'The store was busy. Another try is mostly enough.',
    },
  },
  {
    sign: /ENOSPC|SQLITE_FULL|No space left/,
    words: { fr: 'Le disque est plein. Libérez de la place.', en: 'The disk is full. Make room.' },
  },
]

const UNEXPECTED: Words = {
  fr: 'Erreur inattendue. Le journal du serveur la raconte sous l’identifiant de la tâche.',
  en: 'An unexpected error. The log of the server tells it under the id of the job.',
}
