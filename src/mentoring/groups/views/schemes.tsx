import type { VNode } from 'preact'
import { Table } from '../../../web/components/blocks.js'
import { ButtonLink } from '../../../web/components/form.js'
import type { Say } from '../../../web/say.js'
import { groupHref, groupTitle } from '../../cohorts/views/group-title.js'
import { FirstRows } from '../../views/first-rows.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'
import type { SchemeGroups } from '../see-schemes.js'

/** What the visitor's organisations take part in, a part for each scheme; those in which they have no part are left out. */
export function SchemesPage({
  asked,
  schemes,
}: {
  asked: Asked
  schemes: readonly SchemeGroups[]
}): VNode {
  const { say } = formStateOf(asked)
  const own = schemes.filter(({ groups, mayOpen }) => groups.length > 0 || mayOpen)
  const shown = own.length > 0 ? own : schemes
  return (
    <Frame asked={asked} title={say({ fr: 'Dispositifs', en: 'Schemes' })} way={[]}>
      {shown.map((one) => (
        <section key={one.scheme.code} aria-labelledby={`scheme-${one.scheme.code}`}>
          <h2 id={`scheme-${one.scheme.code}`}>{say(one.scheme.words)}</h2>
          <Groups say={say} {...one} />
        </section>
      ))}
    </Frame>
  )
}

type GroupsProps = SchemeGroups & { say: Say }

function Groups(props: GroupsProps): VNode {
  const { say, scheme, groups, mayOpen } = props
  const { opening } = scheme.group
  return (
    <>
      <FirstRows
        say={say}
        rows={groups}
        table={(rows, isRest) => <GroupsTable {...props} groups={rows} quiet={isRest} />}
      />
      {mayOpen ? (
        <p class="actions">
          <ButtonLink kind="secondary" href={opening.page}>
            {say(opening.words)}
          </ButtonLink>
        </p>
      ) : null}
    </>
  )
}

function GroupsTable(props: GroupsProps & { quiet: boolean }): VNode {
  const { say, scheme, groups, mayOpen, quiet } = props
  const { words, several, owner } = scheme.group
  return (
    <Table
      tight
      quiet={quiet}
      caption={say(several)}
      head={[
        say(words),
        say(owner),
        scheme.ofOne
          ? say({ fr: 'Jeune', en: 'Young person' })
          : say({ fr: 'Élèves aujourd’hui', en: 'Students today' }),
        say({ fr: 'État', en: 'State' }),
      ]}
      rows={groups.map((group) => [
        <a href={groupHref(group)}>{groupTitle(say, group)}</a>,
        group.ownerName,
        scheme.ofOne ? (group.young ?? '–') : say.number(group.students),
        group.closedOn === null
          ? say({ fr: 'En cours', en: 'Going on' })
          : say({
              fr: `Terminé le ${say.day(group.closedOn)}`,
              en: `Ended on ${say.day(group.closedOn)}`,
            }),
      ])}
      empty={
        mayOpen
          ? say({
              fr: 'Rien pour le moment : commencez ci-dessous.',
              en: 'Nothing yet: begin below.',
            })
          : say({
              fr: 'Votre organisation n’y participe pas.',
              en: 'Your organisation has no part in it.',
            })
      }
    />
  )
}
