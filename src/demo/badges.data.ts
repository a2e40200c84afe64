/** Each company's badges of the service's seven examples, by their place in that list. */
export const CREATOR_OF_EXAMPLE: readonly number[] = [0, 0, 1, 2, 3, 1, 2]

/** When each was published: how many school years before this one, and the date. */
export const PUBLISHED: readonly (readonly [yearsAgo: number, date: string])[] = [
  [4, '01-16'],
  [4, '01-17'],
  [4, '02-02'],
  [3, '09-18'],
  [2, '10-09'],
  [4, '03-09'],
  [3, '01-15'],
]

/**
 * The one badge that is valid for a year only in its first version; its second one, which is
 * published later, has no end.
 */
export const RENEWED = { template: 2, validityMonths: 12, second: [2, '01-13'] } as const

/** A badge that its company still thinks about. */
export const DRAFT = {
  name: 'Assembler des pièces composites par collage structural',
  description:
    'Préparer les surfaces, doser et appliquer une colle structurale, puis contrôler le collage après polymérisation.',
  criteria: `L’élève, avec un professionnel à ses côtés :

- **prépare** les surfaces (ponçage, dégraissage) et explique ce qu’une trace de doigt change ;
- **dose** et **applique** la colle dans le temps indiqué par la fiche technique ;
- **maintient** les pièces et respecte la durée de polymérisation ;
- **contrôle** le joint et note le lot de colle, la date et la température.`,
  theme: 'COMPOSITES',
  rule: [{ kind: 'mentoring', sessionKind: 'IMMERSION', hours: 4, ownCompany: true }],
  picture: { shape: 'hexagon', colour: 'slate', icon: 'layers', text: 'Collage' },
} as const
