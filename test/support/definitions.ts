import type { Definition } from '../../src/templates/definition.js'

export const aDefinition: Definition = {
  name: 'Préparer et stratifier une pièce composite au contact',
  description:
    'Préparer un moule, découper les renforts et stratifier une pièce sans défaut apparent.',
  criteria: 'L’élève prépare **seul** son poste, puis stratifie une pièce conforme au plan.',
  theme: 'COMPOSITES',
  language: 'fr',
  alignments: [
    {
      framework: 'ROME',
      code: 'H3203',
      name: 'Fabrication de pièces en matériaux composites',
      url: 'https://candidat.francetravail.fr/metierscope/fiche-metier/H3203',
      verified: false,
    },
  ],
  complements: { label: 'Bac pro Plastiques et composites', rncp: 'RNCP38566', cfd: '40022503' },
  rule: [
    { kind: 'mentoring', sessionKind: 'PROJET', hours: 2, ownCompany: true },
    { kind: 'placement', days: 5, ownCompany: true },
  ],
  picture: { shape: 'hexagon', colour: 'teal', icon: 'layers' },
  validityMonths: null,
}
