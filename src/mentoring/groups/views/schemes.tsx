import type { VNode } from 'preact'
import { Table } from '../../../web/components/blocks.js'
import { ButtonLink } from '../../../web/components/form.js'
import type { Say } from '../../../web/say.js'
import { groupHref, groupTitle } from '../../cohorts/views/group-title.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'
import type { SchemeGroups } from '../see-schemes.js'

/** What the visitor's organisations take part in, a part for each scheme. */
export function SchemesPage({
  asked,
  schemes,
}: {
  asked: Asked
  schemes: readonly SchemeGroups[]
}): VNode {
  const { say } = formStateOf(asked)
  return (
    <Frame asked={asked} title={say({ fr: 'Dispositifs', en: 'Schemes' })} way={[]}>
      {schemes.map((one) => (
        <section key={one.scheme.code} aria-labelledby={`scheme-${one.scheme.code}`}>
          <h2 id={`scheme-${one.scheme.code}`}>{say(one.scheme.words)}</h2>
          <Groups say={say} {...one} />
        </section>
      ))}
    </Frame>
  )
}

function Groups({ say, scheme, groups, mayOpen }: SchemeGroups & { say: Say }): VNode {
  const { words, several, owner, openPage } = scheme.group
  return (
    <>
      <Table
        caption={say(several)}
        head={[
          say(words),
          say(owner),
          say({ fr: 'Élèves aujourd’hui', en: 'Students today' }),
          say({ fr: 'État', en: 'State' }),
        ]}
        rows={groups.map((group) => [
          <a href={groupHref(group)}>{groupTitle(say, group)}</a>,
          group.ownerName,
          say.number(group.students),
          group.closedOn === null
            ? say({ fr: 'En cours', en: 'Going on' })
            : say({
                fr: `Terminé le ${say.day(group.closedOn)}`,
                en: `Ended on ${say.day(group.closedOn)}`,
              }),
        ])}
        empty={say({ fr: 'Rien pour le moment.', en: 'Nothing yet.' })}
      />
      {mayOpen ? (
        <p class="actions">
          <ButtonLink kind="secondary" href={openPage}>
            {say({ fr: `Ouvrir : ${words.fr}`, en: `Open: ${words.en}` })}
          </ButtonLink>
        </p>
      ) : null}
    </>
  )
}
