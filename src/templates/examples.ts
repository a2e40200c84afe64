import { Definition, type Alignment } from './definition.js'
import { FRAMEWORKS, type Framework } from './frameworks.js'
import { EXAMPLES } from './examples.data.js'

/** The badges that the service proposes to begin with. None was confirmed by an inspector. */
export const EXAMPLE_DEFINITIONS: readonly Definition[] = EXAMPLES.map(
  ({ alignments, ...example }) =>
    Definition.parse({
      ...example,
      language: 'fr',
      alignments: alignments.map(([framework, code, name]) => unverified(framework, code, name)),
      complements: {
        label: 'Bac pro Plastiques et composites',
        rncp: 'RNCP38566',
        cfd: '40022503',
      },
      validityMonths: null,
    }),
)

function unverified(framework: Framework, code: string, name: string): Alignment {
  return { framework, code, name, url: FRAMEWORKS[framework].urlOf(code), verified: false }
}

/** What criteria look like, for whoever writes their first. */
export const EXAMPLE_CRITERIA = `L’élève, seul à son poste et en sécurité :

- **prépare** son poste et ses outils, sans oubli ;
- **réalise** la pièce demandée, conforme au plan ;
- **contrôle** son travail et dit ce qu’il referait autrement.

Un tuteur de l’entreprise l’a vu faire au moins une fois, du début à la fin.`
