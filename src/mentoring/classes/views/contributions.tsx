import type { VNode } from 'preact'
import { Table } from '../../../web/components/blocks.js'
import { Filter } from '../../../web/components/links.js'
import { State } from '../../../web/components/status.js'
import type { Say } from '../../../web/say.js'
import { schoolYearLabel } from '../../school-year.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'
import { placeInBand, REFERENCE_BAND } from '../contribution-rules.js'
import type { CompanyYearLine } from '../see-contributions.js'

type ContributionsProps = {
  asked: Asked
  year: number
  thisYear: number
  lines: readonly CompanyYearLine[]
}

/** Person-days by company and class in a school year, beside what was promised (PT-21). */
export function ContributionsPage(props: ContributionsProps): VNode {
  const { asked, year, thisYear, lines } = props
  const { say } = formStateOf(asked)
  const title = say({ fr: 'Contributions', en: 'Contributions' })
  return (
    <Frame asked={asked} title={title} way={[]}>
      <YearFilter say={say} path="/contributions" year={year} thisYear={thisYear} />
      <PersonDays say={say} lines={lines} linked />
    </Frame>
  )
}

const YEARS_SHOWN = 5

/** The same page for another school year. */
export function YearFilter(
  props: Readonly<{ say: Say; path: string; year: number; thisYear: number }>,
): VNode {
  const { say, path, year, thisYear } = props
  const hrefOf = (one: number) => `${path}?year=${one}`
  return (
    <Filter
      label={say({ fr: 'Année scolaire', en: 'School year' })}
      links={Array.from({ length: YEARS_SHOWN }, (_, back) => ({
        href: hrefOf(thisYear - back),
        title: schoolYearLabel(thisYear - back),
      }))}
      here={hrefOf(year)}
    />
  )
}

type PersonDaysProps = {
  say: Say
  lines: readonly CompanyYearLine[]
  /** Of several classes, each named with the way to it. */
  linked: boolean
}

/** What was given beside what was promised, and how each figure is made. */
export function PersonDays({ say, lines, linked }: PersonDaysProps): VNode {
  const { from, to } = REFERENCE_BAND
  return (
    <>
      <Table
        tight
        caption={say({ fr: 'Par entreprise et par classe', en: 'By company and by class' })}
        head={[
          say({ fr: 'Entreprise', en: 'Company' }),
          ...(linked ? [say({ fr: 'Classe', en: 'Class' })] : []),
          say({ fr: 'Jours donnés', en: 'Days given' }),
          say({ fr: 'Jours promis', en: 'Days promised' }),
          say({ fr: 'État', en: 'State' }),
          say({ fr: 'Repère', en: 'Reference' }),
          say({ fr: 'Tutorat de stages, jours', en: 'Tutoring of placements, days' }),
          say({ fr: 'Matériel', en: 'Equipment' }),
        ]}
        rows={lines.map((line) => [
          line.companyName,
          ...(linked ? [<ClassCell line={line} />] : []),
          say.number(line.personDays),
          line.promised === null ? '–' : say.number(line.promised.personDays),
          <Kept say={say} line={line} />,
          placeText(say, line.personDays),
          say.number(line.tutoringDays),
          euros(say, line.equipmentCents),
        ])}
        empty={say({
          fr: 'Aucune entreprise n’est avec une classe cette année-là.',
          en: 'No company is with a class in that year.',
        })}
      />
      <p class="soft small">
        {say({
          fr: `Un jour est fait de 7 heures d’un salarié : durée des séances confirmées × nombre de mentors, et temps enregistré à part. Le tutorat de stages et le matériel ne sont pas comptés en jours. Le repère, ${from} à ${to} jours par an, est celui d’une expérience publiée : ce n’est pas une règle.`,
          en: `A day is 7 hours of one employee: length of confirmed sessions × number of mentors, and time recorded apart. Tutoring of placements and equipment are not counted in days. The reference, ${from} to ${to} days a year, is that of one published experience: it is no rule.`,
        })}
      </p>
    </>
  )
}

/** A company has classes of one name in several lycées. */
function ClassCell({ line }: { line: CompanyYearLine }): VNode {
  const { classPublicId, className, schoolName, year } = line
  return (
    <>
      <a href={`/classes/${classPublicId}/contributions?year=${year}`}>{className}</a>
      <br />
      <span class="soft small">{schoolName}</span>
    </>
  )
}

function Kept({ say, line }: { say: Say; line: CompanyYearLine }): VNode {
  if (line.promised === null) {
    return <State tone="plain">{say({ fr: 'Rien de promis', en: 'Nothing promised' })}</State>
  }
  return line.personDays >= line.promised.personDays ? (
    <State tone="valid">{say({ fr: 'Tenu', en: 'Kept' })}</State>
  ) : (
    <State tone="soon">{say({ fr: 'Pas encore tenu', en: 'Not kept yet' })}</State>
  )
}

function placeText(say: Say, personDays: number): string {
  const place = placeInBand(personDays)
  if (place === 'WITHIN') return say({ fr: 'Dans le repère', en: 'Within the reference' })
  return place === 'BELOW'
    ? say({ fr: 'Sous le repère', en: 'Below the reference' })
    : say({ fr: 'Au-dessus du repère', en: 'Above the reference' })
}

/** « 1 250,50 € » */
export function euros(say: Say, cents: number): string {
  if (cents === 0) return '–'
  const rest = cents % 100
  const decimals = rest === 0 ? '' : `${say({ fr: ',', en: '.' })}${String(rest).padStart(2, '0')}`
  return `${say.number(Math.floor(cents / 100))}${decimals} €`
}
