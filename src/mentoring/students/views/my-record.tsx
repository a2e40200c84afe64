import type { VNode } from 'preact'
import { Table } from '../../../web/components/blocks.js'
import type { Recorded } from '../../facts/recorded-store.js'
import { OUTCOME_KINDS, OUTCOMES, outcomeWords } from '../../outcomes/outcomes.data.js'
import { schoolYearLabel } from '../../school-year.js'
import type { MyRecord } from '../see-student.js'
import { ByYear } from '../../views/by-year.js'
import { isToRead, pastContestTexts } from '../../facts/views/contest.js'
import { factAmount, factDays, factKind, FactState, standingOf } from '../../facts/views/facts.js'
import { Openings } from './open-record.js'
import { Readings } from './readings.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'

type MyRecordProps = { asked: Asked } & Pick<
  MyRecord,
  'recorded' | 'outcomes' | 'openings' | 'readings'
>

/** What was recorded of the student who reads it. */
export function MyRecordPage(props: MyRecordProps): VNode {
  const { asked, recorded, outcomes, openings, readings } = props
  const { say } = formStateOf(asked)
  const title = say({ fr: 'Mes séances et mes stages', en: 'My sessions and placements' })
  return (
    <Frame asked={asked} title={title} way={[]}>
      <p>
        {say({
          fr: 'Voici ce que votre lycée a saisi. Ce qui est confirmé peut servir de preuve pour un badge. Si quelque chose est faux, contestez-le : cela ne comptera plus.',
          en: 'This is what your lycée has recorded. What is confirmed may serve as evidence for a badge. If something is wrong, contest it: it will no longer count.',
        })}
      </p>
      <h2>{say({ fr: 'Mes accords', en: 'My consents' })}</h2>
      <p>
        {say({
          fr: 'À quoi vous avez dit oui, qui d’autre doit le dire, comment retirer un accord ou vous opposer : ',
          en: 'What you have said yes to, who else must, how to withdraw an agreement or to object: ',
        })}
        <a href="/my-consents">{say({ fr: 'mes accords', en: 'my consents' })}</a>
      </p>
      <ByYear say={say} facts={recorded} table={(facts) => <Facts asked={asked} facts={facts} />} />
      <p>
        <a href="/my-data">
          {say({
            fr: 'Mes données : en recevoir une copie, ou demander leur effacement',
            en: 'My data: receive a copy, or ask for their erasure',
          })}
        </a>
      </p>
      {outcomes.length > 0 ? <Outcomes asked={asked} outcomes={outcomes} /> : null}
      <Openings say={say} openings={openings} />
      <Readings say={say} readings={readings} />
    </Frame>
  )
}

function Facts({ asked, facts }: { asked: Asked; facts: readonly Recorded[] }): VNode {
  const { say } = formStateOf(asked)
  return (
    <Table
      caption={say({ fr: 'Le plus récent d’abord', en: 'Latest first' })}
      head={[
        say({ fr: 'Fait', en: 'Fact' }),
        say({ fr: 'Dates', en: 'Dates' }),
        say({ fr: 'Durée', en: 'Duration' }),
        say({ fr: 'Sujet', en: 'Topic' }),
        say({ fr: 'Entreprise', en: 'Company' }),
        say({ fr: 'État', en: 'State' }),
        say({ fr: 'Si c’est faux', en: 'If it is wrong' }),
      ]}
      rows={facts.map((fact) => [
        factKind(say, fact),
        factDays(say, fact),
        factAmount(say, fact),
        fact.topic ?? '–',
        fact.companyName,
        <FactState say={say} standing={standingOf(fact)} />,
        <Contest asked={asked} fact={fact} />,
      ])}
      empty={say({ fr: 'Rien n’a encore été saisi.', en: 'Nothing has been recorded yet.' })}
    />
  )
}

function Outcomes({ asked, outcomes }: { asked: Asked } & Pick<MyRecord, 'outcomes'>): VNode {
  const { say } = formStateOf(asked)
  return (
    <>
      <h2>{say({ fr: 'La suite de mon parcours', en: 'What came of my course' })}</h2>
      <p>
        {say({
          fr: 'Votre lycée l’a noté pour ses bilans. Si c’est faux, demandez-lui de le corriger.',
          en: 'Your lycée noted this for its reports. If it is wrong, ask it to correct it.',
        })}
      </p>
      <Table
        caption={say({ fr: 'Ce que votre lycée a noté', en: 'What your lycée has noted' })}
        head={[
          say({ fr: 'Année scolaire', en: 'School year' }),
          say({ fr: 'Quoi', en: 'What' }),
          say({ fr: 'Résultat', en: 'Result' }),
          say({ fr: 'Jour', en: 'Day' }),
        ]}
        rows={outcomes.flatMap(({ year, kind, outcome, day }) => {
          const known = OUTCOME_KINDS.find((one) => one === kind)
          if (!known) return []
          return [
            [
              schoolYearLabel(year),
              say(OUTCOMES[known].words),
              say(outcomeWords(known, outcome)),
              say.day(day),
            ],
          ]
        })}
        empty=""
      />
    </>
  )
}

function Contest({ asked, fact }: { asked: Asked; fact: Recorded }): VNode {
  const { say } = formStateOf(asked)
  const isContested = fact.contestedAt !== null
  const past = pastContestTexts(say, fact).at(-1)
  return (
    <>
      {isContested ? (
        <p>
          {say({ fr: 'Vous avez dit : ', en: 'You said: ' })}
          {fact.contestReason}
        </p>
      ) : null}
      {past === undefined ? null : <p>{past}</p>}
      {isToRead(fact) ? (
        <p>
          {say({
            fr: 'Relisez-la : si c’est encore faux, contestez de nouveau.',
            en: 'Read it again: if it is still wrong, contest it again.',
          })}
        </p>
      ) : null}
      <a href={`/my-record/${fact.kind}/${fact.publicId}/contest`}>
        {isContested
          ? say({ fr: 'Retirer ma contestation', en: 'Contest it no longer' })
          : say({ fr: 'Contester', en: 'Contest' })}
        <span class="visually-hidden">
          {' '}
          ({factKind(say, fact)}, {factDays(say, fact)})
        </span>
      </a>
    </>
  )
}
