import type { Words } from '../../words.js'

/** What is kept about whom, who sees it, until when. True to the tables of store/schema. */
export const KEPT: readonly (readonly [whom: Words, what: Words, seenBy: Words, until: Words])[] = [
  [
    { fr: 'Élèves', en: 'Students' },
    {
      fr: 'Nom, prénom, classe, niveau ; le sexe, pour des totaux seulement. La date de naissance est chiffrée et ne s’affiche pas. Du numéro national (INE), nous ne gardons qu’une empreinte.',
      en: 'Names, class, level; sex, for totals only. The birth date is encrypted and not shown. Of the national number (INE) we keep a fingerprint only.',
    },
    {
      fr: 'L’élève et le personnel habilité de son lycée.',
      en: 'The student and the authorised staff of their lycée.',
    },
    {
      fr: 'Une année scolaire après le départ du lycée.',
      en: 'One school year after leaving the lycée.',
    },
  ],
  [
    { fr: 'Mentorat et stages', en: 'Mentoring and placements' },
    {
      fr: 'Dates, durées, sujet, entreprise ; qui les a notés et qui les a confirmés.',
      en: 'Dates, durations, topic, company; who recorded and who confirmed them.',
    },
    {
      fr: 'L’élève, son lycée, et l’entreprise pour ce qui s’est passé chez elle.',
      en: 'The student, their lycée, and the company for what happened with it.',
    },
    {
      fr: 'Une année scolaire après le départ ; ensuite des totaux sans nom.',
      en: 'One school year after leaving; then totals without names.',
    },
  ],
  [
    { fr: 'Dossiers et badges', en: 'Dossiers and badges' },
    {
      fr: 'Chaque étape : qui l’a faite, dans quelle fonction, quand ; le commentaire de l’entreprise ; le badge signé.',
      en: 'Each step: who took it, in which function, when; the company’s comment; the signed badge.',
    },
    {
      fr: 'L’élève, son lycée, et l’entreprise à qui le dossier demande sa parole, sans le reste du parcours. Le public : rien, tant que l’élève n’ouvre pas de lien.',
      en: 'The student, their lycée, and the company whose word the dossier asks for, without the rest of the record. The public: nothing, as long as the student opens no link.',
    },
    {
      fr: 'Après le départ, seul reste ce qui permet de vérifier : un numéro et un état, sans nom.',
      en: 'After leaving, only what verification needs stays: a number and a state, without a name.',
    },
  ],
  [
    { fr: 'Mentors', en: 'Mentors' },
    {
      fr: 'Nom, organisation, adresse électronique si elle est donnée ; femme ou homme s’ils l’ont dit, pour des totaux seulement ; le jour de la charte ; par qui ils ont été vérifiés et quand, jamais ce qui a été trouvé. Des liens par lesquels ils répondent, une empreinte.',
      en: 'Names, organisation, e-mail address if given; woman or man if they said so, for totals only; the day of the charter; by whom they were verified and when, never what was found. Of the links by which they answer, a fingerprint.',
    },
    {
      fr: 'Les établissements et les organisations avec lesquels ils travaillent ; eux-mêmes, par leur lien.',
      en: 'The schools and organisations that they work with; they themselves, by their link.',
    },
    { fr: 'Un an après leur dernier jour.', en: 'One year after their last day.' },
  ],
  [
    { fr: 'Accords et responsables légaux', en: 'Consents and guardians' },
    {
      fr: 'Qui a dit oui ou non, à quoi, quand, comment, et l’empreinte du texte lu. D’un responsable légal : nom et adresse électronique, chiffrés. Une opposition et sa réponse, chiffrées.',
      en: 'Who said yes or no, to what, when, how, and the fingerprint of the text that was read. Of a guardian: name and e-mail address, encrypted. An objection and its answer, encrypted.',
    },
    {
      fr: 'L’élève et le personnel habilité de son lycée ; un responsable légal, pour ses propres réponses.',
      en: 'The student and the authorised staff of their lycée; a guardian, for their own answers.',
    },
    {
      fr: 'Nom et adresse d’un responsable légal : jusqu’aux 18 ans de l’élève. Les réponses, qui n’ont pas de nom : comme preuve, aussi longtemps que le dossier.',
      en: 'Name and address of a guardian: until the student is 18. The answers, which have no name: as proof, for as long as the record.',
    },
  ],
  [
    { fr: 'Adultes', en: 'Adults' },
    {
      fr: 'Nom, adresse électronique, rôles et leurs dates ; une empreinte du mot de passe.',
      en: 'Names, e-mail address, roles and their dates; a fingerprint of the password.',
    },
    {
      fr: 'Qui gère les comptes de la même organisation. Sur un badge : la fonction, jamais le nom.',
      en: 'Whoever manages the accounts of the same organisation. On a badge: the function, never the name.',
    },
    { fr: 'Un an après la fin du dernier rôle.', en: 'One year after the end of the last role.' },
  ],
  [
    { fr: 'Preuve des actions', en: 'Proof of actions' },
    {
      fr: 'Qui a fait quoi et quand, par des numéros, sans contenu. Cette liste ne peut pas être réécrite : c’est ce qui la rend probante.',
      en: 'Who did what and when, by numbers, without content. The list cannot be rewritten: that is what makes it proof.',
    },
    { fr: 'L’administrateur de la plateforme.', en: 'The platform’s administrator.' },
    { fr: 'Aussi longtemps que le service.', en: 'As long as the service.' },
  ],
]

