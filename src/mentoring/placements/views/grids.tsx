import type { VNode } from 'preact'
import type { Organisation } from '../../../people/store.js'
import { Table } from '../../../web/components/blocks.js'
import { Button, Field, Form, Select } from '../../../web/components/form.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'
import { criteriaOf } from '../assessment.js'
import type { Grid } from '../grids.js'

type GridsProps = { asked: Asked; grids: readonly Grid[]; schools: readonly Organisation[] }

/** The grids that a school may assess placements by, and a form that brings another one. */
export function GridsPage({ asked, grids, schools }: GridsProps): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const way = [{ href: '/placements', title: say({ fr: 'Stages', en: 'Placements' }) }]
  return (
    <Frame asked={asked} title={say({ fr: 'Grilles de bilan', en: 'Assessment grids' })} way={way}>
      <Table
        caption={say({ fr: 'Grilles', en: 'Grids' })}
        head={[
          say({ fr: 'Grille', en: 'Grid' }),
          say({ fr: 'Compétences', en: 'Competences' }),
          say({ fr: 'Critères', en: 'Criteria' }),
          say({ fr: 'Vérifiée', en: 'Verified' }),
        ]}
        rows={grids.map((grid) => [
          grid.title,
          grid.competences.map(({ title }) => title).join(say({ fr: ' ; ', en: '; ' })),
          say.number(criteriaOf(grid).length),
          say(grid.verified ? { fr: 'oui', en: 'yes' } : { fr: 'non vérifiée', en: 'unverified' }),
        ])}
        empty=""
      />
      <h2>{say({ fr: 'Apporter une grille', en: 'Bring a grid' })}</h2>
      <Form state={state}>
        <Select
          state={state}
          name="schoolId"
          label={say({ fr: 'Lycée', en: 'Lycée' })}
          options={schools.map(({ publicId, name }) => ({ value: publicId, label: name }))}
        />
        <Field state={state} name="title" label={say({ fr: 'Titre', en: 'Title' })} />
        <Field
          state={state}
          name="competences"
          type="textarea"
          rows={10}
          label={say({ fr: 'Compétences et critères', en: 'Competences and criteria' })}
          hint={say({
            fr: 'Une compétence par ligne ; sous chacune, ses critères, chaque ligne commençant par « - ».',
            en: 'A competence a line; below it its criteria, each line beginning with “-”.',
          })}
        />
        <Field
          state={state}
          name="levels"
          type="textarea"
          rows={4}
          label={say({ fr: 'Niveaux', en: 'Levels' })}
          hint={say({
            fr: 'Un par ligne, le plus bas d’abord.',
            en: 'One a line, the lowest first.',
          })}
        />
        <Button>{say({ fr: 'Ajouter la grille', en: 'Add the grid' })}</Button>
      </Form>
    </Frame>
  )
}
