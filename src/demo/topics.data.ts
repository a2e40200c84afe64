/** What sessions were about. */
export const TOPICS = {
  PROJET: [
    'Moule en composite d’une coque de kayak : cahier des charges',
    'Choix des renforts et de la résine, fiche technique en main',
    'Gabarit de découpe et plan de drapage',
    'Première pièce d’essai et relevé des défauts',
    'Chasse aux rebuts sur la presse de l’atelier',
    'Temps de cycle : mesurer, comparer, proposer',
    'Tri des chutes et fiche de poste',
    'Revue de projet avec le bureau d’études',
    'Contrôle des cotes et fiche de non-conformité',
    'Présentation du projet devant l’entreprise',
  ],
  IMMERSION: [
    'Visite de l’atelier de moulage et échange avec les opérateurs',
    'Démonstration d’infusion sous vide sur une pièce réelle',
    'Une journée au contrôle qualité',
    'Découverte de la ligne de recyclage',
  ],
  CARRIERE: [
    'Se présenter en deux minutes',
    'Relire son CV et sa lettre',
    'Cibler des entreprises pour le stage',
    'Entraînement à l’entretien',
    'Poursuivre en BTS ou entrer dans l’emploi',
    'Retour sur la période en entreprise',
    'Les métiers du composite près d’ici',
    'Prendre confiance à l’oral',
    'Comprendre une offre d’alternance',
    'Bilan de l’année avec le mentor',
  ],
} as const

/** What companies say when they endorse. */
export const COMMENTS: readonly string[] = [
  'Travail vu à l’atelier, du début à la fin : nous confirmons que la compétence est acquise.',
  'Gestes sûrs, fiche technique respectée, autonomie réelle sur le poste.',
  'Nous avons vu la pièce et le relevé ; les critères sont tenus.',
  'Compétence observée plusieurs fois pendant la période en entreprise.',
  'Démarche claire et chiffrée, présentée à notre équipe.',
]

export const CONTESTS: readonly string[] = [
  'J’étais absent ce jour-là, pour un rendez-vous médical.',
  'La durée n’est pas la bonne : nous avons fini une heure plus tôt.',
  'J’étais dans l’autre groupe.',
]