export const IN_A_BADGE: readonly Words[] = [
  {
    fr: 'Un badge ne contient ni nom, ni date de naissance, ni adresse, ni numéro d’élève, ni classe. Son titulaire y est un numéro tiré au sort, différent pour chaque badge.',
    en: 'A badge holds no name, no birth date, no address, no student number, no class. Its holder is a number drawn at random, another one for each badge.',
  },
  {
    fr: 'Des preuves, il dit le type, le mois et la fonction de qui les a confirmées, jamais le texte.',
    en: 'Of the evidence it tells the type, the month and the function of who confirmed it, never the text.',
  },
  {
    fr: 'Il est privé tant que son titulaire n’ouvre pas de lien. Avant 15 ans, montrer un badge en public demande l’accord de l’élève et d’un responsable légal ; un seul refus suffit.',
    en: 'It is private as long as its holder opens no link. Under 15, showing a badge in public takes the agreement of the student and of one guardian; a single refusal is enough.',
  },
  {
    fr: 'Une copie déjà donnée ne peut pas être rappelée : fermer un lien ou révoquer un badge n’efface pas les fichiers des autres.',
    en: 'A copy already given cannot be called back: to close a link or revoke a badge does not erase other people’s files.',
  },
]

export const RIGHTS: readonly Words[] = [
  {
    fr: 'Voir ce qui est gardé sur vous, et en recevoir une copie.',
    en: 'To see what is kept about you, and to receive a copy.',
  },
  {
    fr: 'Faire corriger une erreur, ou contester une séance ou un stage. Un badge signé ne se corrige pas : il est révoqué, et un autre est délivré.',
    en: 'To have an error corrected, or to contest a session or a placement. A signed badge is not corrected: it is revoked, and another is issued.',
  },
  {
    fr: 'Vous opposer au suivi, pour une raison qui vous est propre, dans « Mes accords » : le lycée répond dans le mois.',
    en: 'To object to the follow-up, for a reason of your own, in “My consents”: the lycée answers within a month.',
  },
  {
    fr: 'Retirer à tout moment ce que vous avez choisi vous-même, comme un lien de partage.',
    en: 'To withdraw at any time what you chose yourself, such as a sharing link.',
  },
]

export const OF_VISITORS: readonly Words[] = [
  {
    fr: 'Un badge que vous faites vérifier ici n’est pas gardé.',
    en: 'A badge that you have verified here is not kept.',
  },
  {
    fr: 'Les pages ne chargent rien d’un autre site, ne mesurent pas l’audience et ne suivent personne.',
    en: 'Pages load nothing from another site, measure no audience and track nobody.',
  },
  {
    fr: 'Quatre cookies, tous nécessaires : la session (30 minutes sans activité, 2 heures pour les élèves, 12 heures en tout), la connexion par clé d’accès tant qu’elle n’est pas finie (cinq minutes), la langue (un an), un message affiché une fois (une minute). De chaque session sont gardés la famille du navigateur et le réseau, jamais l’adresse entière ; vous les voyez à la page « Mon compte ».',
    en: 'Four cookies, all necessary: the session (30 minutes without activity, 2 hours for students, 12 hours in all), signing in by passkey until it is done (five minutes), the language (one year), a message shown once (one minute). Of each session the family of the browser and the network are kept, never the whole address; you see them on the page “My account”.',
  },
  {
    fr: 'Les journaux techniques ne contiennent ni nom, ni adresse électronique, ni contenu.',
    en: 'Technical logs hold no name, no e-mail address, no content.',
  },
]
