import type { Grid } from './grids.js'

/**
 * What may be said of any placement, whatever the diploma. It is of no référentiel and has none of its codes:
 * the grid of « Plastiques et composites » could not be read. A school brings the grid of its diploma.
 */
export const NEUTRAL_GRID: Grid = {
  publicId: 'neutral-1',
  title: 'Bilan général d’une période en entreprise',
  verified: false,
  competences: [
    {
      title: 'Tenir sa place dans l’entreprise',
      criteria: [
        { code: '1.1', title: 'Arrive à l’heure et prévient en cas d’absence' },
        { code: '1.2', title: 'Respecte les règles de l’atelier et de l’équipe' },
      ],
    },
    {
      title: 'Travailler en sécurité',
      criteria: [
        { code: '2.1', title: 'Porte les équipements demandés et garde son poste en ordre' },
        { code: '2.2', title: 'Signale ce qui présente un danger' },
      ],
    },
    {
      title: 'Réaliser les activités confiées',
      criteria: [
        { code: '3.1', title: 'Comprend une consigne et la suit' },
        { code: '3.2', title: 'Contrôle son travail et corrige ses erreurs' },
        { code: '3.3', title: 'Prend des initiatives à sa mesure' },
      ],
    },
    {
      title: 'Communiquer',
      criteria: [
        { code: '4.1', title: 'Pose des questions et écoute les réponses' },
        { code: '4.2', title: 'Rend compte de son travail' },
      ],
    },
  ],
  levels: [
    { code: '1', title: 'Pas encore' },
    { code: '2', title: 'Avec de l’aide' },
    { code: '3', title: 'En autonomie' },
    { code: '4', title: 'En autonomie, avec aisance' },
    { code: '0', title: 'Non observé' },
  ],
}
