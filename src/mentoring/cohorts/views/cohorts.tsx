import type { VNode } from 'preact'
import { Table } from '../../../web/components/blocks.js'
import type { Say } from '../../../web/say.js'
import { LEVEL_WORDS } from '../../levels.js'
import { schoolYearLabel } from '../../school-year.js'
import type { CohortLevel } from '../see-cohort.js'
import type { Cohort } from '../../classes/store.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'

type CohortsProps = {
  asked: Asked
  cohorts: readonly (Cohort & { level: CohortLevel })[]
  /** Whether the visitor may see who leaves. */
  seesLeavers: boolean
}

/** The cohorts that the visitor works with. */
export function CohortsPage({ asked, cohorts, seesLeavers }: CohortsProps): VNode {
  const { say } = formStateOf(asked)
  return (
    <Frame asked={asked} title={say({ fr: 'Cohortes', en: 'Cohorts' })} way={[]}>
      <p>
        <a href="/indicators">{say({ fr: 'Voir les indicateurs', en: 'See the indicators' })}</a>
        {seesLeavers ? (
          <>
            {' · '}
            <a href="/leavers">{say({ fr: 'Élèves qui partent', en: 'Students who leave' })}</a>
          </>
        ) : null}
      </p>
      <Table
        caption={say({ fr: 'Les cohortes de votre lycée', en: 'The cohorts of your lycée' })}
        head={[
          say({ fr: 'Cohorte', en: 'Cohort' }),
          say({ fr: 'Niveau cette année', en: 'Level this year' }),
          say({ fr: 'Lycée', en: 'Lycée' }),
        ]}
        rows={cohorts.map((cohort) => [
          <a href={`/cohorts/${cohort.publicId}`}>{cohortTitle(say, cohort)}</a>,
          levelText(say, cohort.level),
          cohort.schoolName,
        ])}
        empty={say({
          fr: 'Aucune cohorte pour le moment : elles s’ouvrent sur la page d’une classe.',
          en: 'No cohort yet: they are opened on the page of a class.',
        })}
      />
    </Frame>
  )
}

/** « 2PC, entrée en 2026-2027 » */
export function cohortTitle(
  say: Say,
  { className, entryYear }: Pick<Cohort, 'className' | 'entryYear'>,
): string {
  const year = schoolYearLabel(entryYear)
  return say({ fr: `${className}, entrée en ${year}`, en: `${className}, entered in ${year}` })
}

/** PT-12, in words. */
export function levelText(say: Say, level: CohortLevel): string {
  if (level === undefined) return say({ fr: 'Pas encore entrée', en: 'Not entered yet' })
  if (level === 'CLOSED') return say({ fr: 'Parcours terminé', en: 'Course completed' })
  return say(LEVEL_WORDS[level])
}
