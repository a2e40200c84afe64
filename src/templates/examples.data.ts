import type { Definition } from './definition.js'
import type { Framework } from './frameworks.js'

type Example = Pick<
  Definition,
  'name' | 'description' | 'criteria' | 'theme' | 'rule' | 'picture'
> &
  Readonly<{ alignments: readonly (readonly [Framework, code: string, name: string])[] }>

// The number of the diploma comes from a third party's file: to be confirmed with France compétences.
const RNCP = ['RNCP', 'RNCP38566', 'Bac pro Plastiques et composites'] as const
const CFD = ['CFD', '40022503', 'Bac pro Plastiques et composites'] as const
const H3203 = ['ROME', 'H3203', 'Fabrication de pièces en matériaux composites'] as const

/** Texts of our own; they quote no diploma's competence, because none could be read at the source. */
export const EXAMPLES: readonly Example[] = [
  {
    name: 'Préparer et stratifier une pièce composite au contact',
    description:
      'Préparer un moule et des renforts, puis stratifier au contact une pièce saine et conforme à son dossier de fabrication.',
    criteria: `L’élève, seul à son poste et en sécurité :

- **prépare** le moule (nettoyage, agent de démoulage) et coupe les renforts au gabarit, dans le sens demandé ;
- **dose et mélange** la résine selon la fiche technique, et note l’heure et la température ;
- **stratifie** le nombre de plis demandé, débulle et contrôle l’imprégnation ;
- **démoule** une pièce sans délaminage ni manque de résine, dans les tolérances du plan.

Un tuteur de l’entreprise a vu au moins une pièce complète, de la préparation au démoulage.`,
    theme: 'COMPOSITES',
    alignments: [RNCP, CFD, H3203],
    rule: [
      { kind: 'mentoring', sessionKind: 'PROJET', hours: 8, ownCompany: true },
      { kind: 'placement', days: 5, ownCompany: true },
    ],
    picture: { shape: 'seal', colour: 'brick', icon: 'layers', text: 'Stratifier au contact' },
  },
  {
    name: 'Mettre en œuvre un drapage ou une infusion sous vide',
    description:
      'Draper des renforts et réaliser la mise sous vide, puis l’infusion ou la cuisson, en suivant une gamme.',
    criteria: `L’élève, accompagné d’un professionnel :

- **lit la gamme** et prépare renforts, tissus d’environnement et bâche sans oubli ;
- **drape** en respectant l’ordre et l’orientation des plis ;
- **met sous vide**, recherche les fuites et attend que la dépression tienne avant de continuer ;
- **conduit** l’infusion ou lance le cycle de cuisson, et relève les paramètres ;
- **explique** ce qu’une fuite ou un pli mal orienté change à la pièce.`,
    theme: 'COMPOSITES',
    alignments: [RNCP, CFD, H3203, ['OGR', '14530', 'Drapeur / Drapeuse']],
    rule: [{ kind: 'mentoring', sessionKind: 'IMMERSION', hours: 6, ownCompany: true }],
    picture: { shape: 'hexagon', colour: 'ocean', icon: 'drop', text: 'Drapage sous vide' },
  },
  {
    name: 'Régler une presse à injecter et valider la première pièce',
    description:
      'Monter un outillage, régler une presse à partir de sa fiche et valider la première pièce avant la série.',
    criteria: `L’élève, sous la responsabilité du régleur :

- **prépare** la presse et la matière (étuvage, consignation, vérification des sécurités) ;
- **règle** températures, dosage, vitesses, pressions et refroidissement à partir de la fiche de réglage ;
- **juge** les premières pièces (incomplet, bavure, retassure) et corrige **un paramètre à la fois** ;
- **fait valider** la première pièce bonne avec son relevé de cotes, puis remplit la fiche de suivi.`,
    theme: 'PLASTURGIE',
    alignments: [
      RNCP,
      CFD,
      ['ROME', 'H3202', 'Réglage d’équipement de formage des plastiques et caoutchoucs'],
    ],
    rule: [{ kind: 'placement', days: 10, ownCompany: true }],
    picture: { shape: 'shield', colour: 'slate', icon: 'press', text: 'Première pièce' },
  },
  {
    name: 'Contrôler une pièce composite et tracer un défaut',
    description:
      'Contrôler une pièce, décrire un défaut avec les mots du métier et en laisser une trace que d’autres peuvent suivre.',
    criteria: `L’élève, avec les moyens de contrôle de l’atelier :

- **contrôle** l’aspect et les cotes demandées avec l’instrument qui convient, et sait dire sa précision ;
- **nomme** le défaut (bulle, délaminage, pli, manque de résine…) et le situe sur la pièce ;
- **décide** avec le responsable : conforme, à reprendre ou à rebuter, en citant le critère ;
- **trace** le défaut (numéro de pièce, date, photographie ou croquis, cause probable) sans rien effacer.`,
    theme: 'QUALITE',
    alignments: [RNCP, CFD, H3203],
    rule: [{ kind: 'placement', days: 5, ownCompany: true }],
    picture: { shape: 'seal', colour: 'pine', icon: 'check', text: 'Contrôle qualité' },
  },
  {
    name: 'Réduire les rebuts et trier les déchets d’atelier',
    description:
      'Mesurer les rebuts d’un poste, proposer une action qui les réduit et tenir le tri de l’atelier.',
    criteria: `L’élève, dans une équipe de projet :

- **mesure** les rebuts d’un poste pendant une période convenue et en cherche les causes avec les opérateurs ;
- **propose** une action réaliste, la met en œuvre et **compare** les chiffres avant et après ;
- **trie** chaque déchet dans la bonne filière (résine, fibres, solvants, emballages) avec les protections voulues ;
- **explique** à un autre élève pourquoi un mélange rend un déchet impossible à valoriser.`,
    theme: 'DEVELOPPEMENT_DURABLE',
    alignments: [
      [
        'ROME',
        'H1303',
        'Intervention technique en Hygiène Sécurité Environnement -HSE- industriel',
      ],
      ['GreenComp', '4.3', 'Initiative individuelle'],
      ['GreenComp', '2.1', 'Pensée systémique'],
    ],
    rule: [{ kind: 'mentoring', sessionKind: 'PROJET', hours: 8, ownCompany: true }],
    picture: { shape: 'hexagon', colour: 'moss', icon: 'recycle', text: 'Moins de rebuts' },
  },
  {
    name: 'Écoconcevoir une pièce plastique ou composite',
    description:
      'Revoir la conception d’une pièce pour qu’elle demande moins de matière et d’énergie, et qu’elle se répare ou se recycle.',
    criteria: `L’élève, dans un projet de classe suivi par l’entreprise :

- **décrit** la vie de la pièce, de la matière à la fin de vie, et où se trouvent les impacts ;
- **compare** au moins deux solutions (matière, épaisseur, assemblage, procédé) avec des chiffres dont il donne la source ;
- **choisit** et défend une solution en disant aussi ce qu’elle coûte ou ce qu’elle fait perdre ;
- **présente** le résultat à un professionnel et tient compte de sa remarque.`,
    theme: 'DEVELOPPEMENT_DURABLE',
    alignments: [
      ['GreenComp', '3.2', 'Adaptabilité'],
      ['GreenComp', '2.3', 'Définition du problème'],
    ],
    rule: [{ kind: 'mentoring', sessionKind: 'PROJET', hours: 10, ownCompany: true }],
    picture: { shape: 'shield', colour: 'olive', icon: 'sprout', text: 'Éco-conception' },
  },
  {
    name: 'Préparer sa recherche de stage avec son mentor',
    description:
      'Construire une recherche de stage qui aboutit : se présenter, cibler des entreprises, préparer et relire un entretien.',
    criteria: `L’élève, avec son mentor et à partir de la première :

- **présente** en deux minutes son parcours, ce qu’il sait faire et ce qu’il cherche ;
- **choisit** au moins cinq entreprises accessibles et dit pourquoi chacune l’intéresse ;
- **rédige** un curriculum vitæ d’une page et un message que le mentor a relus ;
- **s’entraîne** à un entretien, puis note ce qu’il changera la prochaine fois.

Il n’est pas nécessaire que le stage soit déjà signé.`,
    theme: 'CARRIERE',
    alignments: [],
    rule: [{ kind: 'mentoring', sessionKind: 'CARRIERE', hours: 6, ownCompany: true }],
    picture: { shape: 'seal', colour: 'indigo', icon: 'compass', text: 'Trouver son stage' },
  },
]
