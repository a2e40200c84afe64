import type { VNode } from 'preact'
import { formStateOf, Sheet, type Asked } from '../../../people/views/sheet.js'
import { Table } from '../../../web/components/blocks.js'
import { Choices } from '../../../web/components/choices.js'
import { Button, ButtonLink, Form } from '../../../web/components/form.js'
import { EmptyState } from '../../../web/components/journey.js'
import { LifeAndShows } from '../../views/life-and-shows.js'
import type { MyCodes } from '../my-codes.js'

type Props = { asked: Asked; codes: MyCodes; only: readonly string[] }

/** A sheet of paper with the codes of chosen badges: made, and taken again while its links open. */
export function MyCodesPage({ asked, codes, only }: Props): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const { lines, choices, usualLife } = codes
  const way = [{ href: '/my-badges', title: say({ fr: 'Mes badges', en: 'My badges' }) }]
  const sheet = `/my-codes.pdf${only.length === 0 ? '' : `?badges=${only.join('.')}`}`
  return (
    <Sheet asked={asked} title={{ fr: 'Feuille avec des codes', en: 'Sheet with codes' }} way={way}>
      {lines.length === 0 ? null : (
        <>
          <Table
            caption={say({ fr: 'Sur la feuille', en: 'On the sheet' })}
            head={[
              say({ fr: 'Badge', en: 'Badge' }),
              'Code',
              say({ fr: 'S’ouvre jusqu’au', en: 'Opens until' }),
            ]}
            rows={lines.map(({ badgeId, name, code, untilDay }) => [
              <a href={`/my-badges/${badgeId}`}>{name}</a>,
              <code>{code ?? '–'}</code>,
              untilDay === null
                ? say({ fr: 'Jusqu’à ce que vous le fermiez', en: 'You close it' })
                : say.day(untilDay),
            ])}
            empty=""
          />
          <p class="actions">
            <ButtonLink href={sheet}>
              {say({ fr: 'Télécharger la feuille (PDF)', en: 'Download the sheet (PDF)' })}
            </ButtonLink>
          </p>
        </>
      )}
      {choices.length === 0 ? (
        <EmptyState>
          {say({
            fr: 'Vous n’avez pas encore de badge à mettre sur une feuille.',
            en: 'You have no badge yet to put on a sheet.',
          })}
        </EmptyState>
      ) : (
        <Form state={state} action="/my-codes">
          <Choices
            state={state}
            name="badges"
            kind="several"
            legend={say({ fr: 'Badges de la feuille', en: 'Badges of the sheet' })}
            hint={say({
              fr: 'Pour chacun, un lien est ouvert, avec un code à taper. Vous le fermez à la page du badge.',
              en: 'For each, a link is opened, with a code to type. You close it on the page of the badge.',
            })}
            options={choices.map(({ id, name, month }) => {
              return { value: id, label: `${name} (${say.month(month)})` }
            })}
            chosen={choices.map(({ id }) => id)}
          />
          <LifeAndShows
            usual={usualLife}
            state={state}
            lifeHint={say({
              fr: 'Un papier se garde longtemps : choisissez plus de six mois si vous le donnez avec un CV.',
              en: 'Paper is kept for long: choose more than six months if you give it with a CV.',
            })}
            legend={say({ fr: 'Que montrent les codes ?', en: 'What do the codes show?' })}
            showsHint={say({
              fr: 'Sur la page que le code ouvre, jamais sur la feuille elle-même.',
              en: 'On the page that the code opens, never on the sheet itself.',
            })}
          />
          <Button>{say({ fr: 'Préparer la feuille', en: 'Prepare the sheet' })}</Button>
        </Form>
      )}
    </Sheet>
  )
}
